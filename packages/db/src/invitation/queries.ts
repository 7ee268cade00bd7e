import type { Role } from '@tenantry/domain/permissions';
import type { Database, AccountTransaction } from '../transaction.ts';
import { type Page, type PageInput, afterId, pageOf } from '../page.ts';
import { rows, statement } from '../sql.ts';
import { Invitation, InvitationDirectoryEntry } from './entity.ts';

/** Where the invitation of a presented token lives, or null. */
export function findPresentedInvitation(
  database: Database,
  tokenDigest: string,
): Promise<InvitationDirectoryEntry | null> {
  return database.withoutAccount.read({ presented: tokenDigest }, ({ em }) =>
    em.findOne(InvitationDirectoryEntry, { tokenDigest }),
  );
}

/** An invitation that can still be accepted at this transaction's time, or null. */
export function findOpenInvitation({ em, now }: AccountTransaction, id: string): Promise<Invitation | null> {
  return em.findOne(Invitation, { id, acceptedAt: null, revokedAt: null, expiresAt: { $gt: now } });
}

/** An invitation of the account, whatever became of it. */
export function findInvitation({ em }: AccountTransaction, id: string): Promise<Invitation | null> {
  return em.findOne(Invitation, { id });
}

const findVisible = statement(
  'find_visible_invitations',
  `select id from invitation where account_id = $1 and (site_ids is null
    or exists (select from jsonb_array_elements(site_ids) site where $2::jsonb @> site))`,
);

/** The invitations that the actor may see, newest first: for an actor of named sites, those to these or to all sites. */
export async function listInvitations(
  tx: AccountTransaction,
  { limit, cursor }: PageInput,
): Promise<Page<Invitation>> {
  const where = { $and: [afterId(cursor), await visible(tx)] };
  const found = await tx.em.find(Invitation, where, { orderBy: { id: 'desc' }, limit: limit + 1 });
  return pageOf(found, limit, (invitation) => invitation.id);
}

async function visible(tx: AccountTransaction): Promise<{ id?: { $in: string[] } }> {
  const { accountId, sites } = tx;
  if (sites === undefined) return {};
  const found = await rows<{ id: string }>(tx, findVisible, [accountId, JSON.stringify(sites)]);
  return { id: { $in: found.map(({ id }) => id) } };
}

/** How many invitations hold a seat now; asked with the account locked. */
export function countOpenInvitations({ em, now }: AccountTransaction): Promise<number> {
  return em.count(Invitation, { acceptedAt: null, revokedAt: null, expiresAt: { $gt: now } });
}

/** When the invitations that the account made after a time were made, oldest first; asked with the account locked. */
export async function listInvitationTimes({ em }: AccountTransaction, after: Date): Promise<Date[]> {
  const made = await em.find(
    Invitation,
    { createdAt: { $gt: after } },
    { orderBy: { createdAt: 'asc' }, fields: ['createdAt'] },
  );
  return made.map(({ createdAt }) => createdAt);
}

/** Ends the open invitations that a member made to one of the roles. */
export async function endInvitationsBy(
  { em, now }: AccountTransaction,
  invitedBy: string,
  roles: readonly Role[],
): Promise<void> {
  const open = { invitedBy, role: { $in: [...roles] }, acceptedAt: null, revokedAt: null };
  await em.nativeUpdate(Invitation, open, { revokedAt: now });
}

/** Ends every open invitation of the account. */
export async function endAllInvitations({ em, now }: AccountTransaction): Promise<void> {
  await em.nativeUpdate(Invitation, { acceptedAt: null, revokedAt: null }, { revokedAt: now });
}

/** Ends an earlier invitation of an address, so that a new one can be sent. */
export async function endInvitationsOf({ em, now }: AccountTransaction, emailDigest: string): Promise<void> {
  await em.nativeUpdate(Invitation, { emailDigest, acceptedAt: null, revokedAt: null }, { revokedAt: now });
}

const removeSite = statement(
  'remove_site_from_invitations',
  `update invitation set site_ids = site_ids - $2::text, version = version + 1,
    revoked_at = case when site_ids - $2::text = '[]' and accepted_at is null and expires_at > $3::timestamptz
      then coalesce(revoked_at, $3::timestamptz) else revoked_at end
  where account_id = $1 and site_ids @> to_jsonb($2::text)`,
);

/** Takes a site from the invitations to it, and ends those that are open and have no other. */
export async function removeSiteFromInvitations(tx: AccountTransaction, siteId: string): Promise<void> {
  await rows(tx, removeSite, [tx.accountId, siteId, tx.now.toISOString()]);
}

/** The newest invitation that a service key made, or null. */
export function findInvitationByOperator({ em }: AccountTransaction): Promise<Invitation | null> {
  return em.findOne(Invitation, { invitedByKey: { $ne: null } }, { orderBy: { id: 'desc' } });
}

/** Who invites: a member, or the operator's own backend. */
export type Inviter = { readonly userId: string } | { readonly serviceKeyId: string };

/** Writes a new invitation and its place in the directory. */
export async function insertInvitation(
  { em, accountId, now }: AccountTransaction,
  tokenDigest: string,
  {
    inviter,
    ...invitation
  }: Pick<Invitation, 'id' | 'email' | 'emailDigest' | 'role' | 'expiresAt'> & {
    siteIds: string[] | null;
    inviter: Inviter;
  },
): Promise<void> {
  const by =
    'userId' in inviter
      ? { invitedBy: inviter.userId, invitedByKey: null }
      : { invitedBy: null, invitedByKey: inviter.serviceKeyId };
  await em.insert(Invitation, { accountId, ...invitation, ...by, createdAt: now, version: 1 });
  await em.insert(InvitationDirectoryEntry, { tokenDigest, accountId, invitationId: invitation.id });
}
