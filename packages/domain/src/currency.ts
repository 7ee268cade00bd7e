/** How many digits follow the decimal mark, of the currencies (ISO 4217) that do not have two. */
const otherDigits: Readonly<Record<number, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
};

const digitsByCode = new Map(
  Object.entries(otherDigits).flatMap(([digits, codes]) =>
    codes.split(' ').map((code) => [code, Number(digits)] as const),
  ),
);

/** How many digits of a currency follow its decimal mark: 0 of JPY, 3 of KWD, 2 of every currency that is not listed. */
export function currencyDigits(currency: string): number {
  return digitsByCode.get(currency) ?? 2;
}

/**
 * The minor units that digits before and after a decimal mark say, without floating point. Undefined where a digit that
 * is not zero stands past the currency's own, and above 2^53 − 1.
 * @param whole digits before the mark; empty for none
 * @param fraction digits after it; empty for none
 */
export function minorUnits(whole: string, fraction: string, currency: string): number | undefined {
  const digits = currencyDigits(currency);
  if (/[^0]/.test(fraction.slice(digits))) return undefined;
  const units = Number(`${whole}${fraction.slice(0, digits).padEnd(digits, '0')}`);
  return Number.isSafeInteger(units) ? units : undefined;
}
