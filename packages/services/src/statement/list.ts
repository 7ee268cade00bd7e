import type { PageInput } from '@tenantry/contract/page';
import type { ListStatementLinesInput, StatementInput } from '@tenantry/contract/statement';
import { findCandidates } from '@tenantry/db/statement/candidates';
import { findStatementFile, listStatementFiles, listStatementLines } from '@tenantry/db/statement/queries';
import { refuse } from '@tenantry/domain/refusals';
import { proposalsFor } from '@tenantry/domain/statement/match';
import type { DirectoryContext } from '../context.ts';
import { lineView, statementView } from './view.ts';

/** The files that were imported, newest first. */
export function listStatements({ database }: DirectoryContext, input: PageInput) {
  return database.withoutAccount.read({}, async (tx) => {
    const { items, nextCursor } = await listStatementFiles(tx, input);
    return { items: items.map(statementView), nextCursor };
  });
}

/** One file. Refuses `not_found`. */
export function getStatement({ database }: DirectoryContext, { statementId }: StatementInput) {
  return database.withoutAccount.read({}, async (tx) => {
    const file = await findStatementFile(tx, { id: statementId });
    return file === null ? refuse('not_found') : statementView(file);
  });
}

/** The lines in one status, newest first; credits that wait with the invoices that they may pay. */
export function listLines({ database }: DirectoryContext, input: ListStatementLinesInput) {
  return database.withoutAccount.read({}, async (tx) => {
    const { items, nextCursor } = await listStatementLines(tx, input);
    const credits = items.filter(
      ({ status, payload }) => status === 'waiting' && payload.direction === 'credit',
    );
    const candidates = await findCandidates(
      tx,
      credits.map(({ payload }) => payload),
    );
    const proposals = new Map(
      credits.map(({ id, payload }, index) => [id, proposalsFor(payload, candidates[index] ?? [])]),
    );
    return { items: items.map((event) => lineView(event, proposals.get(event.id) ?? [])), nextCursor };
  });
}
