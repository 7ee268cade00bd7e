import fc from 'fast-check';
import { leftOf } from './charges.ts';
import { adjustTask, reverseTask } from './correct-tasks.ts';
import { activateTask, grantTask, limitTask, readTask, reapTask } from './book-tasks.ts';
import { type LedgerInput, type LedgerRequest, ledgerTask } from './lane-tasks.ts';
import { type ModelHold, creditsMax, freeOf, kinds } from './model.ts';
import { type Account, plans } from './stage.ts';
import type { Planned, Task } from './task.ts';

/** What may happen on one account, and how often; a new verb of the ledger joins with one entry. */
export interface CallInfo {
  name: string;
  weight: number;
  /** Whether it may run beside others, and in their faults. */
  isCrowded: boolean;
  choices: fc.Arbitrary<Planned>;
}

/** A callInfo whose task follows from what was chosen and from the account as it stands. */
function callInfo<Choice>(
  name: string,
  weight: number,
  isCrowded: boolean,
  choices: fc.Arbitrary<Choice>,
  plan: (account: Account, choice: Choice, other: Account) => Task,
): CallInfo {
  const planned = choices.map((choice) => ({
    name,
    words: `${name} ${fc.stringify(choice)}`,
    plan: (account: Account, other: Account) => plan(account, choice, other),
  }));
  return { name, weight, isCrowded, choices: planned };
}

const key = fc.option(fc.constantFrom('a', 'b', 'c', 'd'), { nil: undefined, freq: 2 });
const share = fc.constantFrom('none', 'part', 'part', 'all', 'above', 'reach', 'beyond', 'most');
const few = fc.integer({ min: 1, max: 60 });
const units = fc.oneof({ weight: 12, arbitrary: few }, fc.constantFrom(1000, 1001, Number(creditsMax)));
const which = fc.record({
  index: fc.nat(60),
  of: fc.constantFrom('open', 'open', 'open', 'open', 'open', 'open', 'any', 'any', 'foreign', 'unknown'),
});

const estimates = ['estimated', 'estimated', 'estimated', 'estimated'] as const;

/** Asks in the lane, and remembers what was asked with a key, so that it can be asked again. */
function ask(account: Account, call: LedgerInput, name: string | undefined): Task {
  const request: LedgerRequest = { ...call, accountId: account.id, key: name };
  if (name !== undefined) account.asked.push(request);
  return ledgerTask(request);
}

const operations = ['cluster_keywords', 'generate_ideas', 'write_content', 'summarise', 'generate_image'];
const nowhere = '0198f000-0000-7000-8000-00000000ffff';

function pick(
  account: Account,
  other: Account,
  { index, of }: { index: number; of: string },
): ModelHold | undefined {
  const holds = of === 'foreign' ? other.model.holds : of === 'unknown' ? [] : account.model.holds;
  const meant = holds.filter(({ status, isEstimated }) => (of === 'estimated' ? isEstimated : status === of));
  const some = meant.length > 0 ? meant : holds;
  return some[index % Math.max(1, some.length)];
}

function usedOf(account: Account, hold: ModelHold | undefined, part: string): number {
  const [amount, free] = [hold?.amount ?? 1n, freeOf(account.model)];
  const shares: Record<string, bigint> = {
    none: 0n,
    part: (amount + 1n) / 2n,
    above: amount + 1n,
    reach: amount + free,
    beyond: amount + free + 1n,
    most: creditsMax,
  };
  const used = shares[part] ?? amount;
  return Number(used > creditsMax ? creditsMax : used);
}

/** As `usedOf`, of what was settled before. */
function trueUseOf(account: Account, hold: ModelHold | undefined, part: string): number {
  return usedOf(account, hold === undefined ? hold : { ...hold, amount: hold.paid }, part);
}

