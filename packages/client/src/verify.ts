import type { TRPCClient } from '@trpc/client';
import { newKey } from './new-key.ts';
import { canPass, persist } from './persist.ts';
import { problemOf } from './problem.ts';
import type { AppRouter } from './router.ts';
import { type Accepted, type Verdict, type VerifyTerms, refusedAs, unverified } from './verdict.ts';
import { workUnderHold } from './work-under-hold.ts';

/** How a verification is asked for. */
export interface Verifying {
  /** A client with the service key alone, and one that acts in an account for somebody. */
  client(account?: { accountId: string; onBehalfOf: string }): TRPCClient<AppRouter>;
  onFault: (fault: unknown) => void;
  secondsMax: number;
}

/** A customer waits for the answer, so that an attempt is soon given up. */
const attemptSecondsMax = 3;

/**
 * Asks the API whether a credential may do what the terms say. A lost answer is asked for again; then the refusal is 503. A
 * refusal of the service key itself, or of the terms, is an error of the product: it is thrown, so that no customer is told
 * that their key is wrong.
 */
export async function verifyCredential(
  { client, onFault, secondsMax }: Verifying,
  presented: { credential: string; account?: string; address?: string },
  { idempotencyKey = newKey(), ...terms }: VerifyTerms,
): Promise<Verdict> {
  const begunAt = performance.now();
  // Without a hold nothing is kept that a key could find again.
  const context = terms.hold === undefined ? {} : { idempotencyKey };
  const { credential: procedures } = client();
  try {
    const answer = await persist(
      (signal) => procedures.verify.mutate({ ...presented, ...terms }, { context, signal }),
      { attemptSeconds: Math.min(attemptSecondsMax, secondsMax), until: begunAt + secondsMax * 1000 },
    );
    if (!answer.valid) return refusedAs(answer);
    const work: Accepted['work'] = (given, options = {}) => {
      const { hold, account, actor } = answer;
      if (hold === null) throw new Error('The terms of this verification ask for no hold.');
      const { credit } = client({ accountId: account.id, onBehalfOf: `${actor.kind}:${actor.id}` });
      return workUnderHold({ credit, hold, idempotencyKey, begunAt }, options, given);
    };
    return { ...answer, work };
  } catch (fault) {
    if (!canPass(fault)) throw fault;
    onFault(fault);
    return unverified(problemOf(fault));
  }
}
