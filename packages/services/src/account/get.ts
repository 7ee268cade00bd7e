import { getAccount as findAccount } from '@tenantry/db/account/queries';
import type { Context } from '../context.ts';

/** The account as its members see it. */
export async function getAccount({ tx }: Pick<Context, 'tx'>) {
  const { id, name, externalId = null, status, paymentMethod, sandbox, createdAt } = await findAccount(tx);
  return { id, name, externalId, status, paymentMethod, sandbox, createdAt };
}
