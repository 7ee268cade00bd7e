import type { Book } from '@tenantry/domain/credit/books';
import type { JournalEntry } from '@tenantry/domain/credit/replay';
import { statement } from '@tenantry/db/sql';
import type { ChainedEntry } from './chain.ts';
import type { LedgerPort } from './port.ts';

/** A whole entry, as its hash covers it. */
export type StoredEntry = JournalEntry & ChainedEntry & { from: Book; to: Book; hash: string };

const page = statement(
  'read_journal',
  `select account_id as "accountId", id, sequence::float8 as sequence, at, kind, from_book as "from", to_book as "to",
  amount::float8 as amount, available_after::float8 as "availableAfter", hold_id as "holdId", grant_id as "grantId", operation,
  site_id as "siteId", actor, request_id as "requestId", facts, hash
  from ledger_entry where account_id = $1 and sequence > $2 order by sequence limit $3`,
);

const pageEntries = 5000;

/** The journal of an account from its first entry on, read in pages. */
export async function* readJournal(port: LedgerPort, accountId: string): AsyncGenerator<StoredEntry> {
  for (let after = 0, isMore = true; isMore; ) {
    const rows = await port.send<StoredEntry>(page, [accountId, after, pageEntries]);
    for (const row of rows) yield { ...row, at: new Date(row.at) };
    after = rows.at(-1)?.sequence ?? after;
    isMore = rows.length === pageEntries;
  }
}
