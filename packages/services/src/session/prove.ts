import { findSecondFactor } from '@tenantry/db/second-factor/queries';
import type { User } from '@tenantry/db/user/entity';
import { findUserByEmail } from '@tenantry/db/user/queries';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import type { Flow, Identity } from '../ports.ts';
import { checkSecondFactor } from '../totp/check.ts';
import { guarded } from './guard.ts';

/** What a person shows to be taken for the owner of an address. */
export interface Proof {
  emailDigest: string;
  password: string;
  /** A code of the person's app, or a recovery code; asked for when they have set one up. */
  totpCode?: string | undefined;
  /** Where the attempt comes from, as far as one guard counts it. */
  address: string;
}

/**
 * Takes somebody for the person of an address, or refuses: `unauthenticated`, with the same work done whether the
 * address is known or not; `second_factor_required` once the password was right; `throttled` after too many
 * failures, known or not.
 */
export async function provePerson(
  flow: Flow,
  identity: Identity,
  { emailDigest, password, totpCode, address }: Proof,
): Promise<User | Refusal<'unauthenticated' | 'second_factor_required' | 'throttled'>> {
  return guarded(flow, identity.digestText(`${emailDigest} ${address}`), async () => {
    const user = await findUserByEmail(flow.database, emailDigest);
    const right = await identity.verifyPassword(user?.passwordHash ?? identity.decoyHash(), password);
    if (user === null || !right) return refuse('unauthenticated');
    const factor = await findSecondFactor(flow.database, user.id);
    if (!factor?.isConfirmed) return user;
    if (totpCode === undefined) return refuse('second_factor_required');
    const passed = await checkSecondFactor(flow, identity, user.id, factor, totpCode);
    return passed ? user : refuse('unauthenticated');
  });
}
