import type { TestApp } from './app.ts';
import { addMembership } from './memberships.ts';
import type { ProcedureMeta } from '@tenantry/gate/procedures';
import { insertServiceKey, nameExternally } from './service-keys.ts';
import { makeKey, registerOwner, signInCookie } from './users.ts';
import type { GateCaller } from './truth.ts';
import type { World } from './fixture.ts';

/** A caller that names the account of a world in its calls, with or without access to it. */
export interface WorldCaller {
  who: GateCaller | 'nobody' | 'stranger';
  credential: 'session' | 'jwt' | 'key' | 'service' | 'none';
  headers: Record<string, string>;
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** A person of each role, keys with all scopes and with one, the owner of another account, and nobody. */
export async function openCallers(app: TestApp, world: World): Promise<WorldCaller[]> {
  const account = { 'tenantry-account': world.owner.accountId };
  const callers: WorldCaller[] = [
    { who: 'owner', credential: 'jwt', headers: { ...bearer(world.owner.token), ...account } },
  ];
  for (const who of ['admin', 'editor', 'viewer'] as const) {
    const person = await registerOwner(app);
    const { accountId } = world.owner;
    await addMembership(app.database, { accountId, userId: person.userId, role: who });
    callers.push({ who, credential: 'jwt', headers: { ...bearer(person.token), ...account } });
    const cookie = await signInCookie(app, person);
    callers.push({ who, credential: 'session', headers: { ...cookie, ...account } });
  }
  const stranger = await registerOwner(app);
  const bare = await makeKey(app, world.owner, ['account:read']);
  const service = await insertServiceKey(app);
  const bareService = await insertServiceKey(app, { scopes: ['account:read', 'account:create'] });
  await nameExternally(app, world.owner.accountId, `external-${world.owner.accountId}`);
  const external = { 'tenantry-external-account': `external-${world.owner.accountId}` };
  return [
    ...callers,
    {
      who: 'owner',
      credential: 'session',
      headers: { ...(await signInCookie(app, world.owner)), ...account },
    },
    { who: 'full key', credential: 'key', headers: bearer(world.key) },
    { who: 'bare key', credential: 'key', headers: bearer(bare) },
    { who: 'full service key', credential: 'service', headers: { ...bearer(service.secret), ...account } },
    { who: 'full service key', credential: 'service', headers: { ...bearer(service.secret), ...external } },
    {
      who: 'bare service key',
      credential: 'service',
      headers: { ...bearer(bareService.secret), ...account },
    },
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
