import { newId } from '@tenantry/db/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import type { Answer } from '../../caller.ts';
import { runConcurrently } from '../../concurrent-clients.ts';
import { mailedToken } from '../../mailbox.ts';
import { unthrottle } from '../../plan.ts';
import { verdictOf } from '../../procedures.ts';
import { type Owner, makeKey, registerOwner } from '../../users.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const post = (path: string, body: unknown, { token }: Owner) =>
  app.rest('POST', `/v1${path}`, { body, bearer: token });

/** A guard that counts: what is asked for a hundred times at once, and how often it is granted. */
interface Guard {
  name: string;
  granted: number;
  refused: string;
  open(owner: Owner): Promise<(index: number) => Promise<Answer>>;
}

const guards: readonly Guard[] = [
  {
    name: 'sites of a plan',
    granted: 1,
    refused: '402 plan_limit_reached',
    open: async (owner) => (index) => post('/sites', { name: `Site ${index}` }, owner),
  },
  {
    name: 'archived sites that are restored',
    granted: 1,
    refused: '402 plan_limit_reached',
    open: async (owner) => {
      const ids: string[] = [];
      for (let index = 0; index < 20; index += 1) {
        const { body } = await post('/sites', { name: `Site ${index}` }, owner);
        await post(`/sites/${body.id}/archive`, {}, owner);
        ids.push(body.id);
      }
      // Every site is asked for once: one that is restored may be restored again.
      return (index) =>
        index < ids.length
          ? post(`/sites/${ids[index]}/restore`, {}, owner)
          : post('/sites', { name: 'x' }, owner);
    },
  },
  {
    name: 'sectors of a site',
    granted: 3,
    refused: '402 plan_limit_reached',
    open: async (owner) => {
      const site = await post('/sites', { name: 'A site' }, owner);
      return (index) => post(`/sites/${site.body.id}/sectors`, { name: `Sector ${index}` }, owner);
    },
  },
  {
    name: 'API keys of a plan',
    granted: 2,
    refused: '402 plan_limit_reached',
    open: async (owner) => () => post('/api-keys', { name: 'A key', scopes: ['site:read'] }, owner),
  },
  {
    name: 'seats that invitations hold',
    granted: 1,
    refused: '402 plan_limit_reached',
    open: async (owner) => () =>
      post('/invitations', { email: `${newId()}@example.test`, role: 'viewer' }, owner),
  },
  {
    name: 'rotations of one key',
    granted: 1,
    refused: '409 conflict',
    open: async (owner) => {
      const key = await post('/api-keys', { name: 'A key', scopes: ['account:read'] }, owner);
      return () => post(`/api-keys/${key.body.id}/rotate`, { overlapSeconds: 3600 }, owner);
    },
  },
];

describe('a guard that counts, asked a hundred times at once', () => {
  it.each(guards)('grants no more than it may: $name', async ({ name, granted, refused, open }) => {
    const owner = await registerOwner(app);
    const ask = await open(owner);
    const outcomes = await runConcurrently(100, 100, async (index) => verdictOf(await ask(index)));
    console.log(`counted guard, ${name}: 100 attempted, ${JSON.stringify(outcomes)}`);
    expect(outcomes).toEqual({ ok: granted, [refused]: 100 - granted });
  });
});

/** How many of some secrets are a credential now. */
async function countUsable(secrets: readonly string[]): Promise<number> {
  app.api.authentication.accessCache.forget();
  let usable = 0;
  for (const bearer of secrets)
    if ((await app.rest('GET', '/v1/account', { bearer })).status === 200) usable += 1;
  return usable;
}

describe('the seats of a plan', () => {
  it('are not exceeded when more invitations than seats are accepted a hundred times at once', async () => {
    const owner = await registerOwner(app);
    await unthrottle(app, owner.accountId);
    const tokens: string[] = [];
    for (let index = 0; index < 5; index += 1) {
      const email = `${newId()}@example.test`;
      expect(verdictOf(await post('/invitations', { email, role: 'viewer' }, owner))).toBe('ok');
      tokens.push(await mailedToken(app, email, 'invitation'));
    }
    await usePlan(app, owner.accountId, 'starter');
    const outcomes = await runConcurrently(100, 100, async (index) => {
      const body = { token: tokens[index % tokens.length], password: owner.password };
      return verdictOf(await app.rest('POST', '/v1/invitations/accept', { body }));
    });
    console.log(`counted guard, seats of members: 100 attempted, ${JSON.stringify(outcomes)}`);
    expect(outcomes['ok']).toBe(2);
    expect(Object.keys(outcomes).filter((verdict) => verdict.startsWith('5'))).toEqual([]);
    const [row] = await app.database.query(
      'select count(*)::int as members from membership where account_id = $1',
      [owner.accountId],
    );
    expect(row).toEqual({ members: 3 });
  }, 60_000);
});

async function usePlan({ database, api }: TestApp, accountId: string, slug: string): Promise<void> {
  const sql = 'update subscription set plan_id = (select id from plan where slug = $2) where account_id = $1';
  await database.query(sql, [accountId, slug]);
  api.authentication.accessCache.forget();
}

describe('the keys of a plan of two', () => {
  it('are never more than two with one predecessor each, however they are made and rotated at once', async () => {
    const owner = await registerOwner(app);
    const secrets = [
      await makeKey(app, owner, ['account:read']),
      await makeKey(app, owner, ['account:read']),
    ];
    for (let round = 0; round < 5; round += 1) {
      const { items } = (await app.rest('GET', '/v1/api-keys?limit=100', { bearer: owner.token })).body;
      const outcomes = await runConcurrently(100, 100, async (index) => {
        const key = items[index % items.length];
        const answer =
          index % 10 === 9
            ? await post('/api-keys', { name: 'One more', scopes: ['account:read'] }, owner)
            : await post(`/api-keys/${key.id}/rotate`, { overlapSeconds: 3600 }, owner);
        if (answer.status === 201) secrets.push(answer.body.secret);
        return verdictOf(answer);
      });
      console.log(`rotated at once, round ${round}: ${JSON.stringify(outcomes)}`);
      expect(outcomes['ok']).toBe(2);
      expect(await countUsable(secrets)).toBe(4);
    }
    app.passSeconds(3601);
    expect(await countUsable(secrets)).toBe(2);
    app.passSeconds(-3601);
  });

  it('stay two when a successor is revoked and another key takes its place', async () => {
    const owner = await registerOwner(app);
    const [first] = [
      await makeKey(app, owner, ['account:read']),
      await makeKey(app, owner, ['account:read']),
    ];
    const { items } = (await app.rest('GET', '/v1/api-keys', { bearer: owner.token })).body;
    const next = await post(`/api-keys/${items[1].id}/rotate`, { overlapSeconds: 3600 }, owner);
    await app.rest('DELETE', `/v1/api-keys/${next.body.id}`, { bearer: owner.token });
    expect(await countUsable([first, next.body.secret])).toBe(1);
    expect(verdictOf(await post('/api-keys', { name: 'x', scopes: ['account:read'] }, owner))).toBe(
      '402 plan_limit_reached',
    );
  });
});
