import pg from 'pg';
import { type Statement, statement } from '@tenantry/db/sql';
import type { LedgerPort } from './port.ts';
import { type LedgerFault, verifyAccount } from './verify.ts';

/** What a verification saw. */
export interface Verification {
  accounts: number;
  faults: LedgerFault[];
}

const pageAccounts = 1000;
const accountPage = statement('page_accounts', 'select id from account where id > $1 order by id limit $2');

/**
 * Verifies the books of every account, or of one, beside whatever runs: each account in one snapshot, which waits for
 * nobody and makes nobody wait.
 */
export async function verifyLedger(databaseUrl: string, onlyAccountId?: string): Promise<Verification> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const port: LedgerPort = {
    send: async <Row extends object>({ text }: Statement, values: readonly unknown[]) =>
      (await client.query<Row>(text, [...values])).rows,
  };
  const seen: Verification = { accounts: 0, faults: [] };
  try {
    for await (const accountId of onlyAccountId === undefined ? listAccounts(port) : [onlyAccountId]) {
      await client.query('begin isolation level repeatable read read only');
      // The bound of a login role is for calls; the holds of one account may take longer to read.
      await client.query('set local statement_timeout = 0');
      seen.faults.push(...(await verifyAccount(port, accountId)));
      await client.query('commit');
      seen.accounts += 1;
    }
    return seen;
  } finally {
    await client.end();
  }
}

async function* listAccounts(port: LedgerPort): AsyncGenerator<string> {
  for (let after = '00000000-0000-0000-0000-000000000000', isMore = true; isMore; ) {
    const rows = await port.send<{ id: string }>(accountPage, [after, pageAccounts]);
    for (const { id } of rows) yield id;
    after = rows.at(-1)?.id ?? after;
    isMore = rows.length === pageAccounts;
  }
}
