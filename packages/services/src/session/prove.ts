import { findSecondFactor } from '@tenantry/db/second-factor/queries';
import type { User } from '@tenantry/db/user/entity';
import { findUserByEmail } from '@tenantry/db/user/queries';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import type { DirectoryContext } from '../context.ts';
import { isSecondFactorRight } from '../totp/check.ts';
import { guarded } from './guard.ts';

/** What a person shows to prove that they own an address. */
export interface Proof {
  emailDigest: string;
  password: string;
  /** A code of the person's authenticator app, or a recovery code; needed when they have set one up. */
  totpCode?: string | undefined;
}

/**
 * The person of an address. Refuses `unauthenticated`, with the same work done whether the address is known or not;
 * `second_factor_required` once the password was right; and `throttled` after too many failures, known or not.
 */
export async function provePerson(
  context: DirectoryContext<'identity'>,
  { emailDigest, password, totpCode }: Proof,
): Promise<User | Refusal<'unauthenticated' | 'second_factor_required' | 'throttled'>> {
  const { database, identity, address } = context;
  return guarded(context, identity.digestText(`${emailDigest} ${address}`), async () => {
    const user = await findUserByEmail(database, emailDigest);
    const isRight = await identity.verifyPassword(user?.passwordHash ?? identity.decoyHash(), password);
    if (user === null || !isRight) return refuse('unauthenticated');
    const factor = await findSecondFactor(database, user.id);
    if (!factor?.isConfirmed) return user;
    if (totpCode === undefined) return refuse('second_factor_required');
    const passed = await isSecondFactorRight(context, { userId: user.id, factor, code: totpCode });
    return passed ? user : refuse('unauthenticated');
  });
}
