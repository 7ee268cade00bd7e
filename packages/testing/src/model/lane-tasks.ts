import { isUnavailable } from '@tenantry/db/constraints';
import type { CallInfo } from '@tenantry/db/transaction';
import { isRefusal } from '@tenantry/domain/refusals';
import { fingerprintOf, storedText } from '@tenantry/gate/idempotent';
import type { Ledger } from '@tenantry/ledger/group-commit';
import type { LedgerKey } from '@tenantry/ledger/service';
import { present } from '@tenantry/rest/present';
import { holdCredits, type HoldInput } from '@tenantry/services/credit/hold';
import { releaseHold } from '@tenantry/services/credit/release';
import { type SettleInput, settleHold } from '@tenantry/services/credit/settle';
import { type TrueUpInput, trueUpHold } from '@tenantry/services/credit/true-up';
import { trueUp } from './charges.ts';
import { fullLimit, usedOn } from './limits.ts';
import { type Model, type ModelHold, creditsMax, freeOf, hold, release, settle } from './model.ts';
import { type Outcome, type Task, fault } from './task.ts';

/** A call that goes through the lane, as a client makes it. */
export type LedgerInput =
  | { procedure: 'credit.hold'; input: HoldInput }
  | { procedure: 'credit.settle'; input: SettleInput }
  | { procedure: 'credit.release'; input: { holdId: string } }
  | { procedure: 'credit.trueUp'; input: TrueUpInput };
export type LedgerRequest = LedgerInput & { accountId: string; key?: string | undefined };

const day = 86_400_000;

/** A call in the lane, the way `apps/api` makes it of a request. */
export function ledgerTask(request: LedgerRequest): Task {
  const { accountId, key, ...call } = request;
  const fingerprint = fingerprintOf(call.input);
  return {
    words: `${call.procedure}${key === undefined ? '' : ` as ${key}`} ${JSON.stringify(call.input)}`,
    isLaned: true,
    act: async (stage, process) => {
      const textOf = (answer: unknown) => storedText(present(answer), ['secret']);
      const ledgerKey =
        key === undefined
          ? undefined
          : { procedure: call.procedure, key, fingerprint, phase: 'once' as const, textOf };
      try {
        const asked = { callInfo: stage.callInfo(), key: ledgerKey };
        return outcomeOf(await send(stage.ledger[process], accountId, call, asked), textOf);
      } catch (reason) {
        return faultOf(reason);
      }
    },
    foretell: (model, outcome) => {
      const place = `${call.procedure} ${key}`;
      const known = key === undefined ? undefined : model.calls.get(place);
      if (known !== undefined && model.now < known.endsAt)
        return known.fingerprint === fingerprint
          ? { verdict: 'replayed', told: { body: known.body } }
          : { verdict: 'idempotency_mismatch', told: {} };
      const foretold = foretell(model, call, outcome);
      // The bytes of an answer are not foretold; that they come again is.
      const { body } = outcome.told;
      if (foretold.verdict !== 'ok') return foretold;
      if (key !== undefined)
        model.calls.set(place, { fingerprint, body: String(body), endsAt: model.now + day });
      return { verdict: 'ok', told: { ...foretold.told, body } };
    },
  };
}

/** A fault that a client is told as 503; any other would be a 500, which is never foretold. */
export function faultOf(reason: unknown): Outcome {
  if (isUnavailable(reason) || isExpected(reason)) return fault;
  throw reason;
}

/** Injected faults, and the books' own refusal to count beyond what a number can. */
function isExpected(reason: unknown): boolean {
  return reason instanceof Error && /a fault was injected|more than a number can count/.test(reason.message);
}

function send(
  ledger: Ledger,
  accountId: string,
  call: LedgerInput,
  asked: { callInfo: CallInfo; key: LedgerKey<unknown> | undefined },
): Promise<unknown> {
  switch (call.procedure) {
    case 'credit.hold':
      return ledger.change(accountId, { service: holdCredits, input: call.input, ...asked });
    case 'credit.settle':
      return ledger.change(accountId, { service: settleHold, input: call.input, ...asked });
    case 'credit.release':
      return ledger.change(accountId, { service: releaseHold, input: call.input, ...asked });
    case 'credit.trueUp':
      return ledger.change(accountId, { service: trueUpHold, input: call.input, ...asked });
  }
}

function outcomeOf(answer: unknown, textOf: (answer: unknown) => string): Outcome {
  if (isRefusal(answer)) {
    const { required, available, limit, used } = answer.facts;
    const figures = Object.entries({ required, available, limit, used }).flatMap(([name, figure]) =>
      figure === undefined ? [] : [[name, String(figure)] as const],
    );
    return { verdict: answer.refused, told: Object.fromEntries(figures) };
  }
  if (typeof answer === 'object' && answer !== null && 'replay' in answer)
    return { verdict: 'replayed', told: { body: answer.replay } };
  const body = textOf(answer);
  const { createdAt: _createdAt, metadata: _metadata, expiresAt, ...told } = JSON.parse(body);
  return { verdict: 'ok', told: { ...told, endsAt: Date.parse(expiresAt), body } };
}

