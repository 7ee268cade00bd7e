import type { PageInput } from '@tenantry/contract/page';
import type { ListStatementLinesInput, StatementInput } from '@tenantry/contract/statement';
import { findCandidates } from '@tenantry/db/statement/candidates';
import { findBookedLines } from '@tenantry/db/statement/returned';
import { findTwins } from '@tenantry/db/statement/twins';
import { findStatementFile, listStatementFiles, listStatementLines } from '@tenantry/db/statement/queries';
import { refuse } from '@tenantry/domain/refusals';
import { proposalsFor } from '@tenantry/domain/statement/match';
import { returnsFor } from '@tenantry/domain/statement/return';
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

/** The lines in one status, newest first; those that wait with the invoices that they may pay or the payments that they may take back, and with lines of other formats that may be the same. */
export function listLines({ database }: DirectoryContext, input: ListStatementLinesInput) {
  return database.withoutAccount.read({}, async (tx) => {
    const { items, nextCursor } = await listStatementLines(tx, input);
    const waiting = items.filter(({ status }) => status === 'waiting');
    const credits = waiting.filter(({ payload }) => payload.direction === 'credit');
    const candidates = await findCandidates(
      tx,
      credits.map(({ payload }) => payload),
    );
    const proposals = new Map(
      credits.map(({ id, payload }, index) => [id, proposalsFor(payload, candidates[index] ?? [])]),
    );
    const reversed = waiting.filter(({ payload }) => payload.direction === 'debit');
    const booked = await findBookedLines(
      tx,
      reversed.map(({ payload }) => payload),
    );
    const returns = new Map(reversed.map(({ id, payload }) => [id, returnsFor(payload, booked)]));
    const twins = await findTwins(
      tx,
      waiting.map(({ id }) => id),
    );
    const view = (event: (typeof items)[number]) =>
      lineView(event, {
        proposals: proposals.get(event.id) ?? [],
        returns: returns.get(event.id) ?? [],
        twins: twins.get(event.id) ?? [],
      });
    return { items: items.map(view), nextCursor };
  });
}
