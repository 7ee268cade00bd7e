import { describe, expect, it } from 'vitest';
import { addDays } from '../time.ts';
import { type LifeFacts, type LifeStep, dueSteps, isTooLate, lifeSteps } from './life.ts';

const end = new Date('2026-03-31T12:00:00Z');
const facts = (more: Partial<LifeFacts> = {}): LifeFacts => ({
  status: 'active',
  paidThrough: end,
  graceDays: 7,
  isFree: false,
  following: [],
  ...more,
});
const nameOf = (step: LifeStep) =>
  step.kind === 'reminder' ? `reminder ${step.day}` : step.kind === 'status' ? step.status : step.kind;
const day = (step: LifeStep) => (Number(step.at) - Number(end)) / 86_400_000;
const messages = (of: LifeFacts, invoiceDays = 7) =>
  lifeSteps(of, invoiceDays).map((step) => [nameOf(step), day(step)]);

describe('what time makes due for a subscription', () => {
  it('that is paid: the invoice of the next period, reminders, and the ends of period and grace', () => {
    expect(messages(facts())).toEqual([
      ['renewal_invoice', -7],
      ['reminder -3', -3],
      ['past_due', 0],
      ['reminder 0', 0],
      ['reminder 1', 1],
      ['expired', 7],
      ['reminder 7', 7],
    ]);
    expect(messages(facts(), 14)[0]).toEqual(['renewal_invoice', -14]);
  });

  it('without grace: it ends at once', () => {
    const statuses = messages(facts({ graceDays: 0 })).filter(
      ([name]) => name === 'past_due' || name === 'expired',
    );
    expect(statuses).toEqual([['expired', 0]]);
  });

  it.each([
    [
      'on trial',
      'trialing',
      [
        ['trial_ending', -3],
        ['expired', 0],
      ],
    ],
    ['that is cancelled', 'cancelled', [['expired', 0]]],
    ['that waits for its first payment', 'pending_payment', []],
    ['that has ended', 'expired', []],
  ] as const)('%s: no invoice, and what is messages of its end', (_what, status, expected) => {
    expect(messages(facts({ status }))).toEqual(expected);
  });

  it('whose payment waits for staff: the end of the longer grace', () => {
    const statuses = messages(facts({ reviewUntil: addDays(end, 10) })).filter(
      ([name]) => name === 'past_due' || name === 'expired',
    );
    expect(statuses).toEqual([
      ['past_due', 0],
      ['expired', 10],
    ]);
  });

  it('that is paid ahead: the beginning of each period', () => {
    const following = [-60, -30].map((days) => ({ id: `at ${days}`, startsAt: addDays(end, days) }));
    expect(messages(facts({ following })).slice(0, 2)).toEqual([
      ['period', -60],
      ['period', -30],
    ]);
  });

  it('whose next period costs nothing: nothing to pay', () => {
    expect(messages(facts({ isFree: true })).map(([name]) => name)).toEqual(['past_due', 'expired']);
  });
});

describe('the steps that are due', () => {
  /** Runs at these days after the end, and answers what each run does; a step that comes too late is left out. */
  function runAt(...days: number[]): string[][] {
    const done = new Set<string>();
    return days.map((number) => {
      const now = addDays(end, number);
      const { due } = dueSteps(lifeSteps(facts(), 7), done, now);
      for (const { key } of due) done.add(key);
      return due.filter((step) => !isTooLate(step, now)).map(nameOf);
    });
  }

  it('come once each, however often a job runs', () => {
    const runs = runAt(-8, -7, -7, -3, -3, 0, 0, 1, 7, 7, 30);
    expect(runs.flat()).toEqual([
      'renewal_invoice',
      'reminder -3',
      'past_due',
      'reminder 0',
      'reminder 1',
      'expired',
      'reminder 7',
    ]);
  });

  it('that a job has missed give way: one reminder is sent, not all of them', () => {
    expect(runAt(2)).toEqual([['renewal_invoice', 'past_due', 'reminder 1']]);
    expect(runAt(60)).toEqual([['past_due', 'expired']]);
  });

  it('are never those of a period that was paid meanwhile', () => {
    const done = new Set(lifeSteps(facts(), 7).map(({ key }) => key));
    const shifted = lifeSteps(facts({ paidThrough: addDays(end, 30) }), 7);
    expect(dueSteps(shifted, done, addDays(end, 1)).due).toEqual([]);
    expect(dueSteps(shifted, done, addDays(end, 1)).nextAt).toEqual(addDays(end, 23));
  });

  it('say when the next one is', () => {
    const steps = lifeSteps(facts(), 7);
    expect(dueSteps(steps, new Set(), addDays(end, -8)).nextAt).toEqual(addDays(end, -7));
    expect(dueSteps(steps, new Set(steps.map(({ key }) => key)), end).nextAt).toBeNull();
  });
});
