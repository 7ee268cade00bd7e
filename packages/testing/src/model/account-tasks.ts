import { isRefusal } from '@tenantry/domain/refusals';
import { extendHold } from '@tenantry/services/credit/extend';
import { expireCredits } from '@tenantry/services/credit/expire';
import { type CreditView, getCreditsAt } from '@tenantry/services/credit/get';
import { limitSite } from '@tenantry/services/credit/limit';
import { setLimit, usedOn } from './limits.ts';
import { type Kind, type Model, fork, freeOf, heldOf } from './model.ts';
import { ok, refusedOutcome } from './outcome.ts';
import type { Task } from './task.ts';
import { passTime } from './time.ts';

/** One run of the worker's reaper, over every account in which something is due. */
export function reapTask(): Task {
  return {
    description: 'reap',
    isGrouped: false,
    run: async ({ worker, callInfo }) => {
      await expireCredits({ database: worker, ...callInfo() });
      return ok;
    },
    predict: () => ok,
  };
}

/** Sets what work for a site may cost in a day; null lifts the limit. */
export function limitTask(accountId: string, siteId: string, max: number | null): Task {
  return {
    description: `limit ${siteId} to ${max ?? 'nothing'}`,
    isGrouped: false,
    run: async ({ change }) => {
      const input = { siteId, creditsPerDayMax: max };
      const limit = await change(accountId, (context) => limitSite(context, input));
      if (isRefusal(limit)) return refusedOutcome(limit);
      return { verdict: 'ok', facts: { max: limit.creditsPerDayMax, used: limit.usedToday } };
    },
    predict: (model) => {
      if (!model.sites.includes(siteId)) return { verdict: 'not_found', facts: {} };
      setLimit(model, siteId, max === null ? null : BigInt(max));
      const limit = model.limits.get(siteId);
      const used = limit === undefined ? 0 : Number(usedOn(limit, model.now));
      return { verdict: 'ok', facts: { max, used } };
    },
  };
}

/** Lets a hold live for so many seconds from now. */
export function extendTask(accountId: string, holdId: string, ttlSeconds: number): Task {
  return {
    description: `extend ${holdId} by ${ttlSeconds}`,
    isGrouped: false,
    run: async ({ change }) => {
      const hold = await change(accountId, (context) => extendHold(context, { holdId, ttlSeconds }));
      if (isRefusal(hold)) return refusedOutcome(hold);
      return { verdict: 'ok', facts: { status: hold.status, endsAt: hold.expiresAt.getTime() } };
    },
    predict: (model) => {
      const hold = model.holds.find(({ id }) => id === holdId);
      if (hold === undefined) return { verdict: 'not_found', facts: {} };
      if (hold.status !== 'open') return { verdict: 'hold_resolved', facts: {} };
      hold.endsAt = Math.max(hold.endsAt, model.now + ttlSeconds * 1000);
      return { verdict: 'ok', facts: { status: 'open', endsAt: hold.endsAt } };
    },
  };
}

/** Reads the credits, now or as they were at a time at which `past.model` was the state. */
export function readTask(accountId: string, past?: { at: number; model: Model }): Task {
  const at = past === undefined ? undefined : new Date(past.at).toISOString();
  return {
    description: `read ${at ?? 'now'}`,
    isGrouped: false,
    run: async ({ read }) => {
      const credits = await read(accountId, (context) => getCreditsAt(context, { at }));
      return isRefusal(credits) ? refusedOutcome(credits) : { verdict: 'ok', facts: { ...credits } };
    },
    predict: (model) => {
      const then = fork(past?.model ?? model);
      passTime(then, past?.at ?? model.now);
      return { verdict: 'ok', facts: { ...viewOf(then) } };
    },
  };
}

function viewOf(model: Model): CreditView {
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
