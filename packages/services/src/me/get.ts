import { findUserById, listAccountsOf } from '@tenantry/db/user/queries';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import type { Flow } from '../ports.ts';

/** The person who is signed in, with the accounts they belong to. */
export async function getMe({ database }: Flow, userId: string) {
  const user = await findUserById(database, userId);
  if (user === null) return unknown();
  const { id, email, name, emailVerifiedAt, createdAt } = user;
  return {
    id,
    email,
    name: name ?? null,
    emailVerifiedAt: emailVerifiedAt ?? null,
    createdAt,
    accounts: await listAccountsOf(database, userId),
  };
}

const unknown = (): Refusal<'unauthenticated'> => refuse('unauthenticated');
