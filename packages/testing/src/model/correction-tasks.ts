import { type StoredAnswer, isStoredAnswer } from '@tenantry/db/idempotency/call';
import { type Refusal, isRefusal } from '@tenantry/domain/refusals';
import { adjustCredits } from '@tenantry/services/staff/adjust-credits';
import type { Correction } from '@tenantry/services/staff/correct-books';
import { reverseCharge } from '@tenantry/services/staff/reverse-charge';
import { leftOf, reverseCharge as reverseInModel } from './charges.ts';
import type { Environment } from './environment.ts';
import { addGrant, burn } from './grants.ts';
import { type Model, type ModelCharge, freeOf } from './model.ts';
import { type Outcome, fault, faultOutcome, refusedOutcome } from './outcome.ts';
import type { Task } from './task.ts';
import { unknownId } from './unknown-id.ts';

const reason = 'model';
const oneDecides = { secondApproverAmounts: {}, secondApproverCredits: undefined };

/** A correction by staff: above zero gives a grant, below zero takes what is free. */
export function adjustTask(accountId: string, amount: bigint): Task {
  const input = { accountId, amount: Number(amount), reason, kind: 'adjustment' } as const;
  return {
    description: `adjust ${amount}`,
    isGrouped: false,
    run: ({ changeAsStaff }) =>
      changeAsStaff(accountId, (context) => adjustCredits({ ...context, approvals: oneDecides }, input)).then(
        outcomeOf,
        faultOutcome,
      ),
    predict: (model, { facts }) => {
      if (amount > 0n) {
        const given = { id: String(facts['grantId']), kind: 'adjustment', amount, endsAt: null } as const;
        return addGrant(model, given) ? { verdict: 'ok', facts } : fault;
      }
      const available = freeOf(model);
      if (available < -amount) return refusedWith('insufficient_credits', -amount, available);
      burn(model, -amount);
      model.granted += amount;
      return { verdict: 'ok', facts };
    },
  };
}

/** What is to be reversed: a charge, the newest reversal of the account, or an entry that does not exist. */
export type Target = { charge: ModelCharge } | 'a reversal' | 'nothing';

/** A reversal of a charge by staff; `isOwn` says whether the charge belongs to the account that they name. */
export function reverseTask(
  { accountId, isOwn }: { accountId: string; isOwn: boolean },
  target: Target,
  amount: bigint | undefined,
): Task {
  const { holdId, way } = typeof target === 'object' ? target.charge : { holdId: '', way: 'within' };
  const named = typeof target === 'object' ? `charge of ${holdId}` : target;
  return {
    description: `reverse ${named} ${amount ?? 'whole'}`,
    isGrouped: false,
    run: async (environment) => {
      const entryId = await entryOf(environment, accountId, target);
      const whole = { accountId, entryId, reason };
      const input = amount === undefined ? whole : { ...whole, amount: Number(amount) };
      const outcome = await environment
        .changeAsStaff(accountId, (context) => reverseCharge(context, input))
        .then(outcomeOf, faultOutcome);
      return withFacts(outcome, {
        newGrantId: outcome.verdict === 'ok' ? await newGrantOf(environment, accountId, entryId) : null,
        isReversal: target === 'a reversal' && entryId !== unknownId,
      });
    },
    predict: (model, { facts }) => {
      if (facts['isReversal'] === true) return { verdict: 'conflict', facts };
      const charge = model.charges.find((one) => one.holdId === holdId && one.way === way);
      const none = { newGrantId: null, isReversal: false };
      if (!isOwn || charge === undefined) return { verdict: 'not_found', facts: none };
      return predictReversal(model, charge, amount, facts);
    },
  };
}

function predictReversal(
  model: Model,
  charge: ModelCharge,
  amount: bigint | undefined,
  facts: Outcome['facts'],
): Outcome {
  const none = { newGrantId: null, isReversal: false };
  const whole = leftOf(charge);
  if (charge.isReversed || whole === 0n) return { verdict: 'conflict', facts: none };
  const given = amount ?? whole;
  if (given > whole) return withFacts(refusedWith('amount_mismatch', given, whole), none);
  const newGrantId = typeof facts['newGrantId'] === 'string' ? facts['newGrantId'] : undefined;
  return reverseInModel(model, charge, given, newGrantId)
    ? { verdict: 'ok', facts }
    : { verdict: 'a grant was made that should not be, or was not made', facts: none };
}

const entriesOfCharges: Readonly<Record<ModelCharge['way'], readonly [kind: string, book: string]>> = {
  within: ['settle', 'held'],
  above: ['settle', 'available'],
  true_up: ['true_up', 'available'],
};
const chargeSql = `select id from ledger_entry where hold_id = $1 and to_book = 'spent' and kind = $2 and from_book = $3`;
const newestReversal = `select id from ledger_entry where account_id = $1 and kind = 'reversal' order by sequence desc limit 1`;
const grantOfReversal = 'select id from credit_grant where account_id = $1 and reference = $2';

async function entryOf({ database }: Environment, accountId: string, target: Target): Promise<string> {
  if (target === 'nothing') return unknownId;
  const [row] =
    target === 'a reversal'
      ? await database.query(newestReversal, [accountId])
      : await database.query(chargeSql, [target.charge.holdId, ...entriesOfCharges[target.charge.way]]);
  const id = row?.['id'];
  return typeof id === 'string' ? id : unknownId;
}

/** The grant that a reversal made; null when it made none. */
async function newGrantOf({ database }: Environment, accountId: string, entryId: string): Promise<unknown> {
  const [row] = await database.query(grantOfReversal, [accountId, `reversal:${entryId}`]);
  return row?.['id'] ?? null;
}

const withFacts = ({ verdict, facts }: Outcome, more: Outcome['facts']): Outcome => ({
  verdict,
  facts: { ...facts, ...more },
});

const refusedWith = (verdict: string, required: bigint, available: bigint): Outcome => ({
  verdict,
  facts: { required: String(required), available: String(available) },
});

function outcomeOf(answer: Correction | StoredAnswer | Refusal): Outcome {
  if (isRefusal(answer)) return refusedOutcome(answer);
  if (isStoredAnswer(answer)) return { verdict: 'replayed', facts: { body: answer.replay } };
  return { verdict: 'ok', facts: { grantId: answer.entry.grantId } };
}