const holding = callInfo(
  'hold',
  18,
  true,
  fc.record({
    amount: fc.oneof(
      { weight: 6, arbitrary: few },
      { weight: 2, arbitrary: fc.integer({ min: 1, max: 2000 }) },
      fc.constantFrom('all', 'more', 'most'),
    ),
    priced: fc.option(
      fc.record({
        operation: fc.constantFrom(...operations, ...operations, 'levitate'),
        units,
      }),
      { nil: undefined, freq: 3 },
    ),
    site: fc.constantFrom(undefined, undefined, undefined, 0, 0, 0, 1, 1, 1, 2),
    ttlSeconds: fc.constantFrom(10, 60, 900, 86_400),
    key,
  }),
  (account, { amount, priced, site, ttlSeconds, key: name }) => {
    const free = Number(freeOf(account.model));
    const named = {
      all: Math.max(1, free),
      more: Math.min(free + 1, Number(creditsMax)),
      most: Number(creditsMax),
    };
    const sum = typeof amount === 'number' ? amount : named[amount as keyof typeof named];
    const siteId = site === undefined ? undefined : (account.model.sites[site] ?? nowhere);
    const input = { ...(priced ?? { amount: sum }), siteId, ttlSeconds, metadata: {} };
    return ask(account, { procedure: 'credit.hold', input }, name);
  },
);

const settling = callInfo(
  'settle',
  14,
  true,
  fc.record({
    which,
    share,
    units: fc.option(fc.oneof(units, fc.constant(0)), { nil: undefined, freq: 2 }),
    allowExcess: fc.boolean(),
    usageSource: fc.constantFrom('estimated', 'estimated', 'reported', undefined),
    key,
  }),
  (account, { which: chosen, share: part, units: counted, key: name, ...more }, other) => {
    const hold = pick(account, other, chosen);
    const used = counted === undefined ? { amount: usedOf(account, hold, part) } : { units: counted };
    const input = { holdId: hold?.id ?? nowhere, ...used, ...more };
    return ask(account, { procedure: 'credit.settle', input }, name);
  },
);

const truing = callInfo(
  'true up',
  7,
  true,
  fc.record({
    which: fc.record({
      index: fc.nat(60),
      of: fc.constantFrom(...estimates, ...estimates, 'any', 'open', 'foreign', 'unknown'),
    }),
    share,
    units: fc.option(units, { nil: undefined, freq: 1 }),
    key,
  }),
  (account, { which: chosen, share: part, units: counted, key: name }, other) => {
    const hold = pick(account, other, chosen);
    const used = counted === undefined ? { amount: trueUseOf(account, hold, part) } : { units: counted };
    return ask(
      account,
      { procedure: 'credit.trueUp', input: { holdId: hold?.id ?? nowhere, ...used } },
      name,
    );
  },
);

const releasing = callInfo(
  'release',
  6,
  true,
  fc.record({ which, key }),
  (account, { which: chosen, key: name }, other) => {
    const input = { holdId: pick(account, other, chosen)?.id ?? nowhere };
    return ask(account, { procedure: 'credit.release', input }, name);
  },
);

/** The caller never heard the answer, or comes with the same key for something else. */
const repeating = callInfo(
  'again',
  6,
  true,
  fc.record({ index: fc.nat(60), isOther: fc.boolean() }),
  (account, { index, isOther }) => {
    const earlier = account.asked[index % Math.max(1, account.asked.length)];
    if (earlier === undefined) return readTask(account.id);
    if (!isOther) return ledgerTask(earlier);
    const { procedure, ...rest } = earlier;
    if (procedure !== 'credit.hold')
      return ledgerTask({ ...rest, procedure: 'credit.release', input: { holdId: nowhere } });
    return ledgerTask({
      ...rest,
      procedure,
      input: { amount: 7, ttlSeconds: 77, metadata: { other: 'input' } },
    });
  },
);

