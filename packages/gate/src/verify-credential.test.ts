import { isRefusal } from '@tenantry/domain/refusals';
import { type TestApp, openTestApp } from '@tenantry/testing/app';
import { insertServiceKey } from '@tenantry/testing/service-keys';
import { unthrottle } from '@tenantry/testing/plan';
import { type Owner, makeKey, registerOwner, signInCookie, signInStaff } from '@tenantry/testing/users';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contextOf } from './gate.fixture.ts';
import { type PresentedCredential, verifyCredential } from './verify-credential.ts';

let app: TestApp;
let owner: Owner;
let key: string;
beforeAll(async () => {
  app = await openTestApp({ throttle: 'on' });
  owner = await registerOwner(app);
  await unthrottle(app, owner.accountId);
  key = await makeKey(app, owner, ['operation:run', 'credit:spend']);
});
afterAll(() => app.close());

const asked = { scope: 'any', throttle: 'default' } as const;
/** What the gate says of a credential: `passes`, or the code of the refusal with its facts. */
async function verify(presented: Partial<PresentedCredential>) {
  const whole = { credential: key, terms: asked, holds: false, isOfSandboxes: false, ...presented };
  return verifyCredential(contextOf(app, 'not-looked-at'), whole, 'credential.verify');
}
const verdict = async (presented: Partial<PresentedCredential>) => {
  const answer = await verify(presented);
  return isRefusal(answer) ? answer.refused : 'passes';
};

describe('a verified credential', () => {
  it('is told with its account, its access and what the throttle counted', async () => {
    expect(await verify({ terms: { ...asked, scope: 'operation:run' } })).toMatchObject({
      actor: { kind: 'api_key', accountId: owner.accountId },
      account: { id: owner.accountId, status: 'active', plan: { slug: 'unthrottled' } },
      access: { scopes: ['operation:run', 'credit:spend'] },
      counted: { allowed: true, scope: 'default' },
    });
    expect(await verify({ credential: owner.token })).toMatchObject({
      actor: { kind: 'user', userId: owner.userId },
      access: { role: 'owner' },
    });
  });

  it.each([
    ['a scope that the key lacks', { terms: { ...asked, scope: 'site:write' } }, 'scope_missing'],
    ['a person', { terms: { ...asked, person: true } }, 'scope_missing'],
    ['a feature that no plan has', { terms: { ...asked, feature: 'exports' } }, 'plan_lacks_feature'],
    ['another account', { account: '0198f000-0000-7000-8000-00000000ffff' }, 'not_found'],
    ['an account that is no UUID', { account: 'mine' }, 'invalid_input'],
  ] as const)('is refused where it is asked for %s', async (_title, presented, expected) => {
    expect(await verdict(presented)).toBe(expected);
  });

  it('is refused as unauthenticated where it proves nobody of this realm', async () => {
    const { cookie = '' } = await signInCookie(app, owner);
    const texts = [
      '',
      'x',
      'x'.repeat(8000),
      `Bearer ${key}`,
      ` ${key}`,
      `${key} `,
      `${key}, ${owner.token}`,
      `${key}\n`,
      'käse',
      '\0',
      key.slice(0, -1),
      key.toUpperCase(),
      cookie.replace(/^[^=]*=/, ''),
      await signInStaff(app, 'platform_admin'),
      (await insertServiceKey(app)).secret,
    ];
    for (const credential of texts) expect(await verdict({ credential }), credential).toBe('unauthenticated');
  });

  it('of listed addresses is refused from elsewhere, and where nobody says whence', async () => {
    const listed = await makeKey(app, owner, ['credit:read'], { allowedAddresses: ['192.0.2.0/24'] });
    const from = (address?: string) =>
      verify({ credential: listed, ...(address === undefined ? {} : { address }) });
    expect(await from('192.0.2.7')).toMatchObject({ actor: { kind: 'api_key' } });
    for (const address of ['198.51.100.7', undefined])
      expect(await from(address)).toMatchObject({
        refused: 'unauthenticated',
        facts: { credential: { kind: 'api_key', fault: 'address_not_allowed' } },
      });
  });

  it('that is wrong counts for the address that it comes from, and for no one without', async () => {
    const guess = (address?: string) =>
      verdict({ credential: 'tny_live_guess', ...(address === undefined ? {} : { address }) });
    const verdicts: string[] = [];
    for (let index = 0; index < 101; index += 1) verdicts.push(await guess('203.0.113.9'));
    expect(verdicts.slice(0, 100).every((one) => one === 'unauthenticated')).toBe(true);
    expect(verdicts[100]).toBe('throttled');
    expect(await guess('203.0.113.10')).toBe('unauthenticated');
    for (let index = 0; index < 101; index += 1) expect(await guess()).toBe('unauthenticated');
    expect(await verdict({ address: '203.0.113.9' })).toBe('passes');
  });

  it('that holds credits counts in the rate of holds, whichever rate is asked for', async () => {
    const slow = await registerOwner(app);
    const held = await makeKey(app, slow, ['credit:spend']);
    const one = { credential: held, holds: true };
    const verdicts: string[] = [];
    for (let index = 0; index < 61; index += 1) verdicts.push(await verdict(one));
    expect(verdicts.filter((answer) => answer === 'passes')).toHaveLength(60);
    expect(await verify(one)).toMatchObject({ refused: 'throttled' });
    expect(await verdict({ ...one, holds: false })).toBe('passes');
    const direct = await app.rest('POST', '/v1/credits/holds', { body: { amount: 1 }, bearer: held });
    expect(direct.status).toBe(429);
  });

  it('of an account that is no sandbox is none for whoever may know of sandboxes alone', async () => {
    expect(await verdict({ isOfSandboxes: true })).toBe('unauthenticated');
    await app.database.query('update account set sandbox = true where id = $1', [owner.accountId]);
    app.api.authentication.accessCache.forget();
    expect(await verdict({ isOfSandboxes: true })).toBe('passes');
  });

  it('sets no header of the answer to the verification', async () => {
    const set: string[] = [];
    const context = { ...contextOf(app, 'x'), setHeader: (name: string) => void set.push(name) };
    for (const credential of [key, 'wrong'])
      await verifyCredential(
        context,
        { credential, terms: asked, holds: false, isOfSandboxes: false },
        'credential.verify',
      );
    expect(set).toEqual([]);
  });
});
