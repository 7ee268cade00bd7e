import fc from 'fast-check';
import type { Account } from './account.ts';
import { readTask } from './account-tasks.ts';
import {
  amountOf,
  chosenHold,
  estimateChoice,
  holdChoice,
  idempotencyKey,
  share,
  smallAmount,
  units,
} from './choices.ts';
import { type Command, command } from './command.ts';
import type { KeyedLedgerCall, LedgerCall } from './ledger-request.ts';
import { ledgerTask } from './ledger-tasks.ts';
import { creditsMax, freeOf } from './model.ts';
import type { Task } from './task.ts';
import { unknownId } from './unknown-id.ts';

/** Makes a call of the ledger, and remembers one with an Idempotency-Key, so that it can be repeated. */
function callLedger(account: Account, call: LedgerCall, key: string | undefined): Task {
  const keyed: KeyedLedgerCall = { ...call, accountId: account.id, key };
  if (key !== undefined) account.keyedCalls.push(keyed);
  return ledgerTask(keyed);
}

const operations = ['cluster_keywords', 'generate_ideas', 'write_content', 'summarise', 'generate_image'];

const hold = command(
  { name: 'hold', weight: 18 },
  fc.record({
    amount: fc.oneof(
      { weight: 6, arbitrary: smallAmount },
      { weight: 2, arbitrary: fc.integer({ min: 1, max: 2000 }) },
      fc.constantFrom('all', 'more', 'most'),
    ),
    priced: fc.option(
      fc.record({ operation: fc.constantFrom(...operations, ...operations, 'levitate'), units }),
      { nil: undefined, freq: 3 },
    ),
    site: fc.constantFrom(undefined, undefined, undefined, 0, 0, 0, 1, 1, 1, 2),
    ttlSeconds: fc.constantFrom(10, 60, 900, 86_400),
    key: idempotencyKey,
  }),
  (account, { amount: chosen, priced, site, ttlSeconds, key }) => {
    const free = Number(freeOf(account.model));
    const named = {
      all: Math.max(1, free),
      more: Math.min(free + 1, Number(creditsMax)),
      most: Number(creditsMax),
    };
    const amount = typeof chosen === 'number' ? chosen : named[chosen];
    const siteId = site === undefined ? undefined : (account.model.sites[site] ?? unknownId);
    const input = { ...(priced ?? { amount }), siteId, ttlSeconds, metadata: {} };
    return callLedger(account, { procedure: 'credit.hold', input }, key);
  },
);

const settle = command(
  { name: 'settle', weight: 14 },
  fc.record({
    hold: holdChoice,
    share,
    units: fc.option(fc.oneof(units, fc.constant(0)), { nil: undefined, freq: 2 }),
    allowExcess: fc.boolean(),
    usageSource: fc.constantFrom('estimated', 'estimated', 'reported', 'reported'),
    key: idempotencyKey,
  }),
  (account, { hold: choice, share: part, units: counted, key, ...more }, other) => {
    const chosen = chosenHold(account, other, choice);
    const used =
      counted === undefined ? { amount: amountOf(account, chosen?.amount ?? 1n, part) } : { units: counted };
    const input = { holdId: chosen?.id ?? unknownId, ...used, ...more };
    return callLedger(account, { procedure: 'credit.settle', input }, key);
  },
);

const trueUp = command(
  { name: 'true up', weight: 7 },
  fc.record({
    hold: estimateChoice,
    share,
    units: fc.option(units, { nil: undefined, freq: 1 }),
    key: idempotencyKey,
  }),
  (account, { hold: choice, share: part, units: counted, key }, other) => {
    const chosen = chosenHold(account, other, choice);
    const used =
      counted === undefined ? { amount: amountOf(account, chosen?.paid ?? 1n, part) } : { units: counted };
    const input = { holdId: chosen?.id ?? unknownId, ...used };
    return callLedger(account, { procedure: 'credit.trueUp', input }, key);
  },
);

const release = command(
  { name: 'release', weight: 6 },
  fc.record({ hold: holdChoice, key: idempotencyKey }),
  (account, { hold: choice, key }, other) => {
    const input = { holdId: chosenHold(account, other, choice)?.id ?? unknownId };
    return callLedger(account, { procedure: 'credit.release', input }, key);
  },
);

/** An earlier call again, with the same key and the same or another input. */
const repeat = command(
  { name: 'repeat', weight: 6 },
  fc.record({ index: fc.nat(60), isOther: fc.boolean() }),
  (account, { index, isOther }) => {
    const earlier = account.keyedCalls[index % Math.max(1, account.keyedCalls.length)];
    if (earlier === undefined) return readTask(account.id);
    return ledgerTask(isOther ? withOtherInput(earlier) : earlier);
  },
);

function withOtherInput({ procedure, ...rest }: KeyedLedgerCall): KeyedLedgerCall {
  if (procedure !== 'credit.hold')
    return { ...rest, procedure: 'credit.release', input: { holdId: unknownId } };
  return { ...rest, procedure, input: { amount: 7, ttlSeconds: 77, metadata: { other: 'input' } } };
}

/** Calls that the group commit decides. */
export const groupedCommands: readonly Command[] = [hold, settle, trueUp, release];

/** Those, and their repetition. */
export const ledgerCommands: readonly Command[] = [...groupedCommands, repeat];
