import type {
  AdjustCreditsInput,
  DecideProposalInput,
  ListProposalsInput,
} from '@tenantry/contract/staff-credit';
import type { CreditProposal } from '@tenantry/db/credit-proposal/entity';
import { findProposal, insertProposal, listProposals as find } from '@tenantry/db/credit-proposal/queries';
import { updateRow } from '@tenantry/db/row';
import { refusalIfNotDecidable } from '@tenantry/domain/credit/proposal';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';
import { adjustNow } from './adjust-credits.ts';
import { refusalIfStaffIsMember } from './conflict-of-interest.ts';
import { previewAdjustment } from './preview-adjustment.ts';

/**
 * Asks for a correction of credits that another member of staff decides. It moves no credit. Refuses what the correction
 * itself refuses now: `insufficient_credits`, `invalid_input`, and `role_forbids` to staff of the account.
 */
export async function proposeAdjustment(context: Context<'approvals'>, input: AdjustCreditsInput) {
  const { tx } = context;
  const conflict = await refusalIfStaffIsMember(tx);
  if (conflict !== undefined) return conflict;
  const preview = await previewAdjustment(context, input);
  if (isRefusal(preview)) return preview;
  const { amount, kind, reason, reference = null, expiresAt } = input;
  const expiry = expiresAt === undefined ? null : new Date(expiresAt);
  return proposalView(await insertProposal(tx, { amount, kind, reason, reference, expiresAt: expiry }));
}

/**
 * Approves a proposal as another member of staff: the credits move now, on the terms that were proposed. Refuses
 * `not_found`, `conflict` for one that was decided and to whoever made it, what the correction refuses, and
 * `role_forbids` to staff of the account.
 */
export async function approveProposal(
  context: Context,
  { proposalId, reason: decision }: DecideProposalInput,
) {
  const { tx } = context;
  const conflict = await refusalIfStaffIsMember(tx);
  if (conflict !== undefined) return conflict;
  const proposal = await findProposal(tx, proposalId);
  if (proposal === null) return refuse('not_found');
  const undecidable = refusalIfNotDecidable(proposal, { by: tx.actorName, approves: true });
  if (undecidable !== undefined) return undecidable;
  const corrected = await adjustNow(context, termsOf(proposal));
  if (isRefusal(corrected)) return corrected;
  // A reference that was used with the same terms has moved the credits already; it is no correction of this proposal.
  if ('replay' in corrected) return refuse('reference_taken');
  const decided = { status: 'approved', decidedBy: tx.actorName, decidedAt: tx.now, decision } as const;
  await updateRow(tx, proposal, { ...decided, entryId: corrected.entry.id });
  return proposalView(proposal);
}

/** Rejects a proposal, or takes one's own back. Refuses `not_found`, and `conflict` for one that was decided. */
export async function rejectProposal({ tx }: Context, { proposalId, reason: decision }: DecideProposalInput) {
  const proposal = await findProposal(tx, proposalId);
  if (proposal === null) return refuse('not_found');
  const undecidable = refusalIfNotDecidable(proposal, { by: tx.actorName, approves: false });
  if (undecidable !== undefined) return undecidable;
  const decided = { status: 'rejected', decidedBy: tx.actorName, decidedAt: tx.now, decision } as const;
  await updateRow(tx, proposal, decided);
  return proposalView(proposal);
}

/** The proposals of the account, newest first. */
export async function listProposals({ tx }: Context, input: ListProposalsInput) {
  const page = await find(tx, input);
  return { ...page, items: page.items.map(proposalView) };
}

function termsOf({
  accountId,
  amount,
  kind,
  reason,
  reference,
  expiresAt,
}: CreditProposal): AdjustCreditsInput {
  return {
    accountId,
    amount,
    kind,
    reason,
    ...(reference == null ? {} : { reference }),
    ...(expiresAt == null ? {} : { expiresAt: expiresAt.toISOString() }),
  };
}

function proposalView(proposal: CreditProposal) {
  const { id, status, amount, kind, reason, proposedBy, proposedAt } = proposal;
  return {
    id,
    status,
    amount,
    kind,
    reason,
    proposedBy,
    proposedAt,
    reference: proposal.reference ?? null,
    expiresAt: proposal.expiresAt ?? null,
    decidedBy: proposal.decidedBy ?? null,
    decidedAt: proposal.decidedAt ?? null,
    decision: proposal.decision ?? null,
    entryId: proposal.entryId ?? null,
  };
}
