const addressCharactersMax = 254;
const localPart = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~.-]{1,64}$/u;
const domainLabel = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?$/u;

/** The one spelling under which an address is stored and looked up: NFKC, trimmed, lower case; idempotent. */
export function normaliseEmail(text: string): string {
  // Lower case can leave a decomposed letter behind, so the form is made again.
  return text.normalize('NFKC').toLowerCase().normalize('NFKC').trim();
}

/** Whether the text, as normalised, is an address mail can be sent to: `local@label.label`, at most 254 characters. */
export function isEmail(text: string): boolean {
  if (text.length > addressCharactersMax) return false;
  const at = text.lastIndexOf('@');
  const local = text.slice(0, Math.max(at, 0));
  if (!localPart.test(local) || local.startsWith('.') || local.endsWith('.') || local.includes('..'))
    return false;
  const labels = text.slice(at + 1).split('.');
  return labels.length > 1 && labels.every((label) => domainLabel.test(label));
}
