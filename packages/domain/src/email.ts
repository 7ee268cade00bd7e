import { asciiHostname, isAsciiHostname } from './hostname.ts';

const addressCharactersMax = 254;
const localPart = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~.-]{1,64}$/u;

/**
 * The one spelling under which an address is stored and looked up: NFKC, trimmed, the local part in lower case, the
 * domain in its ASCII form. Idempotent.
 */
export function normaliseEmail(text: string): string {
  const compatible = text.normalize('NFKC').trim();
  const at = compatible.lastIndexOf('@');
  if (at < 0) return lowerCase(compatible);
  const domain = compatible.slice(at + 1);
  // A dot at the end of a domain belongs to no address; the host name would lose it.
  const ascii = domain.endsWith('.') ? undefined : asciiHostname(domain);
  return `${lowerCase(compatible.slice(0, at))}@${ascii ?? lowerCase(domain)}`;
}

/** Lower case can leave a decomposed letter behind, so the form is made again. */
function lowerCase(text: string): string {
  return text.toLowerCase().normalize('NFKC');
}

/** Whether the text, as normalised, is an address mail can be sent to: `local@label.label`, at most 254 characters. */
export function isEmail(text: string): boolean {
  if (text.length > addressCharactersMax) return false;
  const at = text.lastIndexOf('@');
  const local = text.slice(0, Math.max(at, 0));
  if (!localPart.test(local) || local.startsWith('.') || local.endsWith('.') || local.includes('..'))
    return false;
  return isAsciiHostname(text.slice(at + 1));
}

/**
 * The mailbox that an address, as normalised, reaches, as far as bounds count mails: most providers deliver
 * `ada+tag@…` to `ada@…`.
 */
export function mailboxOf(email: string): string {
  const at = email.lastIndexOf('@');
  const [mailbox = ''] = email.slice(0, Math.max(at, 0)).split('+');
  return mailbox === '' ? email : `${mailbox}${email.slice(at)}`;
}