function foretell(model: Model, call: LedgerInput, { told }: Outcome): Outcome {
  if (call.procedure === 'credit.hold') return foretellHold(model, call.input, String(told['id']));
  const open = model.holds.find(({ id }) => id === call.input.holdId);
  if (open === undefined) return { verdict: 'not_found', told: {} };
  if (call.procedure === 'credit.trueUp') return foretellTrueUp(model, open, call.input);
  if (open.status === 'settled' || open.status === 'released') return { verdict: 'hold_resolved', told: {} };
  if (call.procedure === 'credit.release') {
    if (open.status === 'open') release(model, open);
    return resolvedOutcome(open, 0n);
  }
  const used = usedOf(open, call.input);
  if (used === undefined) return { verdict: 'invalid_input', told: {} };
  if (open.status === 'expired') return resolvedOutcome(open, used);
  const { allowExcess, usageSource } = call.input;
  return settle(model, open, used, { allowExcess, isEstimated: usageSource === 'estimated' })
    ? resolvedOutcome(open, 0n)
    : { verdict: 'settle_above_hold', told: {} };
}

function foretellHold(model: Model, input: HoldInput, id: string): Outcome {
  const { amount, operation = null, units, siteId = null, ttlSeconds } = input;
  if (siteId !== null && !model.sites.includes(siteId)) return { verdict: 'not_found', told: {} };
  const price = amount === undefined ? priceOf(operation, units) : BigInt(amount);
  if (price === undefined) return { verdict: 'not_found', told: {} };
  const available = freeOf(model);
  const facts = {
    id,
    amount: price > 0n ? price : 1n,
    endsAt: model.now + ttlSeconds * 1000,
    operation,
    siteId,
  };
  const required = String(facts.amount);
  if (available < facts.amount)
    return { verdict: 'insufficient_credits', told: { required, available: String(available) } };
  const full = fullLimit(model, siteId, facts.amount);
  if (full !== undefined) {
    const figures = { required, limit: String(full.max), used: String(usedOn(full, model.now)) };
    return { verdict: 'spending_limit_reached', told: figures };
  }
  hold(model, facts);
  const told = {
    ...facts,
    amount: Number(facts.amount),
    status: 'open',
    settledAmount: null,
    estimated: false,
  };
  return { verdict: 'ok', told };
}

function foretellTrueUp(model: Model, settled: ModelHold, input: TrueUpInput): Outcome {
  if (settled.status === 'open') return { verdict: 'conflict', told: {} };
  if (!settled.isEstimated) return { verdict: 'hold_resolved', told: {} };
  const used = usedOf(settled, input);
  if (used === undefined) return { verdict: 'invalid_input', told: {} };
  const refused = trueUp(model, settled, used);
  return refused === undefined ? { verdict: 'ok', told: toldOf(settled) } : { verdict: refused, told: {} };
}

function resolvedOutcome(hold: ModelHold, unbilled: bigint): Outcome {
  return { verdict: 'ok', told: { ...toldOf(hold), unbilledAmount: Number(unbilled) } };
}

function toldOf({
  parts: _parts,
  madeAt: _madeAt,
  paid,
  amount,
  isEstimated: estimated,
  ...hold
}: ModelHold) {
  return { ...hold, amount: Number(amount), settledAmount: Number(paid), estimated };
}

/** The price list that every house starts with: units begun, credits for each, and the least. */
const prices: Readonly<Record<string, readonly [size: bigint, credits: bigint, least: bigint]>> = {
  cluster_keywords: [1n, 2n, 2n],
  generate_ideas: [1n, 15n, 15n],
  write_content: [1000n, 10n, 1n],
  summarise: [100n, 1n, 1n],
  generate_image: [1n, 25n, 25n],
};

function priceOf(operation: string | null, units: number | undefined): bigint | undefined {
  const price = operation === null ? undefined : prices[operation];
  if (price === undefined || units === undefined) return undefined;
  const [size, credits, least] = price;
  const sum = ((BigInt(units) + size - 1n) / size) * credits;
  if (sum > creditsMax) return creditsMax;
  return sum < least ? least : sum;
}

function usedOf({ operation }: ModelHold, { amount, units }: TrueUpInput): bigint | undefined {
  if (amount !== undefined) return BigInt(amount);
  return units === 0 && operation !== null ? 0n : priceOf(operation, units);
}
