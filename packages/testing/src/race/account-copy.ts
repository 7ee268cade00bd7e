import { newId } from '@tenantry/db/ids';
import type { TestDatabase } from '../database.ts';

type Row = Readonly<Record<string, unknown>>;
/** The rows of an account by their table. */
type Rows = Readonly<Record<string, readonly Row[]>>;

/** Tables that are unique across accounts by something other than an id; a copy of an account has no rows in them. */
const uncopied = [
  'key_directory',
  'invitation_directory',
  'invoice_directory',
  'credit_note_directory',
  'external_reference',
];

/** An account as it is stored, of which copies can be made. */
export interface AccountTemplate {
  readonly accountId: string;
  readonly tables: readonly string[];
  /** The columns of each table that are written, as SQL lists them. */
  readonly columns: Readonly<Record<string, string>>;
  readonly rows: Rows;
}

/** A copy of an account. Each of its ids stands for one of the template. */
export interface AccountCopy {
  readonly accountId: string;
  /** A value of the template with the ids of the copy in it. */
  translate<T>(value: T): T;
  /**
   * Everything that the account has now, in a form in which two copies can be compared: ids and times of the template
   * stand as they are, and new ones as such.
   */
  content(): Promise<string[]>;
  delete(): Promise<void>;
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
/** A time as text, or in milliseconds of this century. */
const moment = /\d{4}-\d\d-\d\dT\d\d:\d\d:[\d.]+(Z|[+-]\d\d:\d\d)|\b[12]\d{12}\b/g;

/** Reads an account with everything that belongs to it. */
export async function readTemplate(database: TestDatabase, accountId: string): Promise<AccountTemplate> {
  const found = await database.query(`select c.relname as name,
    string_agg(quote_ident(a.attname), ', ') filter (where a.attgenerated = '') as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
    group by 1 having c.relname = 'account' or bool_or(a.attname = 'account_id') order by 1`);
  const columns = Object.fromEntries(found.map((table) => [String(table['name']), String(table['columns'])]));
  const tables = Object.keys(columns).filter((name) => !uncopied.includes(name));
  // Copies are written past keys and triggers, since they are whole.
  await database.query('set session_replication_role = replica');
  return { accountId, tables, columns, rows: await rowsOf(database, tables, accountId) };
}

async function rowsOf(database: TestDatabase, tables: readonly string[], accountId: string): Promise<Rows> {
  const parts = tables.map(
    (table) =>
      `select '${table}' as name, to_jsonb(t) as row from ${table} t where ${table === 'account' ? 'id' : 'account_id'} = $1`,
  );
  const found = await database.query(parts.join(' union all '), [accountId]);
  const rows: Record<string, Row[]> = Object.fromEntries(tables.map((table) => [table, []]));
  for (const { name, row } of found) rows[String(name)]?.push(asRow(row));
  return rows;
}

// `to_jsonb` of a row is an object.
function asRow(row: unknown): Row {
  return row as Row;
}

/** Makes a copy with ids of its own. People are not copied: they are members of the copy too. */
export async function copyAccount(
  database: TestDatabase,
  { accountId: original, tables, columns, rows }: AccountTemplate,
): Promise<AccountCopy> {
  const ids = new Map([[original, newId()]]);
  for (const table of Object.values(rows))
    for (const { id } of table) if (typeof id === 'string') ids.set(id, ids.get(id) ?? newId());
  const accountId = ids.get(original) ?? '';
  const translate = <T>(value: T): T =>
    parsed<T>(JSON.stringify(value).replaceAll(uuid, (id) => ids.get(id) ?? id));
  const copied = translate(rows);
  const texts = tables.map((table) => JSON.stringify(copied[table] ?? []));
  const inserts = tables.map(
    (table, index) =>
      `in_${table} as (insert into ${table} (${columns[table]}) select ${columns[table]} from jsonb_populate_recordset(null::${table}, $${index + 1}::jsonb))`,
  );
  await database.query(`with ${inserts.join(', ')} select`, texts);
  const names = new Map([...ids].map(([id, copy]) => [copy, id]));
  return {
    accountId,
    translate,
    content: async () => contentOf(await rowsOf(database, tables, accountId), names),
    delete: async () => {
      for (const table of [...uncopied, ...tables])
        await database.query(`delete from ${table} where ${table === 'account' ? 'id' : 'account_id'} = $1`, [
          accountId,
        ]);
    },
  };
}

// What is parsed was written from a value of the same type, with other ids.
function parsed<T>(text: string): T {
  return JSON.parse(text) as T;
}

/** Columns and fields that are random, or that say only when or in which order something was written. */
const unread = new Set([
  'digest',
  'email_digest',
  'key_id',
  'prefix',
  'hash',
  'head_hash',
  'request_id',
  'reference',
  'number',
  'sequence',
  'available_after',
  'secret',
  'previous_secret',
]);

function contentOf(rows: Rows, names: ReadonlyMap<string, string>): string[] {
  const named = (text: string) =>
    text.replaceAll(uuid, (id) => names.get(id) ?? 'new').replaceAll(moment, 'a time');
  return Object.entries(rows)
    .flatMap(([table, list]) =>
      list.map((row) => {
        const shown = JSON.stringify(row, (field, value: unknown) => (unread.has(field) ? undefined : value));
        return named(`${table} ${shown}`);
      }),
    )
    .toSorted();
}
