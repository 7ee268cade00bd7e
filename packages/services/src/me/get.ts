import { describeSecondFactor } from '@tenantry/db/second-factor/queries';
import type { User } from '@tenantry/db/user/entity';
import { findUserById, listAccountsOf } from '@tenantry/db/user/queries';
import { refuse } from '@tenantry/domain/refusals';
import type { DirectoryContext } from '../context.ts';

/** The person who is signed in, with the accounts that they belong to. */
export async function getMe({ database, actor }: DirectoryContext) {
  const user = actor.kind === 'user' ? await findUserById(database, actor.userId) : null;
  return user === null ? refuse('unauthenticated') : meView({ database }, user);
}

/** A person as they see themselves. */
export async function meView({ database }: Pick<DirectoryContext, 'database'>, user: User) {
  const { id, email, name, emailVerifiedAt, createdAt } = user;
  return {
    id,
    email,
    name: name ?? null,
    emailVerifiedAt: emailVerifiedAt ?? null,
    secondFactor: await describeSecondFactor(database, id),
    createdAt,
    accounts: await listAccountsOf(database, id),
  };
}
