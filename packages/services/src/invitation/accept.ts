import { lockAccount } from '@tenantry/db/account/queries';
import { insertAuditEntry, enqueueOutboxMessage } from '@tenantry/db/audit/queries';
import { refuseIfTaken } from '@tenantry/db/constraints';
import { newId } from '@tenantry/db/ids';
import type { Invitation } from '@tenantry/db/invitation/entity';
import { findOpenInvitation, findPresentedInvitation } from '@tenantry/db/invitation/queries';
import { countMembers, findMembership, insertMembership } from '@tenantry/db/membership/queries';
import { getPlanOfAccount } from '@tenantry/db/subscription/queries';
import { updateRow } from '@tenantry/db/row';
import type { CallInfo, AccountTransaction } from '@tenantry/db/transaction';
import { findUserByEmail, insertUser, markEmailVerified } from '@tenantry/db/user/queries';
import { type Role, roleAtLeast } from '@tenantry/domain/permissions';
import { fitsLimit } from '@tenantry/domain/plans';
import { type Refusal, isRefusal, refuse } from '@tenantry/domain/refusals';
import type { Flow, Identity } from '../ports.ts';
import { provePerson } from '../session/prove.ts';

export interface AcceptInput {
  token: string;
  /** The password of the address's person, or the first one of a new person. */
  password: string;
  /** A second factor of that person, when they have set one up. */
  totpCode?: string | undefined;
  /** Where the attempt comes from, as far as one guard counts it. */
  address: string;
}

/**
 * Takes the offered place, once: as the person of the invited address, who is made when there is none yet. Whoever
 * holds the token reads the mail of that address, so it counts as verified. Refuses `not_found` for an offer that is
 * not good now (also when who made it could no longer make it), `plan_limit_reached`, and as `provePerson` does.
 */
export async function acceptInvitation(
  flow: Flow,
  identity: Identity,
  { token, password, totpCode, address }: AcceptInput,
): Promise<{ accountId: string; userId: string; role: Role } | Refusal> {
  const { database, callInfo } = flow;
  const place = await findPresentedInvitation(database, identity.digestText(token));
  if (place === null) return refuse('not_found');
  const { accountId, invitationId } = place;
  const offer = await database.inAccount.read({ accountId }, callInfo, (tx) =>
    findOpenInvitation(tx, invitationId),
  );
  if (offer === null) return refuse('not_found');
  const { emailDigest } = offer;
  const isKnown = (await findUserByEmail(database, emailDigest)) !== null;
  const known = isKnown
    ? await provePerson(flow, identity, { emailDigest, password, totpCode, address })
    : undefined;
  if (known !== undefined && isRefusal(known)) return known;
  const passwordHash = known === undefined ? await identity.hashPassword(password) : undefined;
  const userId = known?.id ?? newId();
  const actor = { kind: 'user', userId, sessionId: callInfo.requestId, via: 'session' } as const;
  const scope = { accountId, userId, presented: emailDigest };
  const done: CallInfo = { ...callInfo, actor };
  return refuseIfTaken(acceptConflicts, () =>
    database.inAccount.write(scope, done, (tx) => take(tx, invitationId, userId, passwordHash)),
  );
}

/** Another call made this person or this membership in the meantime; a second try finds them. */
const acceptConflicts = { app_user_email_digest_key: 'conflict', membership_pkey: 'conflict' } as const;

async function take(
  tx: AccountTransaction,
  invitationId: string,
  userId: string,
  passwordHash: string | undefined,
): Promise<{ accountId: string; userId: string; role: Role } | Refusal> {
  await lockAccount(tx);
  const offer = await findOpenInvitation(tx, invitationId);
  if (offer === null || !(await isStillOffered(tx, offer))) return refuse('not_found');
  const { email, emailDigest, role, siteIds = null } = offer;
  const { limits } = await getPlanOfAccount(tx);
  const full = fitsLimit(await countMembers(tx), limits.usersMax);
  if (full !== undefined) return full;
  if (passwordHash !== undefined)
    await insertUser(tx, { id: userId, email, emailDigest, passwordHash, createdAt: tx.now });
  await markEmailVerified(tx, userId, tx.now);
  if ((await findMembership(tx, userId)) === null) await insertMembership(tx, userId, role, siteIds);
  await updateRow(tx, offer, { acceptedAt: tx.now });
  await insertAuditEntry(tx, 'invitation.accept', invitationId, { role });
  await enqueueOutboxMessage(tx, 'member.joined', { userId, role });
  return { accountId: tx.accountId, userId, role };
}

/** Whether who made the offer is still a member that may give the role. */
async function isStillOffered(tx: AccountTransaction, { invitedBy, role }: Invitation): Promise<boolean> {
  const inviter = await findMembership(tx, invitedBy);
  return inviter !== null && roleAtLeast(inviter.role, 'admin') && roleAtLeast(inviter.role, role);
}
