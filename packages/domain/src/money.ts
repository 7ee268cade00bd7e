/** Money as integer minor units and an ISO 4217 code. */
export interface Money {
  amount: number;
  currency: string;
}

const base36Characters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
function digitsOf(text: string): string {
  return Array.from(text, (character) => String(base36Characters.indexOf(character))).join('');
}

/** Makes an ISO 11649 creditor reference (`RF` + two check digits) from up to 21 letters and digits. */
export function creditorReference(body: string): string {
  const check = 98 - remainderBy97(digitsOf(`${body}RF00`));
  return `RF${String(check).padStart(2, '0')}${body}`;
}

function remainderBy97(digits: string): number {
  let rest = 0;
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97;
  return rest;
}

/** What is wrong with an IBAN (ISO 13616), as a sentence, or undefined. Spaces between its groups say nothing. */
export function ibanFault(written: string): string | undefined {
  const iban = written.replaceAll(' ', '');
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban))
    return 'An IBAN is two letters, two check digits, and 11 to 30 letters or digits.';
  return remainderBy97(digitsOf(iban.slice(4) + iban.slice(0, 4))) === 1
    ? undefined
    : 'The check digits of the IBAN are wrong: look for a mistyped digit.';
}

/** Normalises a reference that people type: NFKC, upper case, letters and digits alone. */
export function normaliseReference(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
