import { lockSessionOf } from '@tenantry/db/access/session-lock';
import { lockAccount } from '@tenantry/db/account/queries';
import { insertAuditEntry } from '@tenantry/db/audit/queries';
import { type Failpoint, noFailpoint } from '@tenantry/db/failpoint';
import { findCandidates } from '@tenantry/db/statement/candidates';
import { findTwins } from '@tenantry/db/statement/twins';
import { listStatementLines } from '@tenantry/db/statement/queries';
import { needsSecondApprover } from '@tenantry/domain/billing/approval';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import type { BankLine } from '@tenantry/domain/statement/event';
import { type MatchCandidate, certainMatch } from '@tenantry/domain/statement/match';
import type { DirectoryContext } from '../context.ts';
import { confirmLine } from './confirm.ts';

/** The most lines that one import confirms; the same file again goes on with the rest. */
const confirmedMax = 500;
const pageLines = 100;

type ExactMatch = { lineId: string; line: BankLine; match: MatchCandidate };

/**
 * Confirms the lines of a file that name the reference of one open invoice with exactly what is due, each in a transaction
 * of its account, in the name of whoever imports the file. Money that needs two members of staff is left to them,
 * and so is a line that may be one of another file in another format. What is
 * refused stays in the queue.
 */
export async function confirmExactLines(
  context: DirectoryContext<'approvals'>,
  statementId: string,
  pass: Failpoint = noFailpoint,
): Promise<void> {
  let confirmed = 0;
  let cursor: string | undefined;
  do {
    const page = await exactMatches(context, statementId, cursor);
    for (const exact of page.matches) {
      if (confirmed >= confirmedMax) return;
      if (!(await confirmExact(context, exact, pass))) continue;
      confirmed += 1;
      await pass('line_committed');
    }
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

function exactMatches(
  { database, approvals }: DirectoryContext<'approvals'>,
  statementId: string,
  cursor: string | undefined,
) {
  return database.withoutAccount.read({}, async (tx) => {
    const input = { limit: pageLines, cursor, status: 'waiting', statementId } as const;
    const { items, nextCursor } = await listStatementLines(tx, input);
    const candidates = await findCandidates(
      tx,
      items.map(({ payload }) => payload),
    );
    const twins = await findTwins(
      tx,
      items.map(({ id }) => id),
    );
    const matches = items.flatMap(({ id: lineId, payload: line }, index): ExactMatch[] => {
      if (twins.has(lineId)) return [];
      if (needsSecondApprover(line, approvals.secondApproverAmounts)) return [];
      const match = certainMatch(line, candidates[index] ?? []);
      return match === undefined ? [] : [{ lineId, line, match }];
    });
    return { matches, nextCursor };
  });
}

/** Confirms one line, and answers whether it was not refused. */
async function confirmExact(
  { database, actor, requestId, now, approvals }: DirectoryContext<'approvals'>,
  { lineId, line, match: { accountId, invoiceId, payment } }: ExactMatch,
  pass: Failpoint,
): Promise<boolean> {
  const call = { actor, requestId, now };
  const done = await database.inAccount.write({ accountId }, call, async (tx) => {
    if (!(await lockSessionOf(tx, actor, now))) return refuse('unauthenticated');
    await lockAccount(tx);
    // Since it was matched, another payment may have come; nothing of the account changes from here on.
    const [candidates = []] = await findCandidates(tx, [line]);
    if (certainMatch(line, candidates)?.invoiceId !== invoiceId) return refuse('conflict');
    const paymentId = payment?.id;
    const input = { lineId, accountId, invoiceId, ...(paymentId === undefined ? {} : { paymentId }) };
    const booked = await confirmLine({ ...call, approvals, tx }, input);
    if (isRefusal(booked)) return booked;
    await insertAuditEntry(tx, 'statementLine.confirm', lineId, { lineId, invoiceId, automatic: 'true' });
    await pass('line_written');
    return booked;
  });
  return !isRefusal(done);
}
