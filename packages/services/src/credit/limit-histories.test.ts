import type { CallInfo } from '@tenantry/db/transaction';
import { newId } from '@tenantry/db/ids';
import { addGrant } from '@tenantry/domain/credit/grants';
import { change } from '@tenantry/ledger/change';
import type { LedgerService } from '@tenantry/ledger/service';
import { faultsOfBooks } from '@tenantry/testing/ledger-faults';
import { randomOf } from '@tenantry/testing/random';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKey } from '../api-key/create.ts';
import { rotateKey } from '../api-key/rotate.ts';
import {
  type AccountContext,
  type ServiceTest,
  type Tenant,
  accepted,
  codeOf,
  now,
  openServiceTest,
} from '../service.fixture.ts';
import { createSite } from '../site/create.ts';
import { holdCredits } from './hold.ts';
import { limitKey, limitSite } from './limit.ts';
import {
  type CapModel,
  type ModelHold,
  emptyModel,
  holdIn,
  passTime,
  resolveIn,
  trueUpIn,
  usedOf,
} from './limit-model.fixture.ts';
import { listLimits } from './list-limits.ts';
import { releaseHold } from './release.ts';
import { settleHold } from './settle.ts';
import { trueUpHold } from './true-up.ts';

let services: ServiceTest;
beforeAll(async () => {
  services = await openServiceTest();
});
afterAll(() => services.close());

const give: LedgerService<null, null> = {
  reads: () => ({}),
  decide: ({ view: { books } }) => {
    const grant = { id: newId(), kind: 'purchase', amount: 1e9, expiresAt: null, reference: 'all' } as const;
    return { books: addGrant(books, grant), answer: null };
  },
};

/** A rotation of keys as one subject: the ids of its keys, oldest first. */
type Rotation = string[];

interface History {
  tenant: Tenant;
  sites: string[];
  rotations: Rotation[];
  model: CapModel;
  random: (max: number) => number;
}

const hour = 3_600_000;
const run = <T>(
  { tenant, model }: History,
  work: (context: AccountContext) => Promise<T>,
  keyId?: string,
) => {
  const call: Partial<CallInfo> = { now: new Date(model.now) };
  if (keyId !== undefined)
    call.actor = { kind: 'api_key', keyId, accountId: tenant.accountId, scopes: [], siteId: null };
  return services.inAccount(tenant, work, call);
};
const of = <T>(history: History, from: readonly T[]): T => {
  const one = from[history.random(from.length)];
  if (one === undefined) throw new Error('there is nothing to choose from');
  return one;
};

async function openHistory(seed: number): Promise<History> {
  const tenant = await services.register();
  await services.usePlan(tenant, 'unthrottled');
  const random = randomOf(seed);
  const history: History = {
    tenant,
    sites: [],
    rotations: [],
    model: emptyModel(now.getTime()),
    random: (max) => Math.floor(random() * max),
  };
  await run(history, ({ tx }) => change(tx, give, null));
  for (const name of ['A', 'B']) {
    const site = accepted(await run(history, (context) => createSite(context, { name })));
    const key = accepted(
      await run(history, (context) => createKey(context, { name, scopes: ['credit:spend'] })),
    );
    history.sites.push(site.id);
    history.rotations.push([key.id]);
  }
  return history;
}

/** The first key of a rotation names the subject in the model. */
const subjectOf = ([first = '']: Rotation) => first;

