import { listActivity, listRevenue, measuredAt } from '@tenantry/db/overview/charts';
import { addDays } from '@tenantry/domain/time';
import type { DirectoryContext } from '../context.ts';

/** How many UTC days a chart has, today included. */
const chartDays = 30;

/** The first and the last day of a chart. */
function daysUntil(now: Date): { from: string; to: string } {
  const dayOf = (at: Date) => at.toISOString().slice(0, 10);
  return { from: dayOf(addDays(now, 1 - chartDays)), to: dayOf(now) };
}

/** Credits and sign-ups of the last 30 UTC days, as the worker last counted the credits. */
export function getActivity({ database, now }: DirectoryContext) {
  const { from, to } = daysUntil(now);
  return database.withoutAccount.read({}, async (tx) => ({
    measuredAt: await measuredAt(tx, 'credits'),
    days: await listActivity(tx, from, to),
  }));
}

/** Money of the last 30 UTC days by method and currency, as the worker last counted it. */
export function getRevenue({ database, now }: DirectoryContext) {
  const days = daysUntil(now);
  return database.withoutAccount.read({}, async (tx) => ({
    measuredAt: await measuredAt(tx, 'revenue'),
    ...days,
    items: await listRevenue(tx, days.from, days.to),
  }));
}
