import type { Statement } from '@tenantry/db/sql';
import { type LedgerPort, verifyAccount } from '@tenantry/ledger/verify';
import type { TestDatabase } from './database.ts';

const figures = `select balance.granted::int8, balance.available, balance.held, balance.spent, balance.expired, balance.sequence,
  (select count(*) from ledger_entry e where e.account_id = balance.account_id) as entries,
  (select coalesce(max(sequence), 0) from ledger_entry e where e.account_id = balance.account_id) as last,
  (select coalesce(min(available_after), 0) from ledger_entry e where e.account_id = balance.account_id) as lowest,
  (select coalesce(sum(amount), 0) from credit_hold h where h.account_id = balance.account_id and h.status = 'open') as open,
  (select coalesce(sum(available), 0) from credit_grant g where g.account_id = balance.account_id) as grants_available,
  (select coalesce(sum(held), 0) from credit_grant g where g.account_id = balance.account_id) as grants_held
  from credit_balance balance where balance.account_id = $1`;

const moved = `select book, sum(amount) as amount from (
  select to_book as book, amount from ledger_entry where account_id = $1 union all
  select from_book, -amount from ledger_entry where account_id = $1) movements group by book`;

/** The port of the ledger for the superuser. Only the statement decides the columns of a row, so the type is cast. */
function portOf(database: TestDatabase): LedgerPort {
  return {
    send: async <Row extends object>({ text }: Statement, values: readonly unknown[]) =>
      (await database.query(text, [...values])) as Row[],
  };
}

/** Describes each rule of the ledger that the books of an account break; an empty list when they are right. */
export async function faultsOfBooks(database: TestDatabase, accountId: string): Promise<string[]> {
  const [row] = await database.query(figures, [accountId]);
  if (row === undefined) return ['there is no balance'];
  const number = (column: string) => Number(row[column]);
  const sums = new Map(
    (await database.query(moved, [accountId])).map((book) => [String(book['book']), Number(book['amount'])]),
  );
  const rules: [string, number, number][] = [
    [
      'granted is the sum of the other books',
      number('granted'),
      number('available') + number('held') + number('spent') + number('expired'),
    ],
    ['available is what the journal moved', number('available'), sums.get('available') ?? 0],
    ['held is what the journal moved', number('held'), sums.get('held') ?? 0],
    ['spent is what the journal moved', number('spent'), sums.get('spent') ?? 0],
    ['expired is what the journal moved', number('expired'), sums.get('expired') ?? 0],
    ['held is the sum of open holds', number('held'), number('open')],
    ['available is in the grants', number('available'), number('grants_available')],
    ['held is in the grants', number('held'), number('grants_held')],
    ['the sequence has no gap', number('entries'), number('last')],
    ['the balance knows the last entry', number('sequence'), number('last')],
    ['available was never below zero', Math.min(0, number('lowest')), 0],
  ];
  const broken = rules
    .filter(([, is, should]) => is !== should)
    .map(([rule, is, should]) => `${rule}: ${is}, not ${should}`);
  const verified = await verifyAccount(portOf(database), accountId);
  return [...broken, ...verified.map(({ fault, sequence }) => `${sequence ?? 'books'}: ${fault}`)];
}
