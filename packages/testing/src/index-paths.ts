import pg from 'pg';
import type { SentStatement } from './statement-recorder.ts';

/** A step of a plan, as PostgreSQL explains it. */
interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Index Cond'?: string;
  Plans?: PlanNode[];
}

/** Tables in which the rows of an account grow with its age. */
const growing = new Set([
  'audit_entry',
  'credit_grant',
  'credit_hold',
  'idempotency_record',
  'ledger_entry',
  'outbox_message',
]);

/** Indexes with few rows of one account, whatever its age. */
const short = new Set(['credit_grant_live']);

/** An index of an isolated table, and the column that it is sorted by first. */
interface Index {
  table: string;
  leading: string;
}

/** The tables with row security, and their indexes by name. */
interface Catalogue {
  tables: ReadonlySet<string>;
  indexes: ReadonlyMap<string, Index>;
}

/** Steps that pass on each row as it comes, so that a limit above them stops the scan below. */
const passing = new Set(['Limit', 'LockRows', 'Result', 'Subquery Scan']);

/** Reads the plans of statements. */
export interface Plans {
  /** Describes each scan of a statement without a fitting index; an empty list is right. */
  faultsOf(statement: SentStatement): Promise<string[]>;
  close(): Promise<void>;
}

/** Explains statements as a login role, each in the context of its transaction, and runs none of them. */
export async function openPlans(url: string): Promise<Plans> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const catalogue = await readCatalogue(client);
  return {
    async faultsOf({ text, values, context: { account, user, presented } }) {
      await client.query('begin');
      try {
        await client.query('set local enable_seqscan = off');
        await client.query('select enter_account($1, $2, $3, false)', [account, user, presented]);
        const { rows } = await client.query<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(
          `explain (format json) ${text}`,
          values,
        );
        return rows.flatMap((row) => row['QUERY PLAN']).flatMap(({ Plan }) => faultsOfPlan(Plan, catalogue));
      } finally {
        await client.query('rollback');
      }
    },
    close: () => client.end(),
  };
}

async function readCatalogue(client: pg.Client): Promise<Catalogue> {
  const isolated = await client.query<{ relname: string }>(
    `select relname from pg_class where relrowsecurity and relkind = 'r'`,
  );
  const known = await client.query<Index & { name: string }>(
    `select one.indexrelid::regclass::text as name, relname as table, attname as leading
    from pg_index one join pg_class on pg_class.oid = indrelid and relrowsecurity
    join pg_attribute on attrelid = indrelid and attnum = indkey[0]`,
  );
  const tables = new Set(isolated.rows.map(({ relname }) => relname));
  return { tables, indexes: new Map(known.rows.map((index) => [index.name, index])) };
}

function faultsOfPlan(node: PlanNode, catalogue: Catalogue, isLimited = false): string[] {
  const kind = node['Node Type'];
  const isLimitedBelow = kind === 'Limit' || (isLimited && passing.has(kind));
  const below = (node.Plans ?? []).flatMap((plan) => faultsOfPlan(plan, catalogue, isLimitedBelow));
  const fault = faultOfScan(node, catalogue, isLimited);
  return fault === undefined ? below : [...below, fault];
}

function faultOfScan(node: PlanNode, { tables, indexes }: Catalogue, isLimited: boolean): string | undefined {
  const { 'Node Type': kind, 'Relation Name': relation = '', 'Index Name': name = '' } = node;
  if (kind === 'Seq Scan' && tables.has(relation))
    return `${relation} is read from its first row to its last`;
  const index = indexes.get(name);
  if (index === undefined || !kind.endsWith('Scan')) return undefined;
  const columns = columnsOf(node['Index Cond'] ?? '');
  if (!columns.includes(index.leading))
    return `an index of ${index.table} is read from its first entry to its last`;
  const isWhole = columns.every((column) => column === 'account_id');
  return isWhole && !isLimited && growing.has(index.table) && !short.has(name)
    ? `all that an account has in ${index.table} is read`
    : undefined;
}

/** The columns that a condition compares with something. */
function columnsOf(condition: string): string[] {
  return [...condition.matchAll(/\((?:\w+\.)?(\w+) (?:=|<|>)/g)].flatMap(([, column]) => column ?? []);
}
