import type { ProposalStatus } from '@tenantry/domain/credit/proposal';
import { newId } from '../ids.ts';
import { type Page, type PageInput, afterId, pageOf } from '../page.ts';
import { rows } from '../sql.ts';
import type { AccountTransaction } from '../transaction.ts';
import { CreditProposal } from './entity.ts';

/** What is proposed: the terms of the correction. */
export type ProposedTerms = Pick<CreditProposal, 'amount' | 'kind' | 'reason'> & {
  expiresAt: Date | null;
  reference: string | null;
};

/** Writes a proposal that waits, and answers it. */
export async function insertProposal(tx: AccountTransaction, terms: ProposedTerms): Promise<CreditProposal> {
  const { em, accountId, actorName: proposedBy, now: proposedAt } = tx;
  const id = newId();
  await em.insert(CreditProposal, {
    accountId,
    id,
    status: 'waiting',
    ...terms,
    proposedBy,
    proposedAt,
    version: 1,
  });
  return em.findOneOrFail(CreditProposal, { id });
}

/** A proposal of the account, or null. */
export function findProposal({ em }: AccountTransaction, id: string): Promise<CreditProposal | null> {
  return em.findOne(CreditProposal, { id });
}

/** The proposals of the account, newest first; of one status where it is named. */
export async function listProposals(
  { em }: AccountTransaction,
  { limit, cursor, status }: PageInput & { status?: ProposalStatus | undefined },
): Promise<Page<CreditProposal>> {
  const where = { ...(status === undefined ? {} : { status }), ...afterId(cursor) };
  const found = await em.find(CreditProposal, where, { orderBy: { id: 'desc' }, limit: limit + 1 });
  return pageOf(found, limit, ({ id }) => id);
}

const adjusted = `select coalesce(sum(abs((facts->>'amount')::numeric)), 0)::float8 as adjusted from audit_entry
  where account_id = $1 and action = 'credit.adjust' and actor = $2 and at > $3::timestamptz`;

/** The sum of what the actor gave and took in the account since a time, without a second member of staff. */
export async function adjustedSince(tx: AccountTransaction, since: Date): Promise<number> {
  const [row] = await rows<{ adjusted: number }>(tx, adjusted, [
    tx.accountId,
    tx.actorName,
    since.toISOString(),
  ]);
  return row?.adjusted ?? 0;
}
