import { findSecondFactor, userFactors } from '@tenantry/db/second-factor/queries';
import type { SecondFactor } from '@tenantry/db/second-factor/store';
import type { Transaction } from '@tenantry/db/transaction';
import type { User } from '@tenantry/db/user/entity';
import { findUserByEmail, lockUser, setPasswordHash } from '@tenantry/db/user/queries';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import type { DirectoryContext } from '../context.ts';
import { type ReadCode, readCode, useCode } from '../totp/check.ts';
import { guarded, secondFactorGuard } from './guard.ts';

/** What a person shows to prove that they own an address. */
export interface Proof {
  emailDigest: string;
  password: string;
  /** A code of the person's authenticator app, or a recovery code; needed when they have set one up. */
  totpCode?: string | undefined;
}

/** A person whose password was right, and whose code may be. `settleProof` says whether that still holds. */
export interface ProvenPerson {
  user: User;
  /** The hash of the password's normal form, where the stored hash is of the raw text. */
  newHash: string | undefined;
  /** The confirmed second factor, and the code that was shown for it. */
  factor?: { confirmedAt: string | null; code: ReadCode };
}

type ProofRefusal = Refusal<'unauthenticated' | 'second_factor_required' | 'throttled'>;

/**
 * Runs what the owner of an address may do, as that person. `act` calls `settleProof` in the transaction that it writes.
 * Refuses `unauthenticated`, with the same work done whether the address is known or not; `second_factor_required` once
 * the password was right; and `throttled` after too many failures, known or not.
 */
export function provePerson<T>(
  context: DirectoryContext<'identity'>,
  { emailDigest, password, totpCode }: Proof,
  act: (person: ProvenPerson) => Promise<T>,
): Promise<T | ProofRefusal> {
  const { database, identity, address } = context;
  const guard = { key: identity.digestText(`${emailDigest} ${address}`), subject: emailDigest };
  return guarded(context, guard, async (): Promise<T | ProofRefusal> => {
    const user = await findUserByEmail(database, emailDigest);
    const form = await identity.matchPassword(user?.passwordHash ?? identity.decoyHash(), password);
    if (user === null || form === undefined) return refuse('unauthenticated');
    const newHash = form === 'raw' ? await identity.hashPassword(password) : undefined;
    const factor = await findSecondFactor(database, user.id);
    if (factor?.confirmedAt == null) return act({ user, newHash });
    if (totpCode === undefined) return refuse('second_factor_required');
    return withCode(context, { person: { user, newHash }, factor, totpCode }, act);
  });
}

/** The codes of one person are counted together, so that nobody tries more of them from many addresses. */
function withCode<T>(
  context: DirectoryContext<'identity'>,
  { person, factor, totpCode }: { person: ProvenPerson; factor: SecondFactor; totpCode: string },
  act: (person: ProvenPerson) => Promise<T>,
) {
  return guarded(context, secondFactorGuard(context, person.user), async () => {
    const code = readCode(context, factor, totpCode);
    if (code === undefined) return refuse('unauthenticated');
    return act({ ...person, factor: { confirmedAt: factor.confirmedAt, code } });
  });
}

/**
 * Uses up what proved a person, in the transaction of what it allows. Refuses `unauthenticated` when the password is no
 * longer the one that was verified or the code was used, and `second_factor_required` when a second factor was confirmed
 * in the meantime.
 */
export async function settleProof(
  tx: Transaction,
  { user, newHash, factor }: ProvenPerson,
  now: Date,
): Promise<Refusal<'unauthenticated' | 'second_factor_required'> | undefined> {
  const locked = await lockUser(tx, user.id);
  if (locked?.passwordHash !== user.passwordHash || locked.emailDigest !== user.emailDigest)
    return refuse('unauthenticated');
  const current = await userFactors.read(tx, user.id);
  const confirmedAt = current?.confirmedAt ?? null;
  if (confirmedAt !== (factor?.confirmedAt ?? null))
    return refuse(confirmedAt === null ? 'unauthenticated' : 'second_factor_required');
  if (
    factor !== undefined &&
    !(await useCode(tx, { store: userFactors, ownerId: user.id }, factor.code, now))
  )
    return refuse('unauthenticated');
  if (newHash !== undefined) await setPasswordHash(tx, user.id, newHash);
  return undefined;
}
