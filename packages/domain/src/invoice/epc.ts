import type { Money } from '../money.ts';
import type { InvoicePayee } from './parties.ts';

/** The countries whose accounts take credit transfers of SEPA, by the first letters of an IBAN. */
const sepaCountries = new Set(
  (
    'AD AL AT BE BG CH CY CZ DE DK EE ES FI FR GB GI GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL NO PL PT RO ' +
    'RS SE SI SK SM VA'
  ).split(' '),
);

const amountMax = 99_999_999_999;
const nameCharactersMax = 70;

/**
 * The text of a QR code by which a banking app fills in a SEPA credit transfer, by the guideline EPC069-12, version 002:
 * UTF-8, the reference structured by ISO 11649. Undefined where the money is no SEPA transfer: another currency than euro,
 * no IBAN of a SEPA country, or an amount outside 0.01 to 999,999,999.99.
 */
export function epcPayload(
  { name, iban, bic }: Pick<InvoicePayee, 'name' | 'iban' | 'bic'>,
  { amount, currency }: Money,
  reference: string,
): string | undefined {
  const account = iban?.replaceAll(' ', '');
  if (currency !== 'EUR' || account === undefined || !sepaCountries.has(account.slice(0, 2)))
    return undefined;
  if (amount < 1 || amount > amountMax) return undefined;
  const euros = `EUR${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, '0')}`;
  const holder = Array.from(name.replaceAll(/\s+/g, ' ')).slice(0, nameCharactersMax).join('');
  const purpose = '';
  return ['BCD', '002', '1', 'SCT', bic ?? '', holder, account, euros, purpose, reference].join('\n');
}
