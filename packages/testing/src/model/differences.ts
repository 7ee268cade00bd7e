import { renameGrant } from './grants.ts';
import { usedOn } from './limits.ts';
import {
  type Model,
  type ModelGrant,
  type ModelHold,
  type ModelSubscription,
  fork,
  heldOf,
} from './model.ts';
import type { Observed } from './observe.ts';
import { monthStart, passTime } from './time.ts';

/** Where what is stored, brought up to the model's time, differs from the model (I4, I7, I11, I13, I23). */
export function differences(observed: Observed, model: Model): string[] {
  const begun = writtenMonths(observed, model.subscription);
  if (begun === undefined) return [`no month of the model begins at ${observed.nextGrantAt}`];
  const stored: Record<string, string> = {
    ...textsOf(storedModel(observed, model, begun)),
    periods: periodsToCome(observed.periods, model.now),
  };
  return Object.entries(textsOf(model)).flatMap(([name, expected]) =>
    stored[name] === expected ? [] : [`${name} is ${stored[name]}, and in the model ${expected}`],
  );
}

/** What is stored as a model, at the time of another; `begun` of its months are written. */
function storedModel(observed: Observed, { now, ...rest }: Model, begun: number): Model {
  const { figures, grants, limits, calls } = observed;
  const stored: Model = {
    ...fork({ now, ...rest }),
    granted: BigInt(figures.granted),
    spent: BigInt(figures.spent),
    expired: BigInt(figures.expired),
    grants: grants.map(({ free, held: _held, reference: _reference, ...facts }) => ({
      ...facts,
      free: BigInt(free),
    })),
    subscription: { ...rest.subscription, begun },
    holds: observed.holds.map(storedHold),
    limits: new Map(
      limits.map(({ siteId, max, day, amount }) => [
        siteId,
        { max: max === null ? null : BigInt(max), uses: [{ day, amount: BigInt(amount) }] },
      ]),
    ),
    calls: new Map(calls.map(({ place, body, ...call }) => [place, { ...call, body: body ?? 'none' }])),
  };
  passTime(stored, now);
  return stored;
}

function storedHold({ amount, paid, parts, ...facts }: Observed['holds'][number]): ModelHold {
  return {
    ...facts,
    amount: BigInt(amount),
    paid: BigInt(paid),
    parts: parts.map((part) => [part.grantId, BigInt(part.amount)] as const),
  };
}

/** How many months are written: those before the next one that is to be granted. Undefined where the model has no such month. */
function writtenMonths({ nextGrantAt }: Observed, subscription: ModelSubscription): number | undefined {
  const { months } = subscription;
  if (nextGrantAt === null) return months.length;
  const index = months.findIndex((_month, number) => monthStart(subscription, number) === nextGrantAt);
  return index === -1 ? undefined : index;
}

/** The periods that have not begun. */
function periodsToCome(periods: Observed['periods'], now: number): string {
  return lines(
    periods
      .filter(({ startsAt }) => startsAt > now)
      .map(({ id, planId, startsAt, endsAt, months }) => [id, planId, startsAt, endsAt, months].join(' ')),
  );
}

function modelPeriods({ subscription }: Model): Observed['periods'] {
  const byPeriod = new Map<string, Observed['periods'][number]>();
  for (const [number, { period: id, plan }] of subscription.months.entries()) {
    if (number < subscription.base) continue;
    const known = byPeriod.get(id);
    const startsAt = known?.startsAt ?? monthStart(subscription, number);
    const endsAt = monthStart(subscription, number + 1);
    byPeriod.set(id, { id, planId: plan.id, startsAt, endsAt, months: (known?.months ?? 0) + 1 });
  }
  return [...byPeriod.values()];
}

/** Gives the grants of months that are written their ids. */
export function nameMonths(model: Model, { grants }: Observed): void {
  for (const { id, reference } of grants)
    if (reference.startsWith('period:')) renameGrant(model, reference, id);
}

const inOrder = (texts: string[]) => texts.toSorted((left, right) => (left < right ? -1 : 1));
const lines = (texts: string[]) => inOrder(texts).join('\n');

/** A model as texts that are equal when the models are. */
function textsOf(model: Model): Record<string, string> {
  const { now, granted, spent, expired, grants, holds, limits, calls } = model;
  const known = [...calls].filter(([, { endsAt }]) => endsAt > now);
  const backing = new Set(
    holds.flatMap(({ status, parts }) => (status === 'open' ? parts.map(([id]) => id) : [])),
  );
  // When a grant ends makes no difference once nothing is left of it.
  const isUsedUp = ({ id, free }: ModelGrant) => free === 0n && !backing.has(id);
  return {
    totals: `${granted} granted, ${heldOf(model)} held, ${spent} spent, ${expired} expired`,
    grants: lines(
      grants.map(
        (one) => `${one.id} ${one.kind} ${isUsedUp(one) ? 'used up' : `${one.free} until ${one.endsAt}`}`,
      ),
    ),
    holds: lines(holds.map(textOfHold)),
    // A count of another day is forgotten.
    limits: lines(
      [...limits]
        .filter(([, limit]) => limit.max !== null || usedOn(limit, now) > 0n)
        .map(([id, limit]) => `${id} ${usedOn(limit, now)} of ${limit.max ?? 'any'}`),
    ),
    periods: periodsToCome(modelPeriods(model), now),
    calls: lines(known.map(([place, call]) => `${place} ${call.fingerprint} ${call.endsAt} ${call.body}`)),
  };
}

function textOfHold(hold: ModelHold): string {
  const { id, status, amount, paid, endsAt, parts, operation, siteId, isEstimated } = hold;
  const facts = [id, status, amount, paid, isEstimated, endsAt, operation, siteId];
  return [...facts, ...inOrder(parts.map((part) => part.join(' backs ')))].join(' ');
}
