import { newId } from '@tenantry/db/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import type { Answer } from '../../caller.ts';
import { faultsOfBooks } from '../../ledger-faults.ts';
import { callProcedure, transports, verdictOf } from '../../procedures.ts';
import { type TestServiceKey, insertServiceKey } from '../../service-keys.ts';
import { type Owner, makeKey, registerOwner } from '../../users.ts';

const rounds = 20;

let app: TestApp;
let key: TestServiceKey;
let other: TestServiceKey;
beforeAll(async () => {
  app = await openTestApp();
  [key, other] = [await insertServiceKey(app), await insertServiceKey(app)];
});
afterAll(() => app.close());

const as = (owner: Owner, bearer: string, path: string, body: unknown, headers = {}): Promise<Answer> =>
  app.rest('POST', `/v1${path}`, {
    body,
    bearer,
    headers: { 'tenantry-account': owner.accountId, ...headers },
  });
const holdAs = async (owner: Owner, bearer: string, amount = 10): Promise<string> =>
  (await as(owner, bearer, '/credits/holds', { amount })).body.id;
const booksOf = async ({ token }: Owner) => {
  const { available, held, spent } = (await app.rest('GET', '/v1/credits', { bearer: token })).body;
  return { available, held, spent };
};

describe('a hold that a service key, a member and an API key resolve at one instant', () => {
  it('is resolved once, whoever made it, and the books add up', async () => {
    const owner = await registerOwner(app);
    const apiKey = await makeKey(app, owner, ['credit:spend', 'credit:read']);
    const callers = [key.secret, owner.token, apiKey, other.secret];
    const won: Record<string, number> = {};
    let spent = 0;
    for (let round = 0; round < rounds; round += 1) {
      const holdId = await holdAs(owner, callers[round % callers.length] ?? '');
      const answers = await Promise.all(
        callers.map((bearer, index) =>
          (index + round) % 2 === 0
            ? as(owner, bearer, `/credits/holds/${holdId}/settle`, { amount: 7 })
            : as(owner, bearer, `/credits/holds/${holdId}/release`, {}),
        ),
      );
      const verdicts = answers.map(verdictOf);
      expect(verdicts.toSorted()).toEqual([
        '409 hold_resolved',
        '409 hold_resolved',
        '409 hold_resolved',
        'ok',
      ]);
      const winner = answers.find(({ status }) => status === 200)?.body;
      won[winner.status] = (won[winner.status] ?? 0) + 1;
      spent += winner.settledAmount ?? 0;
    }
    console.log(`races for a hold with service keys: ${rounds}, 0 violated, ${JSON.stringify(won)}`);
    expect(await booksOf(owner)).toEqual({ available: 1000 - spent, held: 0, spent });
    expect(await faultsOfBooks(app.database, owner.accountId)).toEqual([]);
  }, 60_000);
});

describe('the last credits of an account', () => {
  it('go to as many callers as they suffice for, when service keys and members ask at one instant', async () => {
    const owner = await registerOwner(app);
    const callers = [key.secret, owner.token, other.secret];
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_one, index) =>
        as(owner, callers[index % 3] ?? '', '/credits/holds', { amount: 100 }),
      ),
    );
    const verdicts = answers.map(verdictOf);
    expect(verdicts.filter((verdict) => verdict === 'ok')).toHaveLength(10);
    expect(verdicts.filter((verdict) => verdict === '402 insufficient_credits')).toHaveLength(20);
    expect(await booksOf(owner)).toEqual({ available: 0, held: 1000, spent: 0 });
    expect(await faultsOfBooks(app.database, owner.accountId)).toEqual([]);
  });

  it('are never lent from one account to another of the same service key', async () => {
    const owners = [await registerOwner(app), await registerOwner(app)];
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => owners)
        .flat()
        .map((owner) => as(owner, key.secret, '/credits/holds', { amount: 100 })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(20);
    for (const owner of owners) expect(await booksOf(owner)).toEqual({ available: 0, held: 1000, spent: 0 });
  });
});

describe.each(transports)('an Idempotency-Key of a service key over %s', (transport) => {
  const keyed = (owner: Owner, bearer: string, name: string, input: Record<string, unknown>, value: string) =>
    callProcedure(app, transport, {
      name,
      input,
      headers: {
        authorization: `Bearer ${bearer}`,
        'tenantry-account': owner.accountId,
        'idempotency-key': value,
      },
    });

  it('holds once for 40 calls at one instant, by two service keys and a member', async () => {
    const owner = await registerOwner(app);
    const value = newId();
    const callers = [key.secret, other.secret, owner.token];
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_one, index) =>
        keyed(owner, callers[index % 3] ?? '', 'credit.hold', { amount: 3 }, value),
      ),
    );
    expect(new Set(answers.map(verdictOf))).toEqual(new Set(['ok']));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(await booksOf(owner)).toEqual({ available: 997, held: 3, spent: 0 });
  });

  it('settles once for 20 calls at one instant, each with the same answer', async () => {
    const owner = await registerOwner(app);
    const holdId = await holdAs(owner, key.secret);
    const value = newId();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        keyed(owner, key.secret, 'credit.settle', { holdId, amount: 4 }, value),
      ),
    );
    expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1);
    expect(await booksOf(owner)).toEqual({ available: 996, held: 0, spent: 4 });
  });

  it('is another key in another account, and replays nothing of the first', async () => {
    const [one, two] = [await registerOwner(app), await registerOwner(app)];
    const value = newId();
    const first = await keyed(one, key.secret, 'credit.hold', { amount: 3 }, value);
    const second = await keyed(two, key.secret, 'credit.hold', { amount: 4 }, value);
    expect([first, second].map(verdictOf)).toEqual(['ok', 'ok']);
    expect(second.body.id).not.toBe(first.body.id);
  });

  it('replays no answer to a service key that lacks the scope of the call', async () => {
    const owner = await registerOwner(app);
    const value = newId();
    await keyed(owner, key.secret, 'credit.hold', { amount: 3 }, value);
    const bare = await insertServiceKey(app, { scopes: ['credit:read'] });
    const refused = await keyed(owner, bare.secret, 'credit.hold', { amount: 3 }, value);
    expect(verdictOf(refused)).toBe('403 scope_missing');
  });
});
