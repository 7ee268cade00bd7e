import { refuseIfTaken } from '@tenantry/db/constraints';
import { newId } from '@tenantry/db/ids';
import { rows } from '@tenantry/db/sql';
import { isRefusal } from '@tenantry/domain/refusals';
import { change } from '@tenantry/ledger/change';
import type { Context } from '@tenantry/services/context';
import { grantCredits } from '@tenantry/services/credit/grant';
import { activateSubscription } from '@tenantry/services/subscription/activate';
import { addGrant } from './grants.ts';
import type { Kind } from './model.ts';
import { type Outcome, fault, faultOutcome, ok } from './outcome.ts';
import type { ModelPlan } from './plans.ts';
import { activatePlan } from './subscription.ts';
import type { Task } from './task.ts';

/** A grant of any kind, some of which no procedure gives yet. */
export function grantTask(
  accountId: string,
  terms: { kind: Kind; amount: bigint; endsAt: number | null },
): Task {
  const id = newId();
  const { kind, endsAt } = terms;
  const amount = Number(terms.amount);
  const expiresAt = endsAt === null ? null : new Date(endsAt);
  const give = async ({ tx }: Context) => {
    await change(tx, grantCredits, { id, kind, amount, expiresAt, reference: id });
    return ok;
  };
  return {
    description: `grant ${kind} ${amount} until ${expiresAt?.toISOString() ?? 'never'}`,
    isGrouped: false,
    run: (environment) => environment.change(accountId, give).catch(faultOutcome),
    predict: (model) => (addGrant(model, { id, ...terms }) ? ok : fault),
  };
}

const periodConflicts = { credit_grant_account_id_kind_reference_key: 'conflict' } as const;
const grantOfPeriod = `select id from credit_grant where account_id = $1 and kind = 'plan' and reference = $2`;

/** A paid period of a plan that begins now, as the confirmation of a payment begins it. */
export function activateTask(accountId: string, plan: ModelPlan): Task {
  const activate = async ({ tx }: Context): Promise<Outcome> => {
    await activateSubscription({ tx }, { planId: plan.id, externalPaymentId: 'model' });
    // A month that was due gets its grant in the same transaction, so the newest grant may be the month's.
    const reference = `period:${tx.now.toISOString()}`;
    const [grant] = await rows<{ id: string }>(tx, grantOfPeriod, [accountId, reference]);
    return { verdict: 'ok', facts: { id: grant?.id ?? 'none' } };
  };
  return {
    description: `activate ${plan.slug}`,
    isGrouped: false,
    // A period that brings credits begins once: its reference is unique.
    run: async ({ changeAsStaff }) => {
      const write = () => changeAsStaff(accountId, activate);
      const outcome = await refuseIfTaken(periodConflicts, write).catch(faultOutcome);
      return isRefusal(outcome) ? fault : outcome;
    },
    predict: (model, { facts }) =>
      activatePlan(model, plan, String(facts['id'])) ? { verdict: 'ok', facts } : fault,
  };
}
