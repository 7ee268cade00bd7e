import type { ImportReport, TableCount } from '@tenantry/services/igny8/report';

const widths = [14, 10, 10, 10, 10] as const;
const row = (cells: readonly (string | number)[]) =>
  cells
    .map((cell, index) =>
      index === 0 ? String(cell).padEnd(widths[0]) : String(cell).padStart(widths[index] ?? 10),
    )
    .join('');
const countRow = (name: string, { source, brought, before, leftOut }: TableCount) =>
  row([name, source, brought, before, leftOut]);

/** A report as lines for a person: each row that is not brought as it was, the counts, and what must be looked at. */
export function reportLines({ applied, tables, credits, notes, faults }: ImportReport): string[] {
  const noteLines = notes.map(({ outcome, table, id, account, reason }) => {
    const of = table === 'accounts' || account === null ? '' : ` of account ${account}`;
    return `${outcome}: ${table} ${id}${of}: ${reason}`;
  });
  const end =
    faults.length > 0
      ? [...faults.map((fault) => `✗ ${fault}`), `${faults.length} found.`]
      : ['Each row and each credit of the source is accounted for.'];
  return [
    ...noteLines,
    row(['', 'source', 'brought', 'before', 'left out']),
    ...Object.entries(tables).map(([name, count]) => countRow(name, count)),
    countRow('credits', credits),
    ...end,
    applied ? 'What is brought is written.' : 'Nothing is written: this was a rehearsal. --apply writes.',
  ];
}
