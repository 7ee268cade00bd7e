import type { CreateStaffSessionInput } from '@tenantry/contract/staff-session';
import { newId } from '@tenantry/db/ids';
import { staffFactors } from '@tenantry/db/second-factor/queries';
import {
  findStaffByEmail,
  insertSecurityEvent,
  isStaffPassword,
  setStaffPasswordHash,
} from '@tenantry/db/staff/queries';
import type { Staff } from '@tenantry/db/staff/entity';
import { insertStaffSession } from '@tenantry/db/staff/sessions';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import { staffSessionEnd } from '@tenantry/domain/staff/session';
import type { DirectoryContext } from '../context.ts';
import type { StaffIdentity } from '../ports.ts';
import { guarded } from '../session/guard.ts';
import { type ReadCode, readCode, useCode } from '../totp/check.ts';
import { staffFactorGuard } from './factor-guard.ts';

type SignIn = DirectoryContext & { identity: StaffIdentity };

/** What proved a member of staff. `writeSession` says whether it still does. */
interface ProvenStaff {
  staff: Staff;
  /** The hash of the password's normal form, where the stored hash is of the raw text. */
  newHash: string | undefined;
  /** The confirmed second factor, and the code that was shown for it. */
  factor?: { confirmedAt: string; code: ReadCode };
}

/**
 * Signs staff in for a working day, with a security event, if their password is still the one that was verified and the
 * code of their second factor was not used. The session is answered as a token or as a cookie. Refuses `unauthenticated`,
 * `second_factor_required` once the password was right, and `throttled`.
 */
export async function createStaffSession(
  context: SignIn,
  { email, password, totpCode, delivery }: CreateStaffSessionInput,
) {
  const { database, identity, address } = context;
  const emailDigest = identity.digestText(identity.normaliseEmail(email));
  const guard = { key: identity.digestText(`staff ${emailDigest} ${address}`), subject: null };
  const made = await guarded(context, guard, async () => {
    const staff = await findStaffByEmail(database, emailDigest);
    const form = await identity.matchPassword(staff?.passwordHash ?? identity.decoyHash(), password);
    if (staff === null || form === undefined) return refuse('unauthenticated');
    const newHash = form === 'raw' ? await identity.hashPassword(password) : undefined;
    return proveFactor(context, { staff, newHash }, totpCode);
  });
  if (isRefusal(made)) return made;
  const { token, ...session } = made;
  return delivery === 'cookie'
    ? { ...session, cookie: { value: token, expiresAt: session.expiresAt } }
    : { ...session, token };
}

/** The codes of one member of staff are counted together, so that nobody tries more of them from many addresses. */
async function proveFactor(context: SignIn, proven: ProvenStaff, totpCode: string | undefined) {
  const { id } = proven.staff;
  const factor = await context.database.withoutAccount.read({}, (tx) => staffFactors.read(tx, id));
  const confirmedAt = factor?.confirmedAt;
  if (factor === undefined || confirmedAt == null) return writeSession(context, proven);
  if (totpCode === undefined) return refuse('second_factor_required');
  return guarded(context, staffFactorGuard(context, id), async () => {
    const code = readCode(context, factor, totpCode);
    if (code === undefined) return refuse('unauthenticated');
    return writeSession(context, { ...proven, factor: { confirmedAt, code } });
  });
}

function writeSession({ database, identity, requestId, now, address }: SignIn, proven: ProvenStaff) {
  const { id: staffId, role, passwordHash } = proven.staff;
  const { newHash, factor } = proven;
  const { token, digest: tokenDigest } = identity.mintToken();
  const id = newId();
  const expiresAt = staffSessionEnd(now);
  const actor = { kind: 'staff', staffId, role, sessionId: id } as const;
  return database.withoutAccount.write({}, async (tx) => {
    if (!(await isStaffPassword(tx, staffId, passwordHash))) return refuse('unauthenticated');
    const current = (await staffFactors.read(tx, staffId))?.confirmedAt ?? null;
    if (current !== (factor?.confirmedAt ?? null))
      return refuse(current === null ? 'unauthenticated' : 'second_factor_required');
    const own = { store: staffFactors, ownerId: staffId };
    if (factor !== undefined && !(await useCode(tx, own, factor.code, now))) return refuse('unauthenticated');
    if (newHash !== undefined) await setStaffPasswordHash(tx, staffId, newHash);
    await insertStaffSession(tx, { id, staffId, tokenDigest, createdAt: now, expiresAt, address });
    await insertSecurityEvent(tx, { actor, requestId, now }, 'staff.signedIn', {});
    return { token, expiresAt, staff: { id: staffId, role } };
  });
}
