import { renameGrant } from './grants.ts';
import { usedOn } from './limits.ts';
import { type Model, type ModelGrant, type ModelHold, fork, heldOf } from './model.ts';
import type { Observed } from './observe.ts';
import { monthName, passTime } from './time.ts';

/** Where what is stored, brought up to the model's time, differs from the model (I4, I7, I11, I13, I23). */
export function differences(observed: Observed, model: Model): string[] {
  const stored = textsOf(storedModel(observed, model));
  return Object.entries(textsOf(model)).flatMap(([name, expected]) =>
    stored[name] === expected ? [] : [`${name} is ${stored[name]}, and in the model ${expected}`],
  );
}

/** What is stored as a model, at the time of another. */
function storedModel(observed: Observed, { now, ...rest }: Model): Model {
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
    year: rest.year === null ? null : { ...rest.year, next: writtenMonths(grants, rest.year.start) },
    holds: observed.holds.map(storedHold),
    limits: new Map(
      limits.map(({ siteId, max, day, amount }) => [
        siteId,
        { max: BigInt(max), uses: [{ day, amount: BigInt(amount) }] },
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

const monthReference = /^period:(?<start>[^Z]+Z):(?<month>\d+)$/;

/** How many months of a paid year are written: the first comes with the payment. */
function writtenMonths(grants: Observed['grants'], start: number): number {
  const period = `period:${new Date(start).toISOString()}:`;
  return 1 + grants.filter(({ reference }) => reference.startsWith(period)).length;
}

/** Gives the grants of months that are written their ids. */
export function nameMonths(model: Model, { grants }: Observed): void {
  for (const { id, reference } of grants) {
    const { start, month } = monthReference.exec(reference)?.groups ?? {};
    if (start !== undefined) renameGrant(model, monthName(Date.parse(start), Number(month)), id);
  }
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
    limits: lines([...limits].map(([id, limit]) => `${id} ${usedOn(limit, now)} of ${limit.max}`)),
    calls: lines(known.map(([place, call]) => `${place} ${call.fingerprint} ${call.endsAt} ${call.body}`)),
  };
}

function textOfHold(hold: ModelHold): string {
  const { id, status, amount, paid, endsAt, parts, operation, siteId, isEstimated } = hold;
  const facts = [id, status, amount, paid, isEstimated, endsAt, operation, siteId];
  return [...facts, ...inOrder(parts.map((part) => part.join(' backs ')))].join(' ');
}
