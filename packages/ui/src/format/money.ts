import { currencyDigits } from '@tenantry/domain/currency';

/**
 * Writes an amount as the viewer's language writes money, with as many digits as the currency has.
 * @param amount integer minor units
 * @param currency ISO 4217
 */
export function formatMoney(amount: number, currency: string, language?: string): string {
  const digits = currencyDigits(currency);
  const format = new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    currencyDisplay: 'code',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return format.format(amount / 10 ** digits);
}
