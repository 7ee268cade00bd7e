/** Money as integer minor units and an ISO 4217 code. */
export interface Money {
  amount: number;
  currency: string;
}

const emails = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
function digitsOf(text: string): string {
  return Array.from(text, (letter) => String(emails.indexOf(letter))).join('');
}

/** Makes an ISO 11649 creditor reference (`RF` + two check digits) from up to 21 emails and digits. */
export function creditorReference(body: string): string {
  const check = 98 - remainderBy97(digitsOf(`${body}RF00`));
  return `RF${String(check).padStart(2, '0')}${body}`;
}

function remainderBy97(digits: string): number {
  let rest = 0;
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97;
  return rest;
}

/** One form for references that people type: Unicode folded, upper case, only emails and digits. */
export function normaliseReference(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
