import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { insertServiceKey } from '../../service-keys.ts';
import { type Owner, makeKey, registerOwner } from '../../users.ts';

let app: TestApp;
let owner: Owner;
let key: string;
let service: string;
beforeAll(async () => {
  app = await openTestApp({ throttle: 'on' });
  service = (await insertServiceKey(app, { callsPerMinute: 100_000 })).secret;
});
afterAll(() => app.close());

const newOwner = async () => {
  owner = await registerOwner(app);
  key = await makeKey(app, owner, ['operation:run', 'credit:spend', 'credit:read']);
};
const verify = async (input: Record<string, unknown>) => {
  const body = { credential: key, ...input };
  return (await app.rest('POST', '/v1/credentials/verify', { body, bearer: service })).body;
};
const atOnce = (count: number, input: Record<string, unknown>) =>
  Promise.all(Array.from({ length: count }, () => verify(input)));

describe('verifications at the same time', () => {
  it('let exactly the rate of the plan pass, and say so of each', async () => {
    await newOwner();
    const verdicts = await atOnce(40, { throttle: { scope: 'ai_function' } });
    const left = verdicts.filter(({ valid }) => valid).map(({ throttle }) => throttle.remaining);
    expect(left.toSorted((one, other) => one - other)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(new Set(verdicts.filter(({ valid }) => !valid).map(({ code }) => code))).toEqual(
      new Set(['throttled']),
    );
  });

  it('hold never more than there is, and the last credit goes to one of them', async () => {
    await newOwner();
    const { available } = (await app.rest('GET', '/v1/credits', { bearer: key })).body;
    const amount = Math.floor(available / 10);
    const verdicts = await atOnce(30, { hold: { amount } });
    expect(verdicts.filter(({ valid }) => valid)).toHaveLength(10);
    expect(new Set(verdicts.filter(({ valid }) => !valid).map(({ code }) => code))).toEqual(
      new Set(['insufficient_credits']),
    );
    const after = (await app.rest('GET', '/v1/credits', { bearer: key })).body;
    expect(after).toMatchObject({ held: amount * 10, available: available - amount * 10 });
  });
});

describe('the window of a rate', () => {
  it('ends when it was to end at its first call, whoever calls meanwhile, and refused calls too', async () => {
    await newOwner();
    const input = { throttle: { scope: 'ai_function' } };
    const first = await verify(input);
    await new Promise((resolve) => setTimeout(resolve, 1200));
    const verdicts = await atOnce(15, input);
    const resets = verdicts.map(
      ({ throttle, retryAfterSeconds }) => throttle?.resetSeconds ?? retryAfterSeconds,
    );
    for (const seconds of resets) expect(seconds).toBeLessThan(first.throttle.resetSeconds);
  });
});

describe('somebody who knows the id of a key', () => {
  it('cannot lock out its holder with wrong secrets', async () => {
    await newOwner();
    const [prefix, mode, id = ''] = key.split('_');
    const guess = `${prefix}_${mode}_${id}_${'A'.repeat(40)}`;
    const guesses = await Promise.all(
      Array.from({ length: 150 }, (_, index) =>
        verify({ credential: index % 2 === 0 ? guess : `${key.slice(0, -1)}!`, address: '203.0.113.9' }),
      ),
    );
    expect(guesses.every(({ valid }) => valid === false)).toBe(true);
    expect(new Set(guesses.map(({ code }) => code))).toEqual(new Set(['unauthenticated', 'throttled']));
    expect(await verify({ address: '203.0.113.9' })).toMatchObject({ valid: true });
    expect(await verify({})).toMatchObject({ valid: true });
  });
});
