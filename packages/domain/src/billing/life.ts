import { type StandingFacts, type SubscriptionStatus, computedStatus, graceEndOf } from '../standing.ts';
import { addDays } from '../time.ts';
import type { FreeMonth } from './free.ts';
import type { PaidPeriod } from './period.ts';

/** On which days, counted from the end of what was paid, an account is reminded that it has to pay. */
const reminderDays = [-3, 0, 1, 7] as const;

/** On which day before its end an account is told that its trial ends. */
const trialEndingDays = -3;

/** For how many days after its time a reminder is still worth sending, where no other one follows. */
const reminderDaysMax = 7;

/** What time alone makes due in the life of a subscription. No standing depends on whether it was done. */
export type LifeStep = {
  /** Names the step once for an account and for all time. */
  key: string;
  at: Date;
  /** From when on it is too late to do it: it is written down as left out. Null where it is never too late. */
  until: Date | null;
} & (
  | { kind: 'renewal_invoice' }
  | { kind: 'reminder'; day: number }
  | { kind: 'trial_ending' }
  /** A period that was paid ahead begins. */
  | { kind: 'period'; periodId: string }
  /** A month of a plan that costs nothing begins. */
  | { kind: 'month'; month: FreeMonth }
  /** Time has changed the status that a client is shown. */
  | { kind: 'status'; status: SubscriptionStatus }
);

/**
 * What the steps of a subscription follow from. `isFree` says that its next period costs nothing; `following` are the
 * periods that time begins, and `months` those of a plan that goes on by itself: the one that runs, and the next.
 */
export interface LifeFacts extends StandingFacts {
  following: readonly Pick<PaidPeriod, 'id' | 'startsAt'>[];
  graceDays: number;
  isFree: boolean;
  months?: readonly FreeMonth[];
}

/**
 * Everything that time makes due for a subscription as it is, in order of time: the trial's last days, periods that were
 * paid ahead, the invoice of the next one with its reminders, and each change of the status. A payment moves `paidThrough`, and the steps with it, so
 * the reminders of a period that was paid are never due.
 */
export function lifeSteps(facts: LifeFacts, invoiceDays: number): LifeStep[] {
  const { status, paidThrough } = facts;
  const named = (name: string) => `${name} ${paidThrough.toISOString()}`;
  const steps: LifeStep[] = changesOfStatus(facts).map(({ at, status: next }) => ({
    kind: 'status',
    status: next,
    key: named(next),
    at,
    until: null,
  }));
  for (const { id: periodId, startsAt: at } of facts.following)
    steps.push({ kind: 'period', periodId, key: `period ${periodId}`, at, until: null });
  for (const month of facts.months ?? []) {
    const { periodId, number, startsAt: at, endsAt: until } = month;
    // The first one begins with its period.
    if (number > 0) steps.push({ kind: 'month', month, key: `month ${periodId} ${number}`, at, until });
  }
  if (status === 'trialing') {
    const at = addDays(paidThrough, trialEndingDays);
    steps.push({ kind: 'trial_ending', key: named('trial_ending'), at, until: paidThrough });
  }
  if ((status === 'active' || status === 'past_due') && !facts.isFree) {
    const at = addDays(paidThrough, -invoiceDays);
    // After grace a payment buys a period that begins when it is paid, and nobody has asked for that.
    const until = addDays(paidThrough, facts.graceDays);
    steps.push({ kind: 'renewal_invoice', key: named('renewal_invoice'), at, until });
    steps.push(...reminders(paidThrough, named));
  }
  return steps.toSorted((one, other) => Number(one.at) - Number(other.at));
}

function reminders(paidThrough: Date, named: (name: string) => string): LifeStep[] {
  return reminderDays.map((day, index) => ({
    kind: 'reminder',
    day,
    key: named(`reminder ${day}`),
    at: addDays(paidThrough, day),
    // A reminder that was late gives way to the next one.
    until: addDays(paidThrough, reminderDays[index + 1] ?? day + reminderDaysMax),
  }));
}

/** When time changes the status that a client is shown, and to what. */
function changesOfStatus(facts: LifeFacts): { at: Date; status: SubscriptionStatus }[] {
  const { paidThrough, graceDays } = facts;
  let before = computedStatus(facts, graceDays, new Date(Number(paidThrough) - 1));
  const changes: { at: Date; status: SubscriptionStatus }[] = [];
  for (const at of [paidThrough, graceEndOf(facts, graceDays)]) {
    const status = computedStatus(facts, graceDays, at);
    if (status !== before) changes.push({ at, status });
    before = status;
  }
  return changes;
}

/** The steps that are due by `now` and were not done, in order of time, and when the next one is; null for none. */
export function dueSteps(
  steps: readonly LifeStep[],
  done: ReadonlySet<string>,
  now: Date,
): { due: LifeStep[]; nextAt: Date | null } {
  const open = steps.filter(({ key }) => !done.has(key));
  const due = open.filter(({ at }) => at <= now);
  return { due, nextAt: open.find(({ at }) => at > now)?.at ?? null };
}

/** Whether it is too late at `now` to do a step. */
export function isTooLate({ until }: Pick<LifeStep, 'until'>, now: Date): boolean {
  return until !== null && until <= now;
}
