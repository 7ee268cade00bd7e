import fc from 'fast-check';
import { extendTask, limitTask, readTask, reapTask } from './account-tasks.ts';
import { leftOf } from './charges.ts';
import { chosenHold, holdChoice } from './choices.ts';
import { type Command, command } from './command.ts';
import { adjustTask, reverseTask } from './correction-tasks.ts';
import { activateTask, grantTask } from './grant-tasks.ts';
import { creditsMax, freeOf, kinds } from './model.ts';
import { plans } from './plans.ts';
import { unknownId } from './unknown-id.ts';

/** What is left uncounted, so that the books can count the months to come. */
const monthsReserve = 100_000n;

const grant = command(
  { name: 'grant', weight: 5 },
  fc.record({
    kind: fc.constantFrom(...kinds),
    amount: fc.oneof(
      { weight: 20, arbitrary: fc.integer({ min: 1, max: 300 }) },
      fc.constantFrom('most', 'beyond'),
    ),
    lastsSeconds: fc.constantFrom(null, 30, 3600, 259_200, 'plan'),
  }),
  ({ id, model }, { kind, amount: chosen, lastsSeconds }) => {
    const countable = creditsMax - model.granted;
    const most = countable - monthsReserve;
    // What one grant may give at most is not beyond what books without a grant can count.
    const isMost = (chosen === 'most' && most > 0n) || model.granted === 0n;
    const named = isMost ? most : countable + 1n;
    const amount = typeof chosen === 'number' ? BigInt(chosen) : named;
    const plan = model.grants.findLast(
      (one) => one.kind === 'plan' && one.endsAt !== null && one.endsAt > model.now,
    );
    const lasts = typeof lastsSeconds === 'number' ? model.now + lastsSeconds * 1000 : null;
    const endsAt = lastsSeconds === 'plan' ? (plan?.endsAt ?? null) : lasts;
    return grantTask(id, { kind, amount: amount > creditsMax ? creditsMax : amount, endsAt });
  },
);

const activate = command({ name: 'activate', weight: 5 }, fc.constantFrom(...plans), ({ id }, plan) =>
  activateTask(id, plan),
);

/** The most credits that staff take at once. */
const adjustmentMax = 1_000_000_000n;

const adjust = command(
  { name: 'adjust', weight: 3, isConcurrent: false },
  fc.oneof({ weight: 6, arbitrary: fc.integer({ min: -80, max: 80 }) }, fc.constantFrom('all', 'more')),
  ({ id, model }, chosen) => {
    const free = freeOf(model) < adjustmentMax ? freeOf(model) : adjustmentMax;
    const amount = typeof chosen === 'number' ? BigInt(chosen) : chosen === 'all' ? -free : -free - 1n;
    return adjustTask(id, amount === 0n ? 1n : amount);
  },
);

const reverse = command(
  { name: 'reverse', weight: 5, isConcurrent: false },
  fc.record({
    index: fc.nat(60),
    target: fc.constantFrom('own', 'own', 'own', 'own', 'foreign', 'a reversal', 'nothing'),
    part: fc.constantFrom('whole', 'half', 'above'),
  }),
  ({ id, model }, { index, target, part }, other) => {
    const isOwn = target !== 'foreign';
    const { charges } = isOwn ? model : other.model;
    const charge = charges[index % Math.max(1, charges.length)];
    if (target === 'a reversal') return reverseTask({ accountId: id, isOwn }, target, undefined);
    if (target === 'nothing' || charge === undefined)
      return reverseTask({ accountId: id, isOwn }, 'nothing', undefined);
    const whole = leftOf(charge);
    const amount = { whole: undefined, half: (whole + 1n) / 2n, above: whole + 1n }[part];
    return reverseTask({ accountId: id, isOwn }, { charge }, amount);
  },
);

const limit = command(
  { name: 'limit', weight: 3 },
  fc.record({ site: fc.constantFrom(0, 0, 1, 1, 2), max: fc.constantFrom(null, 0, 40, 100, 100, 400) }),
  ({ id, model }, { site, max }) => limitTask(id, model.sites[site] ?? unknownId, max),
);

const extend = command(
  { name: 'extend', weight: 4 },
  fc.record({ hold: holdChoice, ttlSeconds: fc.constantFrom(10, 60, 900, 86_400) }),
  (account, { hold: choice, ttlSeconds }, other) =>
    extendTask(account.id, chosenHold(account, other, choice)?.id ?? unknownId, ttlSeconds),
);

const reap = command({ name: 'reap', weight: 3 }, fc.constant('all'), () => reapTask());

const read = command({ name: 'read', weight: 2 }, fc.constant('now'), ({ id }) => readTask(id));

const readPast = command(
  { name: 'read past', weight: 3, isConcurrent: false },
  fc.record({ index: fc.nat(100), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
  ({ id, history, model }, { index, share }) => {
    const then = history[index % Math.max(1, history.length)];
    if (then === undefined) return readTask(id);
    const next = history[history.indexOf(then) + 1]?.now ?? model.now;
    return readTask(id, { model: then, at: then.now + Math.floor((next - 1 - then.now) * share) });
  },
);

/** Calls that run in a transaction of their own. */
export const accountCommands: readonly Command[] = [
  grant,
  activate,
  adjust,
  reverse,
  limit,
  extend,
  reap,
  read,
  readPast,
];
