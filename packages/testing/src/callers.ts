import type { TestApp } from './app.ts';
import { addMembership } from './memberships.ts';
import type { ProcedureMeta } from '@tenantry/gate/procedures';
import { insertServiceKey, nameExternally } from './service-keys.ts';
import { type Owner, makeKey, registerOwner, signInCookie } from './users.ts';
import type { GateCaller } from './truth.ts';
import type { World } from './fixture.ts';

/** A caller that names the account of a world in its calls, with or without access to it. */
export interface WorldCaller {
  who: GateCaller | 'nobody' | 'stranger';
  credential: 'session' | 'jwt' | 'key' | 'service' | 'none';
  headers: Record<string, string>;
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** Persons and service keys that belong to no account yet, signed in. */
export interface People {
  members: readonly { role: 'admin' | 'editor' | 'viewer'; person: Owner; cookie: Record<string, string> }[];
  stranger: Owner;
  /** Secrets of service keys: one with every scope, and one with few. */
  serviceKeys: { full: string; bare: string };
}

/** Makes the people of callers. They may be callers of several worlds, one after the other. */
export async function openPeople(app: TestApp): Promise<People> {
  const members: People['members'][number][] = [];
  for (const role of ['admin', 'editor', 'viewer'] as const) {
    const person = await registerOwner(app);
    members.push({ role, person, cookie: await signInCookie(app, person) });
  }
  const full = await insertServiceKey(app);
  const bare = await insertServiceKey(app, { scopes: ['account:read', 'account:create'] });
  const serviceKeys = { full: full.secret, bare: bare.secret };
  return { members, stranger: await registerOwner(app), serviceKeys };
}

/**
 * A person of each role, keys with all scopes and with one, the owner of another account, and nobody. The people are new
 * unless some are given.
 */
export async function openCallers(app: TestApp, world: World, given?: People): Promise<WorldCaller[]> {
  const { members, stranger, serviceKeys } = given ?? (await openPeople(app));
  const { accountId } = world.owner;
  const account = { 'tenantry-account': accountId };
  const callers: WorldCaller[] = [
    { who: 'owner', credential: 'jwt', headers: { ...bearer(world.owner.token), ...account } },
  ];
  for (const { role: who, person, cookie } of members) {
    await addMembership(app.database, { accountId, userId: person.userId, role: who });
    callers.push({ who, credential: 'jwt', headers: { ...bearer(person.token), ...account } });
    callers.push({ who, credential: 'session', headers: { ...cookie, ...account } });
  }
  const bare = await makeKey(app, world.owner, ['account:read']);
  await nameExternally(app, accountId, `external-${accountId}`);
  const external = { 'tenantry-external-account': `external-${accountId}` };
  return [
    ...callers,
    {
      who: 'owner',
      credential: 'session',
      headers: { ...(await signInCookie(app, world.owner)), ...account },
    },
    { who: 'full key', credential: 'key', headers: bearer(world.key) },
    { who: 'bare key', credential: 'key', headers: bearer(bare) },
    { who: 'full service key', credential: 'service', headers: { ...bearer(serviceKeys.full), ...account } },
    { who: 'full service key', credential: 'service', headers: { ...bearer(serviceKeys.full), ...external } },
    { who: 'bare service key', credential: 'service', headers: { ...bearer(serviceKeys.bare), ...account } },
    { who: 'stranger', credential: 'jwt', headers: { ...bearer(stranger.token), ...account } },
    { who: 'nobody', credential: 'none', headers: {} },
  ];
}

/** Which of three credentials may call a procedure, as far as its audience goes. */
export function credentialFor(
  appName: 'api' | 'admin',
  { terms }: ProcedureMeta<object>,
  { owner, staff, service }: { owner: string; staff: string; service: string },
): string {
  if (appName === 'admin') return staff;
  return terms?.audience === 'service' ? service : owner;
}
