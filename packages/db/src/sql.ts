import type { EntityManager } from '@mikro-orm/postgresql';

/** A constant SQL text with PostgreSQL's parameter marks; a connection may keep it prepared under its name. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** Names a constant SQL text. */
export const statement = (name: string, text: string): Statement => ({ name, text });

/**
 * Runs constant SQL in an open transaction and answers its rows. The text marks parameters as `$1`, `$2`, …, in any
 * order and as often as it needs; a list of texts or ids is sent as an array. `Row` is the caller's statement of the select list, which nothing checks.
 */
export async function rows<Row extends object>(
  { em }: { readonly em: Pick<EntityManager, 'execute'> },
  sql: string | Statement,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const { text, order } = ormForm(typeof sql === 'string' ? sql : sql.text);
  return em.execute(
    text,
    order.map((position) => ormValue(values[position - 1])),
  );
}

/** The ORM writes a list as the operands of `in (…)`; this is the list as PostgreSQL writes an array. */
function ormValue(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const quoted = value.map((item) => `"${String(item).replaceAll(/["\\]/g, '\\$&')}"`);
  return `{${quoted.join(',')}}`;
}

/** A text as the ORM takes it, and which value stands at each of its marks. */
interface OrmForm {
  text: string;
  order: readonly number[];
}

const known = new Map<string, OrmForm>();

function ormForm(sql: string): OrmForm {
  const kept = known.get(sql);
  if (kept !== undefined) return kept;
  const order: number[] = [];
  const text = sql.replaceAll(/\$(\d+)/g, (_mark, position: string) => {
    order.push(Number(position));
    return '?';
  });
  const form = { text, order };
  known.set(sql, form);
  return form;
}

/** The SQL of a time as RFC 3339 in UTC, to the millisecond. `column` is a constant text. */
export const rfc3339 = (column: string): string =>
  `to_char((${column}) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
