import { addDays } from '@tenantry/domain/time';
import { type ServiceTest, now as beginning, openServiceTest } from '@tenantry/services/service.fixture';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsOfBooks } from '../ledger-faults.ts';
import { type LivingAccount, callsOf } from './account.ts';
import { readFacts } from './facts.ts';
import { brokenRules, expectedStanding } from './rules.ts';
import { type Step, insertPlans, perform, planChoices, step } from './steps.ts';

let services: ServiceTest;
beforeAll(async () => {
  services = await openServiceTest();
});
afterAll(() => services.close());

const runs = Number(process.env['SUBSCRIPTION_RUNS'] ?? 300);
/** Properties that run beside each other. */
const threads = 4;

/** What each step may answer. */
const mayAnswer: Readonly<Record<Step['do'], readonly string[]>> = {
  ask: ['ok', 'free'],
  purchase: ['ok', 'none', 'free'],
  spendThenPay: ['ok', 'none'],
  confirm: ['ok', 'none'],
  confirmAgain: ['ok', 'none'],
  report: ['ok', 'none', 'payment_state'],
  reject: ['ok', 'none'],
  takeBack: ['ok', 'none'],
  cancel: ['ok', 'conflict'],
  resume: ['ok', 'conflict'],
  buy: ['ok'],
  work: ['ok'],
  spend: ['ok', 'none'],
  catalogue: ['ok'],
  pass: ['ok'],
  passToEnd: ['ok'],
};
const counts = new Map<string, number>();

async function check(account: LivingAccount): Promise<void> {
  const { accountId } = account.tenant;
  const facts = await readFacts(services.database, accountId);
  expect(brokenRules(facts, account)).toEqual([]);
  const expected = expectedStanding(facts, account.now.getTime());
  const { shown, gate } = await callsOf(services, account).standings();
  expect({ state: shown.state, code: shown.code }).toEqual(expected);
  expect({ state: gate.state, code: gate.code }).toEqual(expected);
}

/** What a cancellation and its withdrawal answer follows from the standing before. */
async function mayBeCancelled(account: LivingAccount): Promise<boolean> {
  const facts = await readFacts(services.database, account.tenant.accountId);
  const { state, code } = expectedStanding(facts, account.now.getTime());
  return state !== 'refused' || code === 'payment_pending';
}

const life = fc.asyncProperty(
  planChoices,
  fc.nat(365),
  fc.array(step, { minLength: 4, maxLength: 13, size: '+1' }),
  async (choices, days, steps) => {
    const plans = await insertPlans(services, choices);
    const tenant = await services.register();
    const account: LivingAccount = {
      tenant,
      now: addDays(beginning, days),
      plans,
      isTakenBack: false,
      confirmed: undefined,
    };
    // Most lives begin with a plan that a better one can take the place of.
    const first: Step[] = days % 4 === 0 ? [] : [{ do: 'purchase', plan: days % 4 === 1 ? 1 : 0 }];
    for (const one of [...first, ...steps]) {
      const isAllowed =
        one.do === 'cancel' || one.do === 'resume' ? await mayBeCancelled(account) : undefined;
      const verdict = await perform(services, account, one);
      // No two things happen in one millisecond.
      account.now = new Date(account.now.getTime() + 1);
      counts.set(`${one.do}: ${verdict}`, (counts.get(`${one.do}: ${verdict}`) ?? 0) + 1);
      const allowed = mayAnswer[one.do];
      expect(allowed, `${one.do}: ${verdict}`).toContain(verdict);
      if (isAllowed !== undefined) expect(verdict).toBe(isAllowed ? 'ok' : 'conflict');
      await check(account);
    }
    const calls = callsOf(services, account);
    await calls.work();
    const { steps: done } = await readFacts(services.database, tenant.accountId);
    await calls.work();
    expect((await readFacts(services.database, tenant.accountId)).steps).toBe(done);
    await check(account);
    expect(await faultsOfBooks(services.database, tenant.accountId)).toEqual([]);
  },
);

describe('every life of a subscription', () => {
  it('grants what was paid, makes no credits and no money by any loop of changes, and stands as the facts and the time say (J61)', async () => {
    const numRuns = Math.ceil(runs / threads);
    await Promise.all(Array.from({ length: threads }, () => fc.assert(life, { numRuns })));
    console.log(
      [...counts]
        .map(([name, count]) => `${name} ${count}`)
        .toSorted()
        .join('\n'),
    );
    expect(counts.get('purchase: ok')).toBeGreaterThan(runs / 2);
  }, 1_800_000);
});
