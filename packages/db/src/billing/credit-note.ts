import { defineEntity, p } from '@mikro-orm/core';
import type { InvoiceLine } from '@tenantry/domain/invoice/lines';
import type { InvoiceCustomer, InvoiceIssuer } from '@tenantry/domain/invoice/parties';
import { newId } from '../ids.ts';
import { type Page, type PageInput, afterId, pageOf } from '../page.ts';
import { rows } from '../sql.ts';
import { tenantFilter } from '../tenancy.ts';
import type { AccountTransaction } from '../transaction.ts';
import { takeNumber } from './series.ts';

const CreditNoteSchema = defineEntity({
  name: 'CreditNote',
  tableName: 'credit_note',
  filters: tenantFilter(),
  properties: {
    accountId: p.uuid().primary(),
    id: p.uuid().primary(),
    number: p.text(),
    invoiceId: p.uuid(),
    invoiceNumber: p.text(),
    invoiceCreatedAt: p.datetime(),
    paymentId: p.uuid(),
    issuer: p.json<InvoiceIssuer>().nullable(),
    customer: p.json<InvoiceCustomer>(),
    lines: p.json<InvoiceLine[]>(),
    amount: p.bigint('number'),
    taxRateBasisPoints: p.integer().nullable(),
    taxAmount: p.bigint('number'),
    currency: p.text(),
    createdAt: p.datetime(),
  },
});
/** What is taken back of a paid invoice, in minor units, with everybody on it as they were; it never changes. */
export class CreditNote extends CreditNoteSchema.class {}
CreditNoteSchema.setClass(CreditNote);

/** What a credit note is written from; everything that follows from these is made here. */
export type CreditNoteFacts = Omit<CreditNote, 'accountId' | 'id' | 'number' | 'createdAt'>;

const listNumber =
  'insert into credit_note_directory (series, number, account_id, credit_note_id) values ($1, $2, $3, $4)';

/** Writes a credit note with the next number of its series. */
export async function insertCreditNote(
  tx: AccountTransaction,
  series: string,
  facts: CreditNoteFacts,
): Promise<CreditNote> {
  const { em, accountId, now } = tx;
  const id = newId();
  const { count, number } = await takeNumber(tx, series);
  await em.insert(CreditNote, { accountId, id, number, ...facts, createdAt: now });
  await rows(tx, listNumber, [series, count, accountId, id]);
  return em.findOneOrFail(CreditNote, { id });
}

/** A credit note of the account, or null. */
export function findCreditNote({ em }: AccountTransaction, id: string): Promise<CreditNote | null> {
  return em.findOne(CreditNote, { id });
}

/** The account's credit notes. */
export async function listCreditNotes(
  { em }: AccountTransaction,
  { limit, cursor }: PageInput,
): Promise<Page<CreditNote>> {
  const found = await em.find(CreditNote, afterId(cursor), { orderBy: { id: 'desc' }, limit: limit + 1 });
  return pageOf(found, limit, ({ id }) => id);
}
