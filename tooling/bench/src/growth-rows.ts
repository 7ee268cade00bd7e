import { accountId, numbered } from './accounts.ts';
import type { BenchDatabase } from './database.ts';

/** The size of a database. */
export interface DatabaseSize {
  accounts: number;
  /** Ledger entries of each ordinary account: one grant, settled holds of two entries each, one open hold. An even number. */
  entriesPerAccount: number;
  /** Holds of one additional, large account, each with four entries. 0: no such account. */
  fatHolds: number;
}

/** The id of the large account, whose number is after all others. */
export const fatAccountId = ({ accounts }: DatabaseSize): string => accountId(accounts + 1);

const granted = 1_000_000_000;
const account = numbered('0198f000', 'account');
const grant = numbered('0198f001', 'account');
const idOf = (kind: string, number: string) => numbered(kind, `account::bigint * 1000000 + ${number}`);
const hash = (seed: string) => `md5(${seed}) || md5(${seed} || 'x')`;
const entryColumns = `account_id, id, sequence, at, kind, from_book, to_book, amount, available_after, hold_id, grant_id, operation,
  actor, request_id, facts, hash`;
const holdColumns = `account_id, id, amount, status, settled_amount, operation, price_version, expires_at, created_at, resolved_at, backings`;
const paid = `'write_content', 'api_key:bench', 'request-' || step, '{"units": 1}', ${hash(`account || ':' || step`)}`;
const backings = `jsonb_build_array(jsonb_build_object('grantId', ${grant}, 'amount', 10))`;
const ago = (steps: string) => `now() - interval '30 days' + (${steps}) * interval '1 minute'`;

// $1 is the number of accounts, $2 the entries of each. Steps are the outer loop, so the entries of one account are spread over
// the table, as in a database that has grown over time.
const ordinary = [
  `insert into account (id, name, created_at) select ${account}, 'Account ' || account, now() from generate_series(1, $1) account, (select $2::int) _`,
  `insert into credit_balance (account_id, granted, available, held, spent, sequence, head_hash)
    select ${account}, ${granted}, ${granted} - 5 * $2::int, 10, 5 * $2::int - 10, $2, ${hash(`account || ':' || ($2::int - 1)`)}
    from generate_series(1, $1) account`,
  `insert into credit_grant (account_id, id, kind, amount, available, held, reference, created_at)
    select ${account}, ${grant}, 'purchase', ${granted}, ${granted} - 5 * $2::int, 10, 'bench', now() from generate_series(1, $1) account`,
  `insert into credit_hold (${holdColumns})
    select ${account}, ${idOf('0198f002', 'step')}, 10, case when is_open then 'open' else 'settled' end, case when is_open then null else 10 end,
      'write_content', 1, case when is_open then now() + interval '1 day' else ${ago('step + 15')} end, ${ago('step')},
      case when is_open then null else ${ago('step + 1')} end, ${backings}
    from generate_series(1, $2::int - 1, 2) step, lateral (select step = $2::int - 1 as is_open) state, generate_series(1, $1) account`,
  `insert into ledger_entry (${entryColumns})
    select ${account}, ${idOf('0198f003', 'step')}, step + 1, ${ago('step')}, kind, from_book, to_book, amount, ${granted} - 5 * (step + step % 2),
      case when step > 0 then ${idOf('0198f002', 'step - 1 + step % 2')} end, case when step = 0 then ${grant} end, ${paid}
    from generate_series(0, $2::int - 1) step, lateral (select * from (values
      (0, 'grant', 'granted', 'available', ${granted}), (1, 'hold', 'available', 'held', 10), (2, 'settle', 'held', 'spent', 10)
    ) kinds (number, kind, from_book, to_book, amount) where number = case when step = 0 then 0 else 2 - step % 2 end) kinds,
    generate_series(1, $1) account`,
];

// $1 is the number of the account, $2 its holds. Each hold is of 10 credits: 6 are charged, 4 released, and 1 refunded.
const fat = [
  `insert into account (id, name, created_at) select ${account}, 'Fat', now() from (select $1::int as account, $2::int) _`,
  `insert into credit_balance (account_id, granted, available, spent, sequence, head_hash)
    select ${account}, ${granted}, ${granted} - 5 * $2::int, 5 * $2::int, 1 + 4 * $2::int, ${hash(`account || ':' || 4 * $2::int`)}
    from (select $1::int as account) _`,
  `insert into credit_grant (account_id, id, kind, amount, available, held, reference, created_at)
    select ${account}, ${grant}, 'purchase', ${granted}, ${granted} - 5 * $2::int, 0, 'bench', now() from (select $1::int as account) _`,
  `insert into credit_hold (${holdColumns})
    select ${account}, ${idOf('0198f002', 'step')}, 10, 'settled', 6, 'write_content', 1, ${ago('step + 15')}, ${ago('step')}, ${ago('step + 1')}, ${backings}
    from generate_series(1, $2::int) step, (select $1::int as account) _`,
  `insert into ledger_entry (${entryColumns})
    select ${account}, ${idOf('0198f003', '0')}, 1, ${ago('0')}, 'grant', 'granted', 'available', ${granted}, ${granted}, null, ${grant}, ${paid}
    from (select $1::int as account, 0 as step, $2::int) _`,
  `insert into ledger_entry (${entryColumns})
    select ${account}, ${idOf('0198f003', 'step')}, step + 1, ${ago('step')}, kind, from_book, to_book, amount,
      ${granted} - 5 * ((step - 1) / 4) - missing, ${idOf('0198f002', '(step + 3) / 4')}, null, ${paid}
    from generate_series(1, 4 * $2::int) step, lateral (select * from (values
      (1, 'hold', 'available', 'held', 10, 10), (2, 'settle', 'held', 'spent', 6, 10),
      (3, 'release', 'held', 'available', 4, 6), (0, 'adjustment', 'spent', 'available', 1, 5)
    ) kinds (number, kind, from_book, to_book, amount, missing) where number = step % 4) kinds, (select $1::int as account) _`,
];

/** Fills a database to a size, in bulk. All sums of the books agree with the journal. */
export async function seedDatabase(database: BenchDatabase, size: DatabaseSize): Promise<void> {
  const { accounts, entriesPerAccount, fatHolds } = size;
  for (const sql of ordinary) await database.run(sql, [accounts, entriesPerAccount]);
  if (fatHolds > 0) for (const sql of fat) await database.run(sql, [accounts + 1, fatHolds]);
  // Autovacuum does this in a database that has grown over time.
  await database.run('vacuum analyze');
  await database.run('checkpoint');
}
