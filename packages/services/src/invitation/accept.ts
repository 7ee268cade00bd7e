import type { AcceptInvitationInput } from '@tenantry/contract/invitation';
import { lockAccount } from '@tenantry/db/account/queries';
import { enqueueOutboxMessage, insertAuditEntry } from '@tenantry/db/audit/queries';
import { refuseIfTaken } from '@tenantry/db/constraints';
import { newId } from '@tenantry/db/ids';
import type { Invitation } from '@tenantry/db/invitation/entity';
import { findOpenInvitation, findPresentedInvitation } from '@tenantry/db/invitation/queries';
import { countMembers, findMembership, insertMembership } from '@tenantry/db/membership/queries';
import { updateRow } from '@tenantry/db/row';
import { claimTrialOfAccount } from '@tenantry/db/trial-claim/queries';
import { getPlanOfAccount } from '@tenantry/db/subscription/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { findUserByEmail, insertUser, markEmailVerified } from '@tenantry/db/user/queries';
import { mayOffer } from '@tenantry/domain/invitation/status';
import { refusalIfLimitReached } from '@tenantry/domain/plans';
import { refusalIfWeakPassword } from '@tenantry/domain/password';
import { refuse } from '@tenantry/domain/refusals';
import type { DirectoryContext } from '../context.ts';
import { type ProvenPerson, provePerson, settleProof } from '../session/prove.ts';

/** Another call made the same person or membership in the meantime; a second try finds them. */
const conflicts = { app_user_email_digest_key: 'conflict', membership_pkey: 'conflict' } as const;

/**
 * Accepts an invitation, once, as the person of the invited address, who is made when there is none yet. The holder of
 * the token reads the e-mail of that address, so the address counts as verified. Refuses `not_found` for an invitation
 * that is not open (also when its inviter could no longer make it), `already_member`, `plan_limit_reached`, `conflict`,
 * `invalid_input` for a weak password of a new person, and what `provePerson` refuses.
 */
export async function acceptInvitation(
  context: DirectoryContext<'identity'>,
  { token, password, totpCode }: AcceptInvitationInput,
) {
  const { database, identity } = context;
  const presented = await findPresentedInvitation(database, identity.digestText(token));
  if (presented === null) return refuse('not_found');
  const { accountId, invitationId } = presented;
  const offer = await database.inAccount.read({ accountId }, context, (tx) =>
    findOpenInvitation(tx, invitationId),
  );
  if (offer === null) return refuse('not_found');
  const { emailDigest } = offer;
  const accept = { accountId, invitationId, emailDigest };
  if ((await findUserByEmail(database, emailDigest)) !== null)
    return provePerson(context, { emailDigest, password, totpCode }, (person) =>
      acceptAs(context, accept, { userId: person.user.id, person }),
    );
  const { isCommonPassword: isCommon } = identity;
  const weak = refusalIfWeakPassword(password, { isCommon, texts: [offer.email], path: 'password' });
  if (weak !== undefined) return weak;
  const passwordHash = await identity.hashPassword(password);
  return acceptAs(context, accept, { userId: newId(), passwordHash });
}

/** Who accepts: a person who has proven who they are, or a new one with the password that they chose. */
type Accepting = { userId: string } & ({ person: ProvenPerson } | { passwordHash: string });

function acceptAs(
  { database, requestId, now }: DirectoryContext<'identity'>,
  { accountId, invitationId, emailDigest }: { accountId: string; invitationId: string; emailDigest: string },
  accepting: Accepting,
) {
  const { userId } = accepting;
  const actor = { kind: 'user', userId, sessionId: requestId, via: 'session' } as const;
  const scope = { accountId, userId, presented: emailDigest };
  return database.inAccount.write(scope, { actor, requestId, now }, (tx) =>
    refuseIfTaken(conflicts, () => join(tx, invitationId, accepting)),
  );
}

async function join(tx: AccountTransaction, invitationId: string, accepting: Accepting) {
  await lockAccount(tx);
  const offer = await findOpenInvitation(tx, invitationId);
  if (offer === null || !(await isStillOffered(tx, offer))) return refuse('not_found');
  const { email, emailDigest, role, siteIds = null } = offer;
  const { userId } = accepting;
  const stale = 'person' in accepting ? await settleProof(tx, accepting.person, tx.now) : undefined;
  if (stale !== undefined) return stale;
  if ((await findMembership(tx, userId)) !== null) return refuse('already_member');
  const full = await refusalIfFull(tx);
  if (full !== undefined) return full;
  if ('passwordHash' in accepting) {
    const { passwordHash } = accepting;
    await insertUser(tx, { id: userId, email, emailDigest, passwordHash, createdAt: tx.now });
  }
  await markEmailVerified(tx, userId, tx.now);
  await insertMembership(tx, userId, role, siteIds);
  if (offer.invitedByKey != null) await claimTrialOfAccount(tx, userId);
  await updateRow(tx, offer, { acceptedAt: tx.now });
  await insertAuditEntry(tx, 'invitation.accept', invitationId, { role });
  await enqueueOutboxMessage(tx, 'member.joined', { userId, role });
  return { accountId: tx.accountId, userId, role };
}

async function refusalIfFull(tx: AccountTransaction) {
  const { limits } = await getPlanOfAccount(tx);
  return refusalIfLimitReached(await countMembers(tx), limits.usersMax);
}

/** Whether the inviter is still a member who may give the role. The operator's offer stands, whatever became of its key. */
async function isStillOffered(tx: AccountTransaction, { invitedBy, role }: Invitation): Promise<boolean> {
  if (invitedBy == null) return true;
  return mayOffer((await findMembership(tx, invitedBy))?.role, role);
}
