import type { UpdateMeInput } from '@tenantry/contract/me';
import { findUserById, setName } from '@tenantry/db/user/queries';
import { refuse } from '@tenantry/domain/refusals';
import type { PersonContext } from '../context.ts';
import { meView } from './get.ts';

/** Changes what a person may change of themselves without another proof: the name. */
export async function updateMe({ commit, ...context }: PersonContext, { name }: UpdateMeInput) {
  const { actor, database } = context;
  const user = actor.kind === 'user' ? await findUserById(database, actor.userId) : null;
  if (user === null) return refuse('unauthenticated');
  const me = await meView({ database }, user);
  return commit(async (tx) => {
    await setName(tx, user.id, name);
    return { ...me, name };
  });
}
