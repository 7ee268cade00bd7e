import { formatMoney } from '@tenantry/ui/format/money';

/**
 * The difference between what was reported and what is due, in words. Both in minor units of one currency.
 * @param language of the viewer; that of the browser unless given
 */
export function differenceText(
  { amount, due, currency }: { amount: number; due: number; currency: string },
  language?: string,
): string {
  const money = (minorUnits: number) => formatMoney(Math.abs(minorUnits), currency, language);
  if (due === 0) return `Nothing is due, and ${money(amount)} came.`;
  if (amount === due) return 'Exactly what is due.';
  return amount < due
    ? `${money(due - amount)} less than the ${money(due)} that are due.`
    : `${money(amount - due)} more than the ${money(due)} that are due.`;
}

/** What was typed as an amount, in minor units; undefined for a text that is none. */
export function minorUnitsOf(text: string, digits: number): number | undefined {
  const [, whole = '', fraction = ''] = /^(\d{1,12})(?:[.,](\d+))?$/.exec(text.trim()) ?? [];
  if (whole === '' || fraction.length > digits) return undefined;
  return Number(whole) * 10 ** digits + Number(fraction.padEnd(digits, '0') || '0');
}

/** Minor units as a text that a person edits. */
export function editableAmount(amount: number, digits: number): string {
  return (amount / 10 ** digits).toFixed(digits);
}
