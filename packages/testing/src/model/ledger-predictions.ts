import type { CreateHoldInput, SettleHoldInput, TrueUpHoldInput } from '@tenantry/contract/credit-hold';
import { trueUp } from './charges.ts';
import { addHold, refusalOf, releaseHold, settleHold } from './holds.ts';
import type { LedgerCall } from './ledger-request.ts';
import type { Model, ModelHold } from './model.ts';
import type { Outcome } from './outcome.ts';
import { costOf, priceOf } from './prices.ts';

const refused = (verdict: string, facts: Outcome['facts'] = {}): Outcome => ({ verdict, facts });

/** Changes the model as a call of the ledger must, and answers its outcome; the id of a new hold is the real one. */
export function predictCall(model: Model, call: LedgerCall, { facts }: Outcome): Outcome {
  if (call.procedure === 'credit.hold') return predictHold(model, call.input, String(facts['id']));
  const hold = model.holds.find(({ id }) => id === call.input.holdId);
  if (hold === undefined) return refused('not_found');
  if (call.procedure === 'credit.trueUp') return predictTrueUp(model, hold, call.input);
  if (hold.status === 'settled' || hold.status === 'released') return refused('hold_resolved');
  if (call.procedure === 'credit.settle') return predictSettle(model, hold, call.input);
  if (hold.status === 'open') releaseHold(model, hold);
  return resolvedOutcome(hold, 0n);
}

function predictHold(model: Model, input: CreateHoldInput, id: string): Outcome {
  const { amount: asked, operation = null, units, siteId = null, ttlSeconds } = input;
  if (siteId !== null && !model.sites.includes(siteId)) return refused('not_found');
  const price = asked === undefined ? priceOf(operation, units) : BigInt(asked);
  if (price === undefined) return refused('not_found');
  const amount = price > 0n ? price : 1n;
  const refusal = refusalOf(model, siteId, amount);
  if (refusal !== undefined) return refusal;
  const hold = { id, amount, endsAt: model.now + ttlSeconds * 1000, operation, siteId };
  addHold(model, hold);
  const open = { status: 'open', settledAmount: null, estimated: false };
  return { verdict: 'ok', facts: { ...hold, amount: Number(amount), ...open } };
}

function predictSettle(
  model: Model,
  hold: ModelHold,
  { allowExcess, usageSource, ...use }: SettleHoldInput,
): Outcome {
  const used = costOf(hold, use);
  if (used === undefined) return refused('invalid_input');
  if (hold.status === 'expired') return resolvedOutcome(hold, used);
  const isEstimated = usageSource === 'estimated';
  return settleHold(model, hold, used, { allowExcess, isEstimated }) ?? resolvedOutcome(hold, 0n);
}

function predictTrueUp(model: Model, hold: ModelHold, input: TrueUpHoldInput): Outcome {
  if (hold.status === 'open') return refused('conflict');
  if (!hold.isEstimated) return refused('hold_resolved');
  const used = costOf(hold, input);
  if (used === undefined) return refused('invalid_input');
  return trueUp(model, hold, used) ?? { verdict: 'ok', facts: factsOf(hold) };
}

function resolvedOutcome(hold: ModelHold, unbilled: bigint): Outcome {
  return { verdict: 'ok', facts: { ...factsOf(hold), unbilledAmount: Number(unbilled) } };
}

/** A resolved hold as its answer shows it. */
function factsOf({
  parts: _parts,
  madeAt: _madeAt,
  settledAt: _settledAt,
  paid,
  amount,
  isEstimated: estimated,
  ...hold
}: ModelHold): Outcome['facts'] {
  return { ...hold, amount: Number(amount), settledAmount: Number(paid), estimated };
}