const granting = callInfo(
  'grant',
  5,
  true,
  fc.record({
    kind: fc.constantFrom(...kinds),
    amount: fc.oneof(
      { weight: 20, arbitrary: fc.integer({ min: 1, max: 300 }) },
      fc.constantFrom('room', 'beyond'),
    ),
    lastsSeconds: fc.constantFrom(null, 30, 3600, 259_200, 'plan'),
  }),
  (account, { kind, amount, lastsSeconds }) => {
    const { model } = account;
    // PackageRules is left for what the months to come bring.
    const room = creditsMax - model.granted;
    const most = room - 100_000n;
    const sum =
      typeof amount === 'number' ? BigInt(amount) : amount === 'room' && most > 0n ? most : room + 1n;
    const plan = model.grants.findLast(
      (one) => one.kind === 'plan' && one.endsAt !== null && one.endsAt > model.now,
    );
    const lasts = typeof lastsSeconds === 'number' ? model.now + lastsSeconds * 1000 : null;
    const endsAt = lastsSeconds === 'plan' ? (plan?.endsAt ?? null) : lasts;
    return grantTask(account.id, { kind, amount: sum > creditsMax ? creditsMax : sum, endsAt });
  },
);

const activating = callInfo('activate', 3, true, fc.constantFrom(...plans), ({ id }, plan) =>
  activateTask(id, plan),
);
const adjusting = callInfo(
  'adjust',
  3,
  false,
  fc.oneof({ weight: 6, arbitrary: fc.integer({ min: -80, max: 80 }) }, fc.constantFrom('all', 'more')),
  ({ id, model }, amount) => {
    const free = freeOf(model) < 1_000_000_000n ? freeOf(model) : 1_000_000_000n;
    const sum = typeof amount === 'number' ? BigInt(amount) : amount === 'all' ? -free : -free - 1n;
    return adjustTask(id, sum === 0n ? 1n : sum);
  },
);
const reversing = callInfo(
  'reverse',
  5,
  false,
  fc.record({
    index: fc.nat(60),
    what: fc.constantFrom('own', 'own', 'own', 'own', 'foreign', 'a refund', 'nothing'),
    part: fc.constantFrom('whole', 'half', 'above'),
  }),
  ({ id, model }, { index, what, part }, other) => {
    const { charges } = what === 'foreign' ? other.model : model;
    const charge = charges[index % Math.max(1, charges.length)];
    if (what === 'a refund' || what === 'nothing' || charge === undefined)
      return reverseTask({ accountId: id, isOwn: true }, what === 'a refund' ? what : 'nothing', undefined);
    const whole = leftOf(charge);
    const shares = { whole: undefined, half: (whole + 1n) / 2n, above: whole + 1n };
    const amount = shares[part as keyof typeof shares];
    return reverseTask({ accountId: id, isOwn: what === 'own' }, { charge }, amount);
  },
);
const limiting = callInfo(
  'limit',
  3,
  true,
  fc.record({ site: fc.constantFrom(0, 0, 1, 1, 2), max: fc.constantFrom(null, 0, 40, 100, 100, 400) }),
  ({ id, model }, { site, max }) => limitTask(id, model.sites[site] ?? nowhere, max),
);
const reaping = callInfo('reap', 3, true, fc.constant('all'), () => reapTask());
const reading = callInfo('read', 2, true, fc.constant('now'), ({ id }) => readTask(id));
const lookingBack = callInfo(
  'look back',
  3,
  false,
  fc.record({ index: fc.nat(100), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
  ({ id, history, model }, { index, share: part }) => {
    const then = history[index % Math.max(1, history.length)];
    if (then === undefined) return readTask(id);
    const next = history[history.indexOf(then) + 1]?.now ?? model.now;
    return readTask(id, { model: then, at: then.now + Math.floor((next - 1 - then.now) * part) });
  },
);

export const deeds: readonly CallInfo[] = [
  holding,
  settling,
  truing,
  releasing,
  repeating,
  granting,
  activating,
  adjusting,
  reversing,
  limiting,
  reaping,
  reading,
  lookingBack,
];