const steps: ((history: History) => Promise<void>)[] = [
  async function hold(history) {
    const { model, random } = history;
    const siteId = random(3) === 0 ? undefined : of(history, history.sites);
    const rotation = random(3) === 0 ? undefined : of(history, history.rotations);
    const subjects = [siteId, rotation === undefined ? undefined : subjectOf(rotation)].flatMap(
      (one) => one ?? [],
    );
    const [amount, ttlSeconds] = [1 + random(40), 10 + random(random(2) === 0 ? 600 : 80_000)];
    const expected = holdIn(model, { subjects, amount, expiresAt: model.now + ttlSeconds * 1000 });
    const input = { amount, siteId, ttlSeconds, metadata: {} };
    const keyId = rotation === undefined ? undefined : of(history, rotation);
    const held = await run(history, ({ tx }) => change(tx, holdCredits, input), keyId);
    if (typeof expected === 'string') expect(codeOf(held)).toBe(expected);
    else expected.id = accepted(held).id;
  },
  async function settle(history) {
    const hold = ofHolds(history, 'open');
    if (hold === undefined) return;
    const spent = history.random(Math.ceil(hold.amount * 1.5) + 1);
    const isEstimated = history.random(2) === 0;
    const expected = resolveIn(history.model, hold, { status: 'settled', spent, isEstimated });
    const usageSource = isEstimated ? ('estimated' as const) : ('reported' as const);
    const input = { holdId: hold.id, amount: spent, allowExcess: true, usageSource };
    expect(codeOf(await run(history, ({ tx }) => change(tx, settleHold, input)))).toBe(expected);
  },
  async function release(history) {
    const hold = ofHolds(history, 'open');
    if (hold === undefined) return;
    const expected = resolveIn(history.model, hold, { status: 'released', spent: 0, isEstimated: false });
    expect(codeOf(await run(history, ({ tx }) => change(tx, releaseHold, { holdId: hold.id })))).toBe(
      expected,
    );
  },
  async function trueUp(history) {
    const hold = ofHolds(history, 'settled');
    if (hold === undefined) return;
    const amount = history.random(2 * hold.settled + 2);
    const expected = trueUpIn(history.model, hold, amount);
    const input = { holdId: hold.id, amount };
    expect(codeOf(await run(history, ({ tx }) => change(tx, trueUpHold, input)))).toBe(expected);
  },
  async function rotate(history) {
    const rotation = of(history, history.rotations);
    const keyId = rotation.at(-1) ?? '';
    const made = accepted(await run(history, (context) => rotateKey(context, { keyId, overlapSeconds: 60 })));
    rotation.push(made.id);
  },
  async function cap(history) {
    const { model, random } = history;
    const creditsPerDayMax = random(3) === 0 ? null : random(120);
    const rotation = random(2) === 0 ? undefined : of(history, history.rotations);
    const subject = rotation === undefined ? of(history, history.sites) : subjectOf(rotation);
    if (creditsPerDayMax === null) model.caps.delete(subject);
    else model.caps.set(subject, creditsPerDayMax);
    const set =
      rotation === undefined
        ? await run(history, (context) => limitSite(context, { siteId: subject, creditsPerDayMax }))
        : await run(history, (context) =>
            limitKey(context, { keyId: of(history, rotation), creditsPerDayMax }),
          );
    expect(set).toMatchObject({ creditsPerDayMax, usedToday: usedOf(model, subject, model.now) });
  },
  async function wait({ model, random }) {
    passTime(model, random(random(2) === 0 ? 600_000 : 8 * hour));
  },
];

function ofHolds(history: History, status: ModelHold['status']): ModelHold | undefined {
  const found = history.model.holds.filter((hold) => hold.status === status && hold.id !== '');
  return found.length === 0 ? undefined : of(history, found);
}

/** What is used of each cap today, by the model and by the product. */
async function compare(history: History): Promise<void> {
  const { model, rotations } = history;
  const { items } = await run(history, (context) => listLimits(context, { limit: 100 }));
  const newest = new Map(rotations.map((rotation) => [rotation.at(-1), subjectOf(rotation)]));
  const seen = items.map(({ siteId, keyId, usedToday }) => [siteId ?? newest.get(keyId ?? ''), usedToday]);
  const expected = [...model.caps.keys()].map((subject) => [subject, usedOf(model, subject, model.now)]);
  expect(new Map(Object.entries(Object.fromEntries(seen)))).toEqual(
    new Map(Object.entries(Object.fromEntries(expected))),
  );
}

describe('daily caps', () => {
  it.each([1, 2, 3, 4, 5, 6])(
    'count what a plain model counts, in any order of holds, settles, corrections, rotations and changes of caps: seed %i',
    async (seed) => {
      const history = await openHistory(seed);
      const weights = [0, 0, 0, 0, 1, 1, 1, 2, 3, 4, 5, 5, 6];
      for (let at = 0; at < 150; at += 1) {
        const step = steps[of(history, weights)];
        await step?.(history);
        await compare(history);
      }
      expect(await faultsOfBooks(services.database, history.tenant.accountId)).toEqual([]);
    },
    60_000,
  );
});
