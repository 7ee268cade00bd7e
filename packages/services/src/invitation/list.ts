import { listInvitations as findInvitations } from '@tenantry/db/invitation/queries';
import type { PageInput } from '@tenantry/db/page';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { invitationView } from './view.ts';

/** The invitations of the account, newest first. */
export async function listInvitations(tx: AccountTransaction, input: PageInput) {
  const page = await findInvitations(tx, input);
  return { ...page, items: page.items.map((one) => invitationView(one, tx.now)) };
}
