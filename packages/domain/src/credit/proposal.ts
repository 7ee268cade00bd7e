import { type Refusal, refuse } from '../refusals.ts';

/** What becomes of a correction of credits that two members of staff decide. */
export const proposalStatuses = ['waiting', 'approved', 'rejected'] as const;
export type ProposalStatus = (typeof proposalStatuses)[number];

/** For how long what one member of staff gives and takes in an account adds up. */
export const adjustedWithinSeconds = 86_400;

/**
 * Refuses a correction of credits that two members of staff decide: one that is above the operator's bound, by itself or
 * with what the same member of staff gave and took in the account within a day, so that several small ones pass no more
 * than a large one. Answers `conflict` with the figures. Without a bound one always decides.
 */
export function refusalIfAboveBound(
  amount: number,
  { adjusted, bound }: { adjusted: number; bound: number | undefined },
): Refusal<'conflict'> | undefined {
  const required = Math.abs(amount) + adjusted;
  if (bound === undefined || required <= bound) return undefined;
  return refuse('conflict', { reason: 'second_approver_missing', required, limit: bound });
}

/** Refuses `conflict` to decide a proposal twice, and to whoever made it, who approves nothing of their own. */
export function refusalIfNotDecidable(
  { status, proposedBy }: { status: ProposalStatus; proposedBy: string },
  { by, approves }: { by: string; approves: boolean },
): Refusal<'conflict'> | undefined {
  if (status !== 'waiting') return refuse('conflict');
  return approves && proposedBy === by
    ? refuse('conflict', { reason: 'second_approver_missing' })
    : undefined;
}
