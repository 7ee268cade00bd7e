import { findUserById, listAccountsOf } from '@tenantry/db/user/queries';
import { refuse } from '@tenantry/domain/refusals';
import type { DirectoryContext } from '../context.ts';

/** The person who is signed in, with the accounts that they belong to. */
export async function getMe({ database, actor }: DirectoryContext) {
  const user = actor.kind === 'user' ? await findUserById(database, actor.userId) : null;
  if (user === null) return refuse('unauthenticated');
  const { id, email, name, emailVerifiedAt, createdAt } = user;
  return {
    id,
    email,
    name: name ?? null,
    emailVerifiedAt: emailVerifiedAt ?? null,
    createdAt,
    accounts: await listAccountsOf(database, id),
  };
}
