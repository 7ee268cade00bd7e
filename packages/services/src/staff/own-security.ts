import type { ChangePasswordInput } from '@tenantry/contract/me';
import type { CreateTotpInput, OwnerCodeInput, TotpCodeInput } from '@tenantry/contract/totp';
import { staffFactors } from '@tenantry/db/second-factor/queries';
import { findStaff, isStaffPassword, setStaffPasswordHash } from '@tenantry/db/staff/queries';
import { revokeSessionsOfStaff } from '@tenantry/db/staff/sessions';
import type { Staff } from '@tenantry/db/staff/entity';
import type { Transaction } from '@tenantry/db/transaction';
import { refusalIfWeakPassword } from '@tenantry/domain/password';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import type { PersonContext } from '../context.ts';
import { done } from '../done.ts';
import type { StaffIdentity } from '../ports.ts';
import { guarded } from '../session/guard.ts';
import { readCode, useCode } from '../totp/check.ts';
import { staffFactorGuard, staffPasswordGuard } from './factor-guard.ts';

type OwnContext = PersonContext & { readonly identity: StaffIdentity };
type Commit = <T>(change: (tx: Transaction) => Promise<T>) => Promise<T | Refusal<'unauthenticated'>>;

/**
 * Runs what a signed-in member of staff may do who knows the password as well. The change of `commit` is refused where the
 * password is no longer the one that was verified. Refuses `unauthenticated`, and `throttled` after too many.
 */
async function withPassword<T>(
  context: OwnContext,
  password: string,
  act: (own: { staff: Staff; sessionId: string; commit: Commit }) => Promise<T>,
): Promise<T | Refusal<'unauthenticated' | 'throttled'>> {
  const { actor, database, identity } = context;
  if (actor.kind !== 'staff') return refuse('unauthenticated');
  const { staffId, sessionId } = actor;
  const staff = await findStaff(database, staffId);
  return guarded(context, staffPasswordGuard(context, staffId), async () => {
    if ((await identity.matchPassword(staff.passwordHash, password)) === undefined)
      return refuse('unauthenticated');
    const commit: Commit = (change) =>
      context.commit(async (tx) =>
        (await isStaffPassword(tx, staffId, staff.passwordHash)) ? change(tx) : refuse('unauthenticated'),
      );
    return act({ staff, sessionId, commit });
  });
}

/**
 * Begins to set up an authenticator app, with the password; sign-in asks for no code before it is confirmed. Refuses
 * `unauthenticated`, `throttled`, and `conflict` when an app is confirmed already.
 */
export function createStaffTotp(context: OwnContext, { password }: CreateTotpInput) {
  const { identity, now } = context;
  return withPassword(context, password, ({ staff, commit }) => {
    const { secret, uri } = identity.newTotpSecret(staff.email);
    return commit(async (tx) => {
      const isBegun = await staffFactors.begin(tx, staff.id, identity.seal(secret), now);
      return isBegun ? { secret, uri } : refuse('conflict');
    });
  });
}

/**
 * Confirms an authenticator app with one of its codes; sign-in asks for one from now on. Answers the recovery codes, which no
 * later answer has. Refuses `conflict` when there is nothing to confirm, `unauthenticated` for a wrong code, `throttled`.
 */
export async function confirmStaffTotp(context: OwnContext, { code }: TotpCodeInput) {
  const { actor, database, identity, now } = context;
  if (actor.kind !== 'staff') return refuse('unauthenticated');
  const { staffId } = actor;
  const factor = await database.withoutAccount.read({}, (tx) => staffFactors.read(tx, staffId));
  if (factor === undefined || factor.confirmedAt !== null) return refuse('conflict');
  const { sealedSecret, lastStep } = factor;
  return guarded(context, staffFactorGuard(context, staffId), async () => {
    const step = identity.stepOfCode(identity.unseal(sealedSecret).text, code, now, lastStep);
    if (step === undefined) return refuse('unauthenticated');
    const { codes, digests } = identity.mintRecoveryCodes();
    return context.commit(async (tx) => {
      const app = { sealedSecret, step, now, recoveryDigests: digests };
      const isConfirmed = await staffFactors.confirm(tx, staffId, app);
      return isConfirmed ? { recoveryCodes: codes } : refuse('unauthenticated');
    });
  });
}

/** Runs a change of a confirmed second factor, with the password and a code that is used up in the change. */
function withFactor<T>(
  context: OwnContext,
  { password, code }: OwnerCodeInput,
  change: (tx: Transaction, staffId: string) => Promise<T>,
) {
  const { database, now } = context;
  return withPassword(context, password, async ({ staff, commit }) => {
    const own = { store: staffFactors, ownerId: staff.id };
    const factor = await database.withoutAccount.read({}, (tx) => staffFactors.read(tx, staff.id));
    if (factor?.confirmedAt == null) return refuse('conflict');
    return guarded(context, staffFactorGuard(context, staff.id), async () => {
      const shown = readCode(context, factor, code);
      if (shown === undefined) return refuse('unauthenticated');
      return commit(async (tx) =>
        (await useCode(tx, own, shown, now)) ? change(tx, staff.id) : refuse('unauthenticated'),
      );
    });
  });
}

/**
 * Makes new recovery codes in place of the old ones, with the password and a code. Only this answer has them. Refuses
 * `conflict` when no second factor is confirmed, `unauthenticated`, `throttled`.
 */
export function renewStaffRecoveryCodes(context: OwnContext, input: OwnerCodeInput) {
  const { codes, digests } = context.identity.mintRecoveryCodes();
  return withFactor(context, input, async (tx, staffId) => {
    await staffFactors.replaceRecoveryCodes(tx, staffId, digests);
    return { recoveryCodes: codes };
  });
}

/** Removes the authenticator app, with the password and a code, so that another can be set up. Refuses as above. */
export function disableStaffTotp(context: OwnContext, input: OwnerCodeInput) {
  return withFactor(context, input, async (tx, staffId) => {
    await staffFactors.remove(tx, staffId);
    return done;
  });
}

/**
 * Sets a new password, with the old one, and ends every session but this one. Refuses `unauthenticated` for a wrong password,
 * `throttled` after too many, and `invalid_input` for a weak one.
 */
export function changeStaffPassword(
  context: OwnContext,
  { currentPassword, newPassword }: ChangePasswordInput,
) {
  const { identity, now } = context;
  return withPassword(context, currentPassword, async ({ staff, sessionId, commit }) => {
    const { isCommonPassword: isCommon } = identity;
    const weak = refusalIfWeakPassword(newPassword, { isCommon, texts: [staff.email], path: 'newPassword' });
    if (weak !== undefined) return weak;
    const passwordHash = await identity.hashPassword(newPassword);
    return commit(async (tx) => {
      await setStaffPasswordHash(tx, staff.id, passwordHash);
      await revokeSessionsOfStaff(tx, staff.id, { now, exceptId: sessionId });
      return done;
    });
  });
}
