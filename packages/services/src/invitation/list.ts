import { listInvitations as findInvitations } from '@tenantry/db/invitation/queries';
import type { PageInput } from '@tenantry/db/page';
import type { Records } from '@tenantry/db/transact';
import { invitationView } from './view.ts';

/** The invitations of the account, newest first. */
export async function listInvitations(records: Records, input: PageInput) {
  const page = await findInvitations(records, input);
  return { ...page, items: page.items.map((one) => invitationView(one, records.now)) };
}
