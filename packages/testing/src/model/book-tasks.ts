import { lockAccount } from '@tenantry/db/account/queries';
import { loadBooks, writeBooks } from '@tenantry/db/credit/books';
import { newId } from '@tenantry/db/ids';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { catchUp } from '@tenantry/domain/credit/catch-up';
import { addGrant } from '@tenantry/domain/credit/grants';
import { isRefusal } from '@tenantry/domain/refusals';
import { expireCredits } from '@tenantry/services/credit/expire';
import { type CreditView, getCreditsAt } from '@tenantry/services/credit/get';
import { expiredHold } from '@tenantry/services/credit/hold';
import { limitSite } from '@tenantry/services/credit/limit';
import { activateSubscription } from '@tenantry/services/subscription/activate';
import { refuseIfTaken } from '@tenantry/db/constraints';
import { faultOf } from './lane-tasks.ts';
import { type Kind, type Model, fork, freeOf, grant, heldOf, monthsLater, pass, setPlan } from './model.ts';
import { setLimit, usedOn } from './limits.ts';
import { plans } from './stage.ts';
import { type Outcome, type Task, fault } from './task.ts';

const ok: Outcome = { verdict: 'ok', told: {} };

/** A grant of a kind that no verb gives yet, through the same doors as those that do. */
export function grantTask(
  accountId: string,
  given: { kind: Kind; amount: bigint; endsAt: number | null },
): Task {
  const id = newId();
  const { kind, endsAt } = given;
  const amount = Number(given.amount);
  const expiresAt = endsAt === null ? null : new Date(endsAt);
  const work = async (tx: AccountTransaction) => {
    const before = await loadBooks(tx, 'lock');
    const after = addGrant(catchUp(before, tx.now), { id, kind, amount, expiresAt, reference: id });
    const resolved = before.overdue.map((hold) => expiredHold(hold.id));
    await writeBooks(tx, { before, after, resolved });
    return ok;
  };
  return {
    words: `grant ${kind} ${amount} until ${expiresAt?.toISOString() ?? 'never'}`,
    isLaned: false,
    act: (stage) => stage.transact('api', accountId, work).catch(faultOf),
    foretell: (model) => (grant(model, { id, ...given }) ? ok : fault),
  };
}

const periodConflicts = { credit_grant_account_id_kind_reference_key: 'conflict' } as const;
const newestPlanGrant = `select id from credit_grant where account_id = ? and kind = 'plan' order by id desc limit 1`;

/** A paid period of a plan that begins now, as the confirmation of a payment begins it. */
export function activateTask(accountId: string, plan: (typeof plans)[number]): Task {
  const work = async (tx: AccountTransaction): Promise<Outcome> => {
    await lockAccount(tx);
    await activateSubscription(tx, plan.id, 'model');
    const [row]: { id: string }[] = await tx.em.execute(newestPlanGrant, [accountId]);
    return { verdict: 'ok', told: { id: row?.id ?? 'none' } };
  };
  return {
    words: `activate ${plan.slug}`,
    isLaned: false,
    // A period that brings credits begins once: its reference is unique.
    act: async (stage) => {
      const write = () => stage.transact('admin', accountId, work);
      const outcome = await refuseIfTaken(periodConflicts, write).catch(faultOf);
      return isRefusal(outcome) ? fault : outcome;
    },
    foretell: (model, { told }) =>
      activate(model, plan, String(told['id'])) ? { verdict: 'ok', told } : fault,
  };
}

function activate(model: Model, plan: (typeof plans)[number], id: string): boolean {
  const { now, subscription, periods } = model;
  const amount = BigInt(plan.credits);
  if (amount > 0n && periods.has(now)) return false;
  const renews = subscription.isActive && subscription.planId === plan.id && now < subscription.endsAt;
  const endsAt = monthsLater(renews ? subscription.endsAt : now, plan.cycle === 'monthly' ? 1 : 12);
  const creditsEndAt = plan.cycle === 'monthly' ? endsAt : monthsLater(now, 1);
  const { rolloverMax } = subscription;
  if (!setPlan(model, { id, amount, endsAt: creditsEndAt, rolloverMax })) return false;
  if (amount > 0n) periods.add(now);
  const ownRollover = BigInt(plan.rolloverMax);
  model.subscription = { planId: plan.id, isActive: true, endsAt, rolloverMax: ownRollover };
  const year = { start: now, end: endsAt, credits: amount, rolloverMax: ownRollover, next: 1 };
  model.year = plan.cycle === 'annual' ? year : null;
  return true;
}

/** The reaper, over every account that time has passed by. */
export function reapTask(): Task {
  return {
    words: 'reap',
    isLaned: false,
    act: async (stage) => {
      await expireCredits({ database: stage.worker, callInfo: stage.callInfo() });
      return ok;
    },
    foretell: () => ok,
  };
}

/** What work for a site may cost in a day, as people who may pay set it; null lifts that. */
export function limitTask(accountId: string, siteId: string, max: number | null): Task {
  return {
    words: `limit ${siteId} to ${max ?? 'nothing'}`,
    isLaned: false,
    act: async (stage) => {
      const input = { siteId, creditsPerDayMax: max };
      const limit = await stage.transact('api', accountId, (tx) => limitSite(tx, input));
      if (isRefusal(limit)) return { verdict: limit.refused, told: {} };
      return { verdict: 'ok', told: { max: limit.creditsPerDayMax, used: limit.usedToday } };
    },
    foretell: (model) => {
      if (!model.sites.includes(siteId)) return { verdict: 'not_found', told: {} };
      setLimit(model, siteId, max === null ? null : BigInt(max));
      const limit = model.limits.get(siteId);
      const used = limit === undefined ? 0 : Number(usedOn(limit, model.now));
      return { verdict: 'ok', told: { max, used } };
    },
  };
}

/** The credits as the account is told them, now or as they were at a time. */
export function readTask(accountId: string, past?: { at: number; model: Model }): Task {
  const at = past === undefined ? undefined : new Date(past.at).toISOString();
  return {
    words: `read ${at ?? 'now'}`,
    isLaned: false,
    act: async (stage) => {
      const credits = await stage.transact('api', accountId, (tx) => getCreditsAt(tx, { at }));
      return isRefusal(credits)
        ? { verdict: credits.refused, told: {} }
        : { verdict: 'ok', told: { ...credits } };
    },
    foretell: (model) => {
      const then = fork(past?.model ?? model);
      pass(then, past?.at ?? model.now);
      return { verdict: 'ok', told: viewOf(then) };
    },
  };
}

function viewOf(model: Model): { [Name in keyof CreditView]: CreditView[Name] } {
  const { granted, spent, expired } = model;
  const free = (kind: Kind) => Number(freeOf(model, kind));
  return {
    granted: Number(granted),
    available: Number(freeOf(model)),
    held: Number(heldOf(model)),
    spent: Number(spent),
    expired: Number(expired),
    byKind: {
      plan: free('plan'),
      promo: free('promo'),
      adjustment: free('adjustment'),
      purchase: free('purchase'),
    },
  };
}
