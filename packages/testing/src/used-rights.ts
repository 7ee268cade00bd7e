import type { SentStatement } from './statement-recorder.ts';

const name = String.raw`(?:only\s+)?"?([a-z_]+)"?`;
const inserts = new RegExp(String.raw`\binsert\s+into\s+${name}`, 'gi');
const updates = new RegExp(String.raw`\bupdate\s+${name}\s+(?:(?:as\s+)?"?\w+"?\s+)?set\b`, 'gi');
const deletes = new RegExp(String.raw`\bdelete\s+from\s+${name}`, 'gi');
const reads = new RegExp(String.raw`\b(?:from|join|using)\s+${name}`, 'gi');
const locks = /\bfor\s+(?:no\s+key\s+update|update|share|key\s+share)\b/i;

const tablesIn = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].flatMap(([, table]) => (table === undefined ? [] : [table]));

/** The rights on tables that statements use, as PostgreSQL asks for them: `site INSERT`. */
export function rightsUsed(statements: readonly Pick<SentStatement, 'text'>[]): Set<string> {
  const used = new Set<string>();
  for (const text of new Set(statements.map((statement) => statement.text))) {
    const inserted = tablesIn(text, inserts);
    const updated = tablesIn(text, updates);
    const read = tablesIn(text, reads);
    for (const table of inserted) used.add(`${table} INSERT`);
    for (const table of updated) used.add(`${table} UPDATE`);
    for (const table of tablesIn(text, deletes)) used.add(`${table} DELETE`);
    // A row is found, locked or handed back by reading it.
    for (const table of [...read, ...updated]) used.add(`${table} SELECT`);
    if (/\breturning\b/i.test(text)) for (const table of inserted) used.add(`${table} SELECT`);
    if (/\bon\s+conflict\b/i.test(text)) for (const table of inserted) used.add(`${table} SELECT`);
    if (/\bdo\s+update\b/i.test(text)) for (const table of inserted) used.add(`${table} UPDATE`);
    if (locks.test(text)) for (const table of read) used.add(`${table} UPDATE`);
  }
  return used;
}
