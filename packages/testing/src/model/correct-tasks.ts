import { isRefusal } from '@tenantry/domain/refusals';
import { adjustCredits } from '@tenantry/services/staff/adjust-credits';
import type { Correction } from '@tenantry/services/staff/correct-books';
import { reverseCharge } from '@tenantry/services/staff/reverse-charge';
import type { Refusal } from '@tenantry/domain/refusals';
import { faultOf } from './lane-tasks.ts';
import { leftOf, reverse } from './charges.ts';
import { type Model, type ModelCharge, burn, freeOf, grant } from './model.ts';
import type { Stage } from './stage.ts';
import { type Outcome, type Task, fault } from './task.ts';

/** A correction by staff's word: above zero gives a grant, below zero takes what is free. */
export function adjustTask(accountId: string, amount: bigint): Task {
  return {
    words: `adjust ${amount}`,
    isLaned: false,
    act: async ({ database, staffChange }) => {
      const flow = { database: database.admin, callInfo: staffChange() };
      const input = { accountId, amount: Number(amount), reason: 'model' };
      return adjustCredits(flow, input).then(outcomeOf, faultOf);
    },
    foretell: (model, { told }) => {
      if (amount > 0n) {
        const given = { id: String(told['grantId']), kind: 'adjustment', amount, endsAt: null } as const;
        return grant(model, given) ? { verdict: 'ok', told } : fault;
      }
      const available = freeOf(model);
      if (available < -amount) return figures('insufficient_credits', -amount, available);
      burn(model, -amount);
      model.granted += amount;
      return { verdict: 'ok', told };
    },
  };
}

const chargeSql = `select id from ledger_entry where hold_id = $1 and to_book = 'spent' and kind = $2 and from_book = $3`;
const entries: Readonly<Record<ModelCharge['way'], readonly [kind: string, book: string]>> = {
  within: ['settle', 'held'],
  above: ['settle', 'available'],
  true_up: ['true_up', 'available'],
};
const refundSql = `select id from ledger_entry where account_id = $1 and kind = 'reversal' order by sequence desc limit 1`;
const freshSql = 'select id from credit_grant where account_id = $1 and reference = $2';
const nowhere = '0198f000-0000-7000-8000-00000000ffff';

/** What is to be refunded: a charge of an account, a refund of it, or nothing that there is. */
export type Refunded = { charge: ModelCharge } | 'a refund' | 'nothing';

/** A refund of a charge by staff; `owner` is the account that the charge belongs to. */
export function reverseTask(
  { accountId, isOwn }: { accountId: string; isOwn: boolean },
  refunded: Refunded,
  amount: bigint | undefined,
): Task {
  const { holdId, way } = typeof refunded === 'object' ? refunded.charge : { holdId: '', way: 'within' };
  return {
    words: `reverse ${typeof refunded === 'object' ? `charge of ${holdId}` : refunded} ${amount ?? 'whole'}`,
    isLaned: false,
    act: async (stage) => {
      const entryId = await entryOf(stage, accountId, refunded);
      const flow = { database: stage.database.admin, callInfo: stage.staffChange() };
      const asked = { accountId, entryId, reason: 'model' };
      const input = amount === undefined ? asked : { ...asked, amount: Number(amount) };
      const outcome = await reverseCharge(flow, input).then(outcomeOf, faultOf);
      const [fresh] = await stage.database.query(freshSql, [accountId, `reversal:${entryId}`]);
      return outcome.verdict === 'ok'
        ? { ...outcome, told: { ...outcome.told, fresh: fresh?.['id'] ?? null, wasRefund: false } }
        : {
            ...outcome,
            told: { ...outcome.told, wasRefund: refunded === 'a refund' && entryId !== nowhere },
          };
    },
    foretell: (model, { told }) => {
      const none = { wasRefund: false };
      if (refunded === 'a refund' && told['wasRefund'] === true) return { verdict: 'conflict', told };
      const charge = model.charges.find((one) => one.holdId === holdId && one.way === way);
      if (!isOwn || charge === undefined) return { verdict: 'not_found', told: none };
      return refund(model, charge, amount, told);
    },
  };
}

function refund(
  model: Model,
  charge: ModelCharge,
  amount: bigint | undefined,
  told: Outcome['told'],
): Outcome {
  const none = { wasRefund: false };
  const whole = leftOf(charge);
  if (charge.isReversed || whole === 0n) return { verdict: 'conflict', told: none };
  const given = amount ?? whole;
  if (given > whole) {
    const refused = figures('amount_mismatch', given, whole);
    return { ...refused, told: { ...refused.told, ...none } };
  }
  const { fresh } = told;
  const isFresh = reverse(model, charge, given, typeof fresh === 'string' ? fresh : undefined);
  return isFresh ? { verdict: 'ok', told } : { verdict: 'a fresh grant was or was not made', told: none };
}

async function entryOf({ database }: Stage, accountId: string, refunded: Refunded): Promise<string> {
  if (refunded === 'nothing') return nowhere;
  const [row] =
    refunded === 'a refund'
      ? await database.query(refundSql, [accountId])
      : await database.query(chargeSql, [refunded.charge.holdId, ...entries[refunded.charge.way]]);
  const id = row?.['id'];
  return typeof id === 'string' ? id : nowhere;
}

const figures = (verdict: string, required: bigint, available: bigint): Outcome => ({
  verdict,
  told: { required: String(required), available: String(available) },
});

function outcomeOf(answer: Correction | Refusal): Outcome {
  if (!isRefusal(answer)) return { verdict: 'ok', told: { grantId: answer.entry.grantId } };
  const { required, available } = answer.facts;
  return required === undefined
    ? { verdict: answer.refused, told: {} }
    : { verdict: answer.refused, told: { required: String(required), available: String(available) } };
}
