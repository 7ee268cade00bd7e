import { isStoredAnswer } from '@tenantry/db/idempotency/call';
import { fingerprintOf } from '@tenantry/db/idempotency/fingerprint';
import type { CallInfo } from '@tenantry/db/transaction';
import { isRefusal } from '@tenantry/domain/refusals';
import { present } from '@tenantry/gate/work/answer';
import { storedText } from '@tenantry/gate/work/stored-answer';
import type { Ledger } from '@tenantry/ledger/group-commit';
import type { LedgerKey } from '@tenantry/ledger/service';
import { holdCredits } from '@tenantry/services/credit/hold';
import { releaseHold } from '@tenantry/services/credit/release';
import { settleHold } from '@tenantry/services/credit/settle';
import { trueUpHold } from '@tenantry/services/credit/true-up';
import { predictCall } from './ledger-predictions.ts';
import type { KeyedLedgerCall, LedgerCall } from './ledger-request.ts';
import type { Model } from './model.ts';
import { type Outcome, faultOutcome, refusedOutcome } from './outcome.ts';
import type { Task } from './task.ts';

const answerMilliseconds = 86_400_000;

/** A call that the ledger's group commit decides, as the API makes it from a request. */
export function ledgerTask({ accountId, key, ...call }: KeyedLedgerCall): Task {
  const fingerprint = fingerprintOf(call.input);
  const { procedure } = call;
  return {
    description: `${procedure}${key === undefined ? '' : ` as ${key}`} ${JSON.stringify(call.input)}`,
    isGrouped: true,
    run: async ({ ledgers, callInfo }, process) => {
      const caller = callInfo();
      const keyed = { procedure, fingerprint, phase: 'once', stored, requestId: caller.requestId } as const;
      const request = { callInfo: caller, key: key === undefined ? undefined : { ...keyed, key } };
      return send(ledgers[process], accountId, call, request).then(outcomeOf, faultOutcome);
    },
    predict: (model, outcome) =>
      key === undefined
        ? predictAnswer(model, call, outcome)
        : predictKeyed(model, call, { place: `${procedure} ${key}`, fingerprint, outcome }),
  };
}

/** The bytes of an answer are not predicted; that a stored answer has the same bytes is. */
function predictAnswer(model: Model, call: LedgerCall, outcome: Outcome): Outcome {
  const predicted = predictCall(model, call, outcome);
  if (predicted.verdict !== 'ok') return predicted;
  return { verdict: 'ok', facts: { ...predicted.facts, body: outcome.facts['body'] } };
}

function predictKeyed(
  model: Model,
  call: LedgerCall,
  { place, fingerprint, outcome }: { place: string; fingerprint: string; outcome: Outcome },
): Outcome {
  const stored = model.calls.get(place);
  if (stored !== undefined && model.now < stored.endsAt)
    return stored.fingerprint === fingerprint
      ? { verdict: 'replayed', facts: { body: stored.body } }
      : { verdict: 'idempotency_mismatch', facts: {} };
  const predicted = predictAnswer(model, call, outcome);
  if (predicted.verdict !== 'ok') return predicted;
  const body = String(predicted.facts['body']);
  model.calls.set(place, { fingerprint, body, endsAt: model.now + answerMilliseconds });
  return predicted;
}

function send(
  ledger: Ledger,
  accountId: string,
  call: LedgerCall,
  request: { callInfo: CallInfo; key: LedgerKey<unknown> | undefined },
): Promise<unknown> {
  switch (call.procedure) {
    case 'credit.hold':
      return ledger.change(accountId, { service: holdCredits, input: call.input, ...request });
    case 'credit.settle':
      return ledger.change(accountId, { service: settleHold, input: call.input, ...request });
    case 'credit.release':
      return ledger.change(accountId, { service: releaseHold, input: call.input, ...request });
    case 'credit.trueUp':
      return ledger.change(accountId, { service: trueUpHold, input: call.input, ...request });
  }
}

/** An answer as the API stores it. */
const textOf = (answer: unknown): string => storedText(present(answer), []);
const stored = (answer: unknown) => ({ body: textOf(answer), sites: null });

function outcomeOf(answer: unknown): Outcome {
  if (isRefusal(answer)) return refusedOutcome(answer);
  if (isStoredAnswer(answer)) return { verdict: 'replayed', facts: { body: answer.replay } };
  const body = textOf(answer);
  const shown: Record<string, unknown> = JSON.parse(body);
  const { createdAt: _createdAt, metadata: _metadata, expiresAt, ...facts } = shown;
  return { verdict: 'ok', facts: { ...facts, endsAt: Date.parse(String(expiresAt)), body } };
}
