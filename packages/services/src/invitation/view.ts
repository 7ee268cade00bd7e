import type { Invitation } from '@tenantry/db/invitation/entity';
import { visibleSitesOf } from '@tenantry/db/site/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { invitationStatus } from '@tenantry/domain/invitation/status';

/** An invitation as the actor sees it, without the sites that they may not see; never its token. */
export function invitationView(tx: Pick<AccountTransaction, 'sites' | 'now'>, invitation: Invitation) {
  const {
    id,
    email,
    role,
    siteIds = null,
    createdAt,
    expiresAt,
    acceptedAt = null,
    revokedAt = null,
  } = invitation;
  const status = invitationStatus({ acceptedAt, revokedAt, expiresAt }, tx.now);
  return { id, email, role, siteIds: visibleSitesOf(tx, siteIds), status, createdAt, expiresAt };
}
