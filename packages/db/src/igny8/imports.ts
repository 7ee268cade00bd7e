import { rows } from '../sql.ts';
import type { AccountTransaction, Database, Transaction } from '../transaction.ts';
import { User } from '../user/entity.ts';

/** How many of each thing an account has, and how many credits. */
export interface ImportedFigures {
  users: number;
  sites: number;
  sectors: number;
  credits: number;
}

/** An account that was brought, as it was then. */
export interface AccountImport {
  sourceId: string;
  /** The fingerprint of what the source had of it. */
  digest: string;
  facts: ImportedFigures;
}

const insert =
  'insert into account_import (source_id, account_id, imported_at, digest, facts) values ($1, $2, $3, $4, $5)';
const find = 'select source_id as "sourceId", digest, facts from account_import order by source_id';
const count = `select
  (select count(*)::int from membership where account_id = $1) as users,
  (select count(*)::int from site where account_id = $1) as sites,
  (select count(*)::int from sector where account_id = $1) as sectors,
  (select available::float8 from credit_balance where account_id = $1) as credits`;

/** The accounts that were brought before, by their ids in the source. Only the owner of the schema sees any. */
export async function findImports(database: Database): Promise<Map<string, AccountImport>> {
  const found = await database.withoutAccount.read({}, (tx) => rows<AccountImport>(tx, find));
  return new Map(found.map((one) => [one.sourceId, one]));
}

/** Writes down that the account of this transaction was brought. A constraint refuses it a second time. */
export async function insertImport(
  tx: AccountTransaction,
  { sourceId, digest, facts }: AccountImport,
): Promise<void> {
  await rows(tx, insert, [sourceId, tx.accountId, tx.now.toISOString(), digest, JSON.stringify(facts)]);
}

/** What the account of this transaction has. */
export async function countImported(tx: AccountTransaction): Promise<ImportedFigures> {
  const [figures] = await rows<ImportedFigures>(tx, count, [tx.accountId]);
  if (figures === undefined) throw new Error('a count answered no row');
  return figures;
}

/** Who has an address, and whether they have confirmed it; seen by the owner of the schema. */
export async function findPersonOf(
  { em }: Transaction,
  emailDigest: string,
): Promise<{ id: string; isVerified: boolean } | undefined> {
  const user = await em.findOne(User, { emailDigest });
  return user === null ? undefined : { id: user.id, isVerified: (user.emailVerifiedAt ?? null) !== null };
}
