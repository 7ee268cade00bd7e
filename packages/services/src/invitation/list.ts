import type { PageInput } from '@tenantry/contract/page';
import { listInvitations as findInvitations } from '@tenantry/db/invitation/queries';
import type { Context } from '../context.ts';
import { invitationView } from './view.ts';

/** The invitations that the actor may see, newest first. */
export async function listInvitations({ tx }: Context, input: PageInput) {
  const page = await findInvitations(tx, input);
  return { ...page, items: page.items.map((one) => invitationView(tx, one)) };
}
