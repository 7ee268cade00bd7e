import { findSecondFactor, userFactors } from '@tenantry/db/second-factor/queries';
import type { SecondFactor } from '@tenantry/db/second-factor/store';
import type { Transaction } from '@tenantry/db/transaction';
import type { User } from '@tenantry/db/user/entity';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import type { DirectoryContext } from '../context.ts';
import { confirmOwner, settleOwner } from '../me/confirm-owner.ts';
import { guarded, secondFactorGuard } from '../session/guard.ts';
import { type ReadCode, readCode, useCode } from './check.ts';

/** Uses the proofs up, in the transaction of the change that they allow. */
type Settle = (tx: Transaction) => Promise<Refusal<'unauthenticated' | 'conflict'> | undefined>;

/** Who changes their second factor, and what they show for it. */
interface SecondFactorProof {
  userId: string;
  password: string;
  code: string;
  /** Whether only a confirmed second factor will do. */
  isConfirmed?: true;
}

/**
 * Runs a change of a second factor by a signed-in person who shows the password and a code. `act` calls `settle` in the
 * transaction that it writes. An app that was never confirmed needs no code. Refuses `conflict` when there is none,
 * `unauthenticated`, `throttled`.
 */
export function withSecondFactor<T>(
  context: DirectoryContext<'identity'>,
  { userId, password, code, isConfirmed }: SecondFactorProof,
  act: (settle: Settle) => Promise<T>,
) {
  return confirmOwner(context, { userId, password }, async (owner) => {
    const factor = await findSecondFactor(context.database, userId);
    if (factor === undefined || (isConfirmed && factor.confirmedAt === null)) return refuse('conflict');
    if (factor.confirmedAt === null) return act(settleWith(context, { owner, factor, code: undefined }));
    return guarded(context, secondFactorGuard(context, owner), async () => {
      const shown = readCode(context, factor, code);
      return shown === undefined
        ? refuse('unauthenticated')
        : act(settleWith(context, { owner, factor, code: shown }));
    });
  });
}

function settleWith(
  { now }: DirectoryContext<'identity'>,
  { owner, factor, code }: { owner: User; factor: SecondFactor; code: ReadCode | undefined },
): Settle {
  return async (tx) => {
    const stale = await settleOwner(tx, owner);
    if (stale !== undefined) return stale;
    const current = await userFactors.read(tx, owner.id);
    if (current?.confirmedAt !== factor.confirmedAt) return refuse('conflict');
    if (code === undefined || (await useCode(tx, { store: userFactors, ownerId: owner.id }, code, now)))
      return undefined;
    return refuse('unauthenticated');
  };
}
