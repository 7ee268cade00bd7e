import type { CallInfo } from '@tenantry/db/transaction';
import { newId } from '@tenantry/db/ids';
import { refuse } from '@tenantry/domain/refusals';
import { change } from '@tenantry/ledger/change';
import { faultsOfBooks } from '@tenantry/testing/ledger-faults';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { getCredits } from '../credit/get.ts';
import { getHold } from '../credit/get-hold.ts';
import { holdCredits } from '../credit/hold.ts';
import {
  type ServiceTest,
  type Tenant,
  accepted,
  codeOf,
  openServiceTest,
  secondsAfter,
} from '../service.fixture.ts';
import { createSite } from '../site/create.ts';
import { type QuoteInput, type Started, type Usage, beginRun, billRun, releaseRun } from './bill.ts';

let services: ServiceTest;
let tenant: Tenant;
beforeAll(async () => {
  services = await openServiceTest();
});
afterAll(() => services.close());
beforeEach(async () => {
  tenant = await services.register();
});
afterEach(async () => expect(await faultsOfBooks(services.database, tenant.accountId)).toEqual([]));

type Call = Partial<CallInfo>;
// The operation costs 10 credits for each started 1,000 tokens; the quote is 30 credits.
const quote: QuoteInput = {
  operation: 'write_content',
  prompt: 'Write about tea.',
  estimateTokens: () => 1000,
  maxOutputTokens: 1500,
  ttlSeconds: 70,
  metadata: {},
};
const begin = (more: Partial<QuoteInput> = {}, call: Call = {}) =>
  services.inAccount(tenant, ({ tx }) => change(tx, beginRun, { ...quote, ...more }), call);
const bill = (started: Started, inputTokens: number, more: Partial<Usage> = {}, call: Call = {}) => {
  const usage: Usage = { inputTokens, outputTokens: 0, source: 'reported', ...more };
  const input = { started, usage, output: 'Tea.', finishReason: 'stop' as const };
  return services.inAccount(tenant, ({ tx }) => change(tx, billRun, input), call);
};
const release = (started: Started, call: Call = {}) =>
  services.inAccount(tenant, ({ tx }) => change(tx, releaseRun, started), call);
const credits = () => services.inAccount(tenant, getCredits);
const holdOf = async ({ holdId }: Started) =>
  accepted(await services.inAccount(tenant, (context) => getHold(context, { holdId })));

/** Holds credits for other work, so that few are left. */
const leave = async (amount: number) => {
  const input = { amount: (await credits()).available - amount, ttlSeconds: 600, metadata: {} };
  accepted(await services.inAccount(tenant, ({ tx }) => change(tx, holdCredits, input)));
};

describe('the quote of a run', () => {
  it('holds the price of the prompt and of the most that it may answer, or of what the operation says', async () => {
    const started = accepted(await begin());
    expect(started).toMatchObject({ amount: 30, outputTokensMax: 1500, price: { name: 'write_content' } });
    expect(await holdOf(started)).toMatchObject({ amount: 30, status: 'open', expiresAt: secondsAfter(70) });
    expect(await credits()).toMatchObject({ available: 970, held: 30 });
    expect(await begin({ maxOutputTokens: undefined })).toMatchObject({ amount: 20, outputTokensMax: 500 });
  });

  it.each([
    ['an operation that is not there', { operation: 'levitate' }, refuse('not_found')],
    ['an image', { operation: 'generate_image' }, refuse('operation_not_runnable')],
    [
      'more output than the operation allows',
      { maxOutputTokens: 32_001 },
      refuse('invalid_input', {
        errors: [{ path: 'maxOutputTokens', message: 'is at most 32000 of this operation' }],
      }),
    ],
    [
      'more than there is',
      { estimateTokens: () => 99_001 },
      refuse('insufficient_credits', { required: 1010, available: 1000 }),
    ],
    ['a site that is not there', { siteId: newId() }, refuse('not_found')],
  ])('is refused for %s, and holds nothing', async (_what, more, refusal) => {
    expect(await begin(more)).toEqual(refusal);
    expect(await credits()).toMatchObject({ available: 1000, held: 0 });
  });

  it('is refused to an actor of named sites who names none of them', async () => {
    const site = await services.inAccount(tenant, (context) => createSite(context, { name: 'A site' }));
    const { id: siteId } = accepted(site);
    expect(codeOf(await begin({}, { sites: [siteId] }))).toBe('site_forbidden');
    expect(codeOf(await begin({ siteId }, { sites: [newId()] }))).toBe('not_found');
    expect(codeOf(await begin({ siteId }, { sites: [siteId] }))).toBe('ok');
  });
});

describe('the bill of a run', () => {
  it('is what it used, with the rest of the hold given back', async () => {
    const started = accepted(await begin());
    expect(await bill(started, 900)).toEqual({
      runId: started.holdId,
      usage: {
        inputTokens: 900,
        cachedInputTokens: 0,
        outputTokens: 0,
        reasoningTokens: 0,
        source: 'reported',
      },
      credits: { charged: 10, available: 990 },
      output: 'Tea.',
      finishReason: 'stop',
    });
    expect(await credits()).toMatchObject({ available: 990, held: 0, spent: 10 });
    expect(await holdOf(started)).toMatchObject({ status: 'settled', settledAmount: 10, estimated: false });
  });

  it('is an estimate, which can be trued up, when the tokens were counted here', async () => {
    const started = accepted(await begin());
    accepted(await bill(started, 900, { source: 'estimated' }));
    expect((await holdOf(started)).estimated).toBe(true);
  });

  it('takes the whole of what it used above the hold when the available credits reach', async () => {
    const started = accepted(await begin());
    await leave(20);
    expect(await bill(started, 5000)).toMatchObject({ credits: { charged: 50, available: 0 } });
  });

  it('takes nothing above the hold when they do not reach', async () => {
    const started = accepted(await begin());
    await leave(19);
    expect(await bill(started, 5000)).toMatchObject({ credits: { charged: 30, available: 19 } });
    expect(await holdOf(started)).toMatchObject({ status: 'settled', settledAmount: 30 });
  });

  it('is nothing once the hold has run out', async () => {
    const started = accepted(await begin());
    const late = await bill(started, 900, {}, { now: secondsAfter(70) });
    expect(late).toMatchObject({ credits: { charged: 0, available: 1000 }, output: 'Tea.' });
    expect(await holdOf(started)).toMatchObject({ status: 'expired', settledAmount: 0 });
  });

  it('is refused a second time, after a release, and to whoever may not see the hold', async () => {
    const [first, second] = [accepted(await begin()), accepted(await begin())];
    expect(codeOf(await bill(first, 900, {}, { sites: [newId()] }))).toBe('not_found');
    expect(codeOf(await bill({ ...first, holdId: newId() }, 900))).toBe('not_found');
    accepted(await bill(first, 900));
    accepted(await release(second));
    for (const started of [first, second]) expect(codeOf(await bill(started, 900))).toBe('hold_resolved');
    expect(await credits()).toMatchObject({ spent: 10, held: 0 });
  });
});

describe('the release of a run', () => {
  it('gives the hold back whole, once', async () => {
    const started = accepted(await begin());
    expect(codeOf(await release(started, { sites: [newId()] }))).toBe('not_found');
    expect(await release(started)).toEqual({ charged: 0, available: 1000 });
    expect(codeOf(await release(started))).toBe('hold_resolved');
    expect((await holdOf(started)).status).toBe('released');
  });
});
