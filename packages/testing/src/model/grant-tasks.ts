import { newId } from '@tenantry/db/ids';
import { rows } from '@tenantry/db/sql';
import { change } from '@tenantry/ledger/change';
import type { Context } from '@tenantry/services/context';
import { grantCredits } from '@tenantry/services/credit/grant';
import { activateSubscription } from '@tenantry/services/subscription/activate';
import { addGrant } from './grants.ts';
import type { Kind } from './model.ts';
import { type Outcome, fault, faultOutcome, ok } from './outcome.ts';
import type { ModelPlan } from './plans.ts';
import { type PurchaseIds, activatePlan } from './subscription.ts';
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

const idsOf = `select coalesce(json_agg(id order by starts_at, id), '[]') as periods,
  (select coalesce(json_object_agg(reference, id), '{}') from credit_grant where account_id = $1
    and reference like 'period:%') as grants
  from subscription_period where account_id = $1`;
interface Ids {
  periods: string[];
  grants: Record<string, string>;
}

/** A period of a plan, as the confirmation of a payment buys it. */
export function activateTask(accountId: string, plan: ModelPlan): Task {
  const activate = async ({ tx }: Context): Promise<Outcome> => {
    const [before] = await rows<Ids>(tx, idsOf, [accountId]);
    await activateSubscription({ tx }, { planId: plan.id, externalPaymentId: 'model' });
    const [after] = await rows<Ids>(tx, idsOf, [accountId]);
    const [bought = 'none'] = after?.periods.filter((id) => !before?.periods.includes(id)) ?? [];
    const ids: PurchaseIds = { bought, grants: after?.grants ?? {} };
    return { verdict: 'ok', facts: { ids } };
  };
  return {
    description: `activate ${plan.slug}`,
    isGrouped: false,
    run: ({ changeAsStaff }) => changeAsStaff(accountId, activate).catch(faultOutcome),
    predict: (model, { facts }) =>
      activatePlan(model, plan, purchaseIds(facts['ids'])) ? { verdict: 'ok', facts } : fault,
  };
}

// A fact is of any type; of a call that failed there are none.
function purchaseIds(ids: unknown): PurchaseIds {
  return (ids ?? { bought: 'none', grants: {} }) as PurchaseIds;
}
