import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import type { Answer } from '../../caller.ts';
import {
  type ProcedureCall,
  type Transport,
  callProcedure,
  transports,
  verdictOf,
} from '../../procedures.ts';
import { insertServiceKey } from '../../service-keys.ts';
import { type Owner, registerOwner, signInStaff } from '../../users.ts';

let app: TestApp;
let finance: string;
let service: string;
let owner: Owner;
beforeAll(async () => {
  app = await openTestApp();
  finance = await signInStaff(app, 'finance');
  service = (await insertServiceKey(app)).secret;
});
afterAll(() => app.close());
afterEach(() => {
  app.provider.setAnswer({});
  app.provider.setFault('none');
});

const callsAtOnce = 100;
const countOf = async (sql: string, values: unknown[]): Promise<number> =>
  Number((await app.database.query(`select count(*)::int as count from ${sql}`, values))[0]?.['count']);
const run = { operation: 'write_content', prompt: 'Write one sentence about tea.' };

/** The headers with which a service key acts for the account of the owner. */
const asService = () => ({ authorization: `Bearer ${service}`, 'tenantry-account': owner.accountId });

/** A change of each unit of work, and the count of its effects. */
const units: Record<string, [call: () => ProcedureCall, effects: () => Promise<number>]> = {
  transaction: [
    () => ({ name: 'site.create', input: { name: 'A site' } }),
    () => countOf('site where account_id = $1', [owner.accountId]),
  ],
  ledger: [
    () => ({ name: 'credit.hold', input: { amount: 3 } }),
    () => countOf('credit_hold where account_id = $1', [owner.accountId]),
  ],
  external: [
    () => ({ name: 'operation.run', input: run }),
    () => countOf('credit_hold where account_id = $1', [owner.accountId]),
  ],
  stream: [
    () => ({ name: 'operation.stream', input: run }),
    () => countOf('credit_hold where account_id = $1', [owner.accountId]),
  ],
  person: [
    () => ({
      name: 'me.changePassword',
      input: { currentPassword: owner.password, newPassword: 'another horse battery' },
    }),
    () =>
      countOf(`security_event where action = 'me.changePassword' and actor = 'user:' || $1`, [owner.userId]),
  ],
  'ledger, by a service key': [
    () => ({ name: 'credit.hold', input: { amount: 3 }, headers: asService() }),
    () => countOf('credit_hold where account_id = $1', [owner.accountId]),
  ],
  'external, by a service key': [
    () => ({ name: 'operation.run', input: run, headers: asService() }),
    () => countOf('credit_hold where account_id = $1', [owner.accountId]),
  ],
  'stream, by a service key': [
    () => ({ name: 'operation.stream', input: run, headers: asService() }),
    () => countOf('credit_hold where account_id = $1', [owner.accountId]),
  ],
  'a new account, by a service key': [
    () => ({
      name: 'account.create',
      input: { name: `Of ${owner.accountId}`, owner: { email: `of-${owner.accountId}@example.test` } },
      headers: { authorization: `Bearer ${service}` },
    }),
    () => countOf('account where name = $1', [`Of ${owner.accountId}`]),
  ],
  staff: [
    () => ({
      app: 'admin',
      name: 'credit.adjust',
      input: { accountId: owner.accountId, amount: 7, reason: 'once' },
    }),
    () => countOf(`audit_entry where action = 'credit.adjust' and account_id = $1`, [owner.accountId]),
  ],
};

/** Another key in each race: those of a service key that makes accounts are of no account. */
const keyOfRace = () => `one-${owner.accountId}`;

async function timed(transport: Transport, call: ProcedureCall): Promise<Answer & { milliseconds: number }> {
  const began = performance.now();
  const caller = call.app === 'admin' ? app.admin : app;
  const token = call.app === 'admin' ? finance : owner.token;
  const headers = { authorization: `Bearer ${token}`, 'idempotency-key': keyOfRace(), ...call.headers };
  const answer = await callProcedure(caller, transport, { ...call, headers });
  return { ...answer, milliseconds: performance.now() - began };
}

/** What is wrong with an answer to one of many calls with one key; undefined when nothing is. */
function wrongOf(answer: Answer & { milliseconds: number }): string | undefined {
  const verdict = verdictOf(answer);
  if (verdict === 'ok') return undefined;
  if (verdict !== '409 idempotency_in_flight') return verdict;
  if (answer.milliseconds < 1900) return `409 after ${answer.milliseconds} ms`;
  return answer.body.retryAfterSeconds >= 1 ? undefined : '409 without a time to wait';
}

describe.each(transports)('calls with one key at one instant over %s', (transport) => {
  it.each(Object.entries(units))(
    'have one effect, and each gets the answer or is told to wait, after it has waited: %s',
    async (_unit, [call, effects]) => {
      owner = await registerOwner(app);
      const answers = await Promise.all(Array.from({ length: callsAtOnce }, () => timed(transport, call())));
      expect(answers.flatMap((answer) => wrongOf(answer) ?? [])).toEqual([]);
      expect(answers.filter((answer) => verdictOf(answer) === 'ok').length).toBeGreaterThan(0);
      expect(await effects()).toBe(1);
      const again = await timed(transport, call());
      expect(verdictOf(again)).toBe('ok');
      expect(await effects()).toBe(1);
    },
    60_000,
  );

  it.each(['operation.run', 'operation.stream'] as const)(
    'get one answer of a %s that takes a second, and 409 with Retry-After of one that takes longer than they wait',
    async (name) => {
      for (const [delayMilliseconds, second] of [
        [700, 'ok'],
        [4000, '409 idempotency_in_flight'],
      ] as const) {
        owner = await registerOwner(app);
        app.provider.setAnswer({ delayMilliseconds });
        const asked = app.provider.requestCount();
        const both = await Promise.all([1, 2].map(() => timed(transport, { name, input: run })));
        expect(both.map(verdictOf).toSorted()).toEqual([second, 'ok'].toSorted());
        expect(app.provider.requestCount()).toBe(asked + 1);
        for (const answer of both.filter((one) => verdictOf(one) !== 'ok')) {
          expect(answer.milliseconds).toBeGreaterThan(1900);
          expect(answer.body.retryAfterSeconds).toBe(1);
          // A stream over tRPC has sent its headers before it knows its answer.
          if (transport === 'rest' || name === 'operation.run')
            expect(answer.headers.get('retry-after')).toBe('1');
        }
      }
    },
    30_000,
  );
});
