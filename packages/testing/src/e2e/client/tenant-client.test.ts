import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { createTenantryClient, problemOf } from '@tenantry/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { makeKey, registerOwner } from '../../users.ts';

const run = promisify(execFile);
const clone = resolve(import.meta.dirname, '../../../../..');
const noCredits = 'The account has too few credits. Buy credits and try again.';
let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

async function runExample(name: string, ...words: string[]): Promise<string[]> {
  const program = join(clone, 'examples', name, 'src/main.ts');
  const { stdout } = await run(process.execPath, [program, app.url, ...words]).catch(
    (fault: { stdout: string; code: number }) => ({ stdout: `${fault.stdout}exit ${fault.code}\n` }),
  );
  return stdout.trim().split('\n');
}

describe('the typed client', () => {
  it('sends several queries in one request, and each mutation alone with its idempotency key', async () => {
    const owner = await registerOwner(app);
    const requests: string[] = [];
    const client = createTenantryClient({
      url: app.url,
      credential: () => owner.token,
      fetch: (input, init) => {
        requests.push(new URL(input instanceof Request ? input.url : input).pathname);
        return fetch(input, init);
      },
    });
    const [me, sites] = await Promise.all([client.me.get.query(), client.site.list.query()]);
    expect(me).toMatchObject({ id: owner.userId });
    expect(sites.items).toEqual([]);
    const context = { idempotencyKey: 'one' };
    const first = await client.credit.hold.mutate({ amount: 5 }, { context });
    const again = await client.credit.hold.mutate({ amount: 5 }, { context });
    expect(again.id).toBe(first.id);
    expect(requests).toEqual(['/trpc/me.get,site.list', '/trpc/credit.hold', '/trpc/credit.hold']);
  });

  it('reports a refusal as a problem', async () => {
    const owner = await registerOwner(app);
    const client = createTenantryClient({ url: app.url, credential: owner.token });
    const fault = await client.credit.hold.mutate({ amount: 1001 }).catch((refused: unknown) => refused);
    expect(problemOf(fault)).toMatchObject({ code: 'insufficient_credits', required: 1001, available: 1000 });
    expect(problemOf(new Error('offline'))).toBeUndefined();
  });

  it('calls procedures that need no input without an argument', async () => {
    const owner = await registerOwner(app);
    const client = createTenantryClient({ url: app.url, credential: owner.token });
    expect(await client.emailVerification.create.mutate()).toEqual({});
    const leave = await client.member.leave.mutate().catch((refused: unknown) => refused);
    expect(problemOf(leave)).toMatchObject({ status: 409, code: 'last_owner' });
    expect((await client.site.list.query()).items).toEqual([]);
    expect(await client.session.delete.mutate()).toEqual({});
    const signedOut = await client.me.get.query().catch((refused: unknown) => refused);
    expect(problemOf(signedOut)).toMatchObject({ status: 401, code: 'unauthenticated' });
  });

  it('repeats a mutation without input under its idempotency key', async () => {
    const owner = await registerOwner(app);
    const replays: (string | null)[] = [];
    const client = createTenantryClient({
      url: app.url,
      credential: owner.token,
      fetch: async (input, init) => {
        const response = await fetch(input, init);
        replays.push(response.headers.get('idempotency-replayed'));
        return response;
      },
    });
    const create = () =>
      client.emailVerification.create.mutate(undefined, { context: { idempotencyKey: 'one' } });
    await create();
    await create();
    expect(replays).toEqual([null, 'true']);
  });
});

describe('the examples', () => {
  it('show a dashboard', async () => {
    const owner = await registerOwner(app);
    expect(await runExample('frontend', owner.email, owner.password)).toEqual([
      expect.stringMatching(/^Account \d+ is on Trial \(good\)\.$/),
      '1000 of 1000 credits are left.',
      'Created Second blog.',
    ]);
    const again = await runExample('frontend', owner.email, owner.password);
    expect(again.at(-1)).toBe("The plan's site limit is 1, and the account has 1.");
  });

  it('run an operation as a plugin does, and stop when the credits are gone', async () => {
    const owner = await registerOwner(app);
    const key = await makeKey(app, owner, ['operation:run', 'credit:spend']);
    const lines = await runExample('integrator', key, 'One sentence about tea.');
    expect(lines.at(-1)).toMatch(/^\d+ credits charged, \d+ left\.$/);
    const credits = await app.rest('GET', '/v1/credits', { bearer: owner.token });
    await app.rest('POST', '/v1/credits/holds', { body: { amount: credits.body.available }, bearer: key });
    expect(await runExample('integrator', key)).toEqual([noCredits, 'exit 2']);
  });

  it('run a model elsewhere on held credits, and charge nothing when the model fails or the credits do not suffice', async () => {
    const owner = await registerOwner(app);
    const key = await makeKey(app, owner, ['credit:spend']);
    const credits = async () => (await app.rest('GET', '/v1/credits', { bearer: owner.token })).body;
    const lines = await runExample('model', key, app.provider.url, 'One sentence about tea.');
    expect(lines.at(-1)).toMatch(/^[1-9]\d* of \d+ held credits charged \(settled\)\.$/);
    const { spent, available, held } = await credits();
    expect([spent > 0, spent + available, held]).toEqual([true, 1000, 0]);
    app.provider.setFault('500');
    expect(await runExample('model', key, app.provider.url)).toEqual([
      'Nothing was charged. The model answered with status 500.',
      'exit 2',
    ]);
    app.provider.setFault('none');
    expect(await credits()).toMatchObject({ spent, available, held: 0 });
    await app.rest('POST', '/v1/credits/holds', { body: { amount: available }, bearer: key });
    const asked = app.provider.requestCount();
    expect(await runExample('model', key, app.provider.url)).toEqual([noCredits, 'exit 2']);
    expect(app.provider.requestCount()).toBe(asked);
  });
});
