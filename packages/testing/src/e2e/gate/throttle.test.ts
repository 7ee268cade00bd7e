import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../caller.ts';
import { type TestApp, openTestApp } from '../../app.ts';
import { type Owner, makeKey, registerOwner } from '../../users.ts';
import { sameBytes, verdictOf } from '../../procedures.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ throttle: 'on', trustedProxies: ['127.0.0.1'] });
});
afterAll(() => app.close());

let addresses = 0;
/** Registers from a new address each time, so that the strict bucket of an address does not refuse it. */
async function newOwner(): Promise<Owner> {
  addresses += 1;
  return registerOwner(app, {}, { 'x-forwarded-for': `10.1.0.${addresses}` });
}

async function callTimes(count: number, call: () => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let index = 0; index < count; index += 1) answers.push(await call());
  return answers;
}

describe('the throttle of an account', () => {
  it('counts session and keys together, refuses with the time to wait, and does not affect other accounts (E4, E5, E7)', async () => {
    const [owner, neighbour] = [await newOwner(), await newOwner()];
    const key = await makeKey(app, owner, ['credit:read', 'billing:read']);
    const read = (bearer: string) => () => app.rest('GET', '/v1/invoices', { bearer });
    const first = await callTimes(15, read(owner.token));
    expect(first.map(verdictOf)).toEqual(Array(15).fill('ok'));
    expect(first[0]?.headers.get('ratelimit-policy')).toBe('"billing";q=30;w=60');
    expect(first[14]?.headers.get('ratelimit')).toMatch(/^"billing";r=15;t=\d+$/);
    const rest = await callTimes(17, read(key));
    expect(rest.map(verdictOf)).toEqual([...Array(15).fill('ok'), '429 throttled', '429 throttled']);
    const refused = rest.at(-1);
    expect(Number(refused?.headers.get('retry-after'))).toBe(refused?.body.retryAfterSeconds);
    expect(refused?.headers.get('ratelimit')).toMatch(/^"billing";r=0;t=\d+$/);
    expect(verdictOf(await read(owner.token)())).toBe('429 throttled');
    expect(verdictOf(await read(neighbour.token)())).toBe('ok');
  });

  it('counts each call of a batch, and refuses before the input is read', async () => {
    const owner = await newOwner();
    const batch = async (calls: number) => {
      const names = Array.from({ length: calls }, () => 'invoice.list').join();
      const input = encodeURIComponent(
        JSON.stringify(Object.fromEntries(Array.from({ length: calls }, (_, at) => [at, {}]))),
      );
      const headers = { authorization: `Bearer ${owner.token}` };
      const response = await fetch(`${app.url}/trpc/${names}?batch=1&input=${input}`, { headers });
      const answers: unknown = await response.json();
      return { status: response.status, text: JSON.stringify(answers) };
    };
    expect((await batch(20)).status).toBe(200);
    const mixed = await batch(20);
    expect(mixed.status).toBe(207);
    expect(mixed.text.match(/"code":"throttled"/g)).toHaveLength(10);
    const wrong = await app.rest('GET', '/v1/invoices?limit=many', { bearer: owner.token });
    expect(verdictOf(wrong)).toBe('429 throttled');
  });

  it('applies the rate of the plan to credit calls over both transports, with one body (F2)', async () => {
    const owner = await newOwner();
    const hold = (amount: number) =>
      app.rest('POST', '/v1/credits/holds', { body: { amount }, bearer: owner.token });
    const answers = await callTimes(61, () => hold(1));
    expect(answers.slice(59).map(verdictOf)).toEqual(['ok', '429 throttled']);
    const other = await app.trpc('credit.hold', { amount: 1 }, { bearer: owner.token });
    expect(JSON.parse(sameBytes(other)).code).toBe('throttled');
    const credits = await app.rest('GET', '/v1/credits', { bearer: owner.token });
    expect(credits.body).toMatchObject({ held: 60, available: 940 });
  });
});

describe('the throttle of an address', () => {
  const wrong = (headers: Record<string, string>) =>
    app.rest('GET', '/v1/credits', { bearer: 'tny_live_not_a_key', headers });

  it('counts failed credentials, and not those that are good (E6)', async () => {
    const owner = await newOwner();
    const headers = { 'x-forwarded-for': '10.2.0.1' };
    const answers = await callTimes(101, () => wrong(headers));
    expect(answers.slice(0, 100).map(verdictOf)).toEqual(Array(100).fill('401 unauthenticated'));
    expect(answers.slice(100).map(verdictOf)).toEqual(['429 throttled']);
    expect(verdictOf(await app.rest('GET', '/v1/credits', { bearer: owner.token, headers }))).toBe('ok');
    expect(verdictOf(await wrong({ 'x-forwarded-for': '10.2.0.2' }))).toBe('401 unauthenticated');
  });

  it('believes no X-Forwarded-For of an untrusted proxy (E6)', async () => {
    const strict = await openTestApp({ throttle: 'on' });
    const answers: string[] = [];
    for (let index = 0; index < 25; index += 1) {
      const body = { email: `nobody${index}@example.test`, password: 'wrong password' };
      const headers = { 'x-forwarded-for': `10.3.0.${index}` };
      answers.push(verdictOf(await strict.rest('POST', '/v1/sessions', { body, headers })));
    }
    expect(answers.filter((verdict) => verdict === '429 throttled')).toHaveLength(5);
    await strict.close();
  });
});
