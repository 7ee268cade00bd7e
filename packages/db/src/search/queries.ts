import type { HitKind } from '@tenantry/domain/search/hits';
import type { SearchTerms } from '@tenantry/domain/search/terms';
import { rows } from '../sql.ts';
import type { Transaction } from '../transaction.ts';

/** Something of an account that a text names. */
export interface Hit {
  kind: HitKind;
  /** The id of what was found: of a member, the id of the person. */
  id: string;
  accountId: string;
  accountName: string;
  /** What names it: a name, an address, a prefix, a number, a reference. */
  label: string;
  /** What else is known of it. */
  detail: string | null;
}

/** How many rows of one kind are looked at. */
const rowsMax = 50;

const plainNumber = `regexp_replace(upper(number), '[^A-Z0-9]', '', 'g')`;

// $1 id, $2 prefix of an address, $3 prefix of a key's id, $4 external id, $5 reference, $6 invoice number, $7 bank's reference.
const named = `with hit (rank, kind, id, account_id, label, detail) as (
  select 1, 'account', id, id, name, external_id from account where id = $1
  union all select 1, 'account', account_id, account_id, null, 'subscription' from subscription where id = $1
  union all select 1, 'account', account_id, account_id, null, external_id from account_directory where external_id = $4
  union all select 2, 'member', person.id, membership.account_id, person.email, membership.role
    from (select id, email from app_user where id = $1
      union all (select id, email from app_user where email like $2 order by email using ~<~ limit ${rowsMax})) person
    join membership_directory directory on directory.user_id = person.id
    join membership on membership.account_id = directory.account_id and membership.user_id = person.id
  union all select 3, 'api_key', api_key.id, api_key.account_id, api_key.prefix, api_key.name
    from (select account_id, id from api_key where id = $1
      union all (select account_id, api_key_id from key_directory where key_id like $3 order by key_id using ~<~ limit ${rowsMax})) entry
    join api_key on api_key.account_id = entry.account_id and api_key.id = entry.id
  union all select 4, 'invoice', invoice.id, invoice.account_id, invoice.number, invoice.reference
    from (select account_id, id from invoice where id = $1
      union select account_id, invoice_id from invoice_directory where reference = $5
      union (select account_id, id from invoice where ${plainNumber} = $6 limit ${rowsMax})) entry
    join invoice on invoice.account_id = entry.account_id and invoice.id = entry.id
  union all select 5, 'payment', payment.id, payment.account_id, coalesce(payment.external_payment_id, invoice.reference), payment.status
    from (select account_id, id from payment where id = $1
      union (select account_id, id from payment where upper(external_payment_id) = $7 limit ${rowsMax})
      union (select account_id, payment_id from external_reference where method = 'bank_transfer' and reference = $7)) entry
    join payment on payment.account_id = entry.account_id and payment.id = entry.id
    join invoice on invoice.account_id = payment.account_id and invoice.id = payment.invoice_id)
select kind, hit.id, account_id as "accountId", account.name as "accountName", coalesce(label, account.name) as label, detail
from hit join account on account.id = hit.account_id order by rank, hit.id desc limit $8`;

/** What of all accounts a text names by an id, an address, a key, a number or a reference; for staff only. */
export function findNamed(tx: Transaction, terms: SearchTerms, limit: number): Promise<Hit[]> {
  return rows<Hit>(tx, named, [
    terms.id ?? null,
    prefixPattern(terms.email),
    prefixPattern(terms.keyId),
    terms.externalId ?? null,
    terms.reference ?? null,
    terms.invoiceNumber ?? null,
    terms.bankReference ?? null,
    limit,
  ]);
}

/** How the words of a name are looked up: punctuation parts them. An index has the same expression. */
const wordsOfName = `to_tsvector('simple', translate(account.name, './@:_&+-', '        '))`;

/** The condition of an account whose name begins with a pattern, or has words that begin with those of a query. */
export const isNamed = (pattern: `$${number}`, words: `$${number}`): string =>
  `(lower(account.name) collate "C" like ${pattern} or ${wordsOfName} @@ to_tsquery('simple', ${words}))`;

const byBeginning = `select id, name, external_id from account where lower(name) collate "C" like $1
  order by lower(name) collate "C", id limit $3`;
const byWords = `select id, name, external_id from account where ${wordsOfName} @@ to_tsquery('simple', $2)
  and lower(name) collate "C" not like $1 order by id desc limit $3`;
const byName = `select 'account' as kind, id, id as "accountId", name as "accountName", name as label, external_id as detail
  from ((${byBeginning}) union all (${byWords})) found limit $3`;

/** Accounts whose name begins with a text, by name, then those that have its words, newest first; for staff only. */
export function findAccountsByName(tx: Transaction, terms: SearchTerms, limit: number): Promise<Hit[]> {
  return rows<Hit>(tx, byName, [prefixPattern(terms.name), wordQuery(terms), limit]);
}

/** The pattern of what begins with a text; null for none. */
export function prefixPattern(text: string | undefined): string | null {
  return text === undefined ? null : `${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}

/** The query of the words of a name, each of which may be cut; it finds nothing where there are none. */
export function wordQuery({ words }: Pick<SearchTerms, 'words'>): string {
  return words.map((word) => `'${word}':*`).join(' & ');
}
