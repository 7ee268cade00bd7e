import { findSecondFactor, userFactors } from '@tenantry/db/second-factor/queries';
import type { Transaction } from '@tenantry/db/transaction';
import { findUserById } from '@tenantry/db/user/queries';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import type { DirectoryContext } from '../context.ts';
import { confirmOwner, settleOwner } from '../me/confirm-owner.ts';
import { readCode, useCode } from '../totp/check.ts';
import { guarded, secondFactorGuard } from './guard.ts';

/** What a person who is signed in shows again: their password, or a code of their second factor. */
export interface ProofAgain {
  password?: string | undefined;
  totpCode?: string | undefined;
}

/** Uses up the proof in the transaction of what it allows. Refuses `unauthenticated` when it does not hold any more. */
export type SettleProof = (tx: Transaction) => Promise<Refusal<'unauthenticated'> | undefined>;

/**
 * Runs what a signed-in person may do who proves again that it is them. `act` calls `settle` in the transaction that it
 * writes. Refuses `unauthenticated` for a wrong password or code, and `throttled` after too many.
 */
export async function proveAgain<T>(
  context: DirectoryContext<'identity'>,
  { password, totpCode = '' }: ProofAgain,
  act: (settle: SettleProof) => Promise<T>,
): Promise<T | Refusal<'unauthenticated' | 'throttled'>> {
  const { actor } = context;
  if (actor.kind !== 'user') return refuse('unauthenticated');
  const { userId } = actor;
  return password === undefined
    ? withCode(context, { userId, totpCode }, act)
    : confirmOwner(context, { userId, password }, (owner) => act((tx) => settleOwner(tx, owner)));
}

async function withCode<T>(
  context: DirectoryContext<'identity'>,
  { userId, totpCode }: { userId: string; totpCode: string },
  act: (settle: SettleProof) => Promise<T>,
): Promise<T | Refusal<'unauthenticated' | 'throttled'>> {
  const { database, now } = context;
  const user = await findUserById(database, userId);
  if (user === null) return refuse('unauthenticated');
  return guarded(context, secondFactorGuard(context, user), async () => {
    const factor = await findSecondFactor(database, userId);
    const code = factor?.confirmedAt == null ? undefined : readCode(context, factor, totpCode);
    if (code === undefined) return refuse('unauthenticated');
    return act(async (tx) =>
      (await useCode(tx, { store: userFactors, ownerId: userId }, code, now))
        ? undefined
        : refuse('unauthenticated'),
    );
  });
}
