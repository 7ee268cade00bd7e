import { newId } from '@tenantry/db/ids';
import type { TestDatabase } from './database.ts';

/** Writes a credit note over one minor unit of an invoice past every rule, for a customer of a name; answers its id. */
export async function insertCreditNote(
  { database }: { database: Pick<TestDatabase, 'query'> },
  accountId: string,
  about: { invoiceId: string; paymentId: string; customer: string },
): Promise<string> {
  const id = newId();
  const customer = { name: about.customer, address: [], country: null, taxId: null, email: null };
  await database.query(
    `insert into credit_note (account_id, id, number, invoice_id, invoice_number, invoice_created_at, payment_id, customer, lines,
       amount, tax_amount, currency, created_at)
     values ($1, $2, 'CN-0', $3, 'INV-0', now(), $4, $5, '[]', 1, 0, 'USD', now())`,
    [accountId, id, about.invoiceId, about.paymentId, JSON.stringify(customer)],
  );
  return id;
}
