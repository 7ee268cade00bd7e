import type { Money } from '../money.ts';

/** How many digits behind the point ISO 4217 gives a currency that does not have two. */
const digits: Readonly<Record<number, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
};
const digitsOf = new Map(
  Object.entries(digits).flatMap(([count, codes]) => codes.split(' ').map((code) => [code, Number(count)])),
);

/** How many digits a currency has behind the point: 2 but for those that ISO 4217 lists with another number. */
export function minorDigits(currency: string): number {
  return digitsOf.get(currency) ?? 2;
}

/** Minor units as people read them, such as `1,234.56`, with all the digits of the currency. */
export function amountText({ amount, currency }: Money): string {
  const count = minorDigits(currency);
  const text = String(Math.abs(amount)).padStart(count + 1, '0');
  const whole = text.slice(0, text.length - count).replaceAll(/\B(?=(\d{3})+$)/g, ',');
  const rest = count === 0 ? '' : `.${text.slice(-count)}`;
  return `${amount < 0 ? '−' : ''}${whole}${rest}`;
}

/** Money as people read it, such as `EUR 1,234.56`. */
export function moneyText(money: Money): string {
  return `${money.currency} ${amountText(money)}`;
}
