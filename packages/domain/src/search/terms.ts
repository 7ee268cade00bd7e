import { normaliseEmail } from '../email.ts';
import { normaliseReference } from '../money.ts';
import { normaliseName } from '../name.ts';
import { numberKey } from '../statement/terms.ts';
import { withoutKeySecret } from './key-secret.ts';

/** What a text that somebody pasted can name. A part that is left out cannot be named by it. */
export interface SearchTerms {
  /** The id of an account, a subscription, an invoice, a payment, an API key or a person. */
  id?: string;
  /** The beginning of an e-mail address, in its one spelling. */
  email?: string;
  /** The beginning of the public id of an API key. */
  keyId?: string;
  /** The operator's own id of a customer. */
  externalId?: string;
  /** A payment reference, normalised. */
  reference?: string;
  /** The number of an invoice, as it is looked up. */
  invoiceNumber?: string;
  /** The reference of a bank, in capitals. */
  bankReference?: string;
  /** The beginning of a name, in lower case. */
  name: string;
  /** The words of a name, in lower case; the last may be cut. */
  words: string[];
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const key = /^(tny_(?:live|test)_)([0-9A-Za-z]{1,12})(?:_[0-9A-Za-z]*)?$/;

/** The most words of a text that are looked at. */
const wordsMax = 8;

/** What a text can name. A blank text names nothing. */
export function searchTermsOf(given: string): SearchTerms | undefined {
  const text = normaliseName(withoutKeySecret(given));
  if (text === '') return undefined;
  const lower = text.toLowerCase();
  const [, , keyId] = key.exec(text) ?? [];
  if (keyId !== undefined) return { keyId, name: lower, words: [] };
  const address = addressIn(text);
  const reference = normaliseReference(text);
  const invoiceNumber = numberKey(text);
  return {
    ...(uuid.test(lower) ? { id: lower } : {}),
    ...(/^[0-9A-Za-z]{12}$/.test(text) ? { keyId: text } : {}),
    ...(address.includes('@') && !address.startsWith('@') ? { email: normaliseEmail(address) } : {}),
    ...(/^[!-~]{1,200}$/.test(text) ? { externalId: text } : {}),
    ...(/^RF\d{2}/.test(reference) ? { reference } : {}),
    ...(/\d/.test(invoiceNumber) ? { invoiceNumber } : {}),
    ...(/\d/.test(text) ? { bankReference: text.toUpperCase() } : {}),
    name: lower,
    words: lower
      .split(/[^\p{L}\p{M}\p{N}]+/u)
      .filter((word) => word !== '')
      .slice(0, wordsMax),
  };
}

/** The address in a text as mail programs copy it, `Ada Lovelace <ada@example.com>`; any other text as it is. */
function addressIn(text: string): string {
  const start = text.lastIndexOf('<') + 1;
  const end = text.indexOf('>', start);
  return start > 0 && end > start ? text.slice(start, end) : text;
}
