import { type PaidPeriod, type PaidPeriods, paidThroughOf, periodsAt } from '@tenantry/domain/billing/period';
import type { Plan } from '@tenantry/domain/plans';
import type { Subscription as SubscriptionFacts } from '@tenantry/domain/standing';
import { getPlan } from '../plan/queries.ts';
import type { AccountTransaction } from '../transaction.ts';
import { Subscription, SubscriptionPeriod } from './entity.ts';

/** A subscription at a time, with the paid periods that follow the running one. */
export type CurrentSubscription = SubscriptionFacts & PaidPeriods;

/** The account's one subscription as it is stored, for whoever changes it. */
export function getStoredSubscription({ em, accountId }: AccountTransaction): Promise<Subscription> {
  return em.findOneOrFail(Subscription, { accountId });
}

/** The account's one subscription at the time of the transaction. */
export async function getSubscription(tx: AccountTransaction): Promise<CurrentSubscription> {
  const stored = await getStoredSubscription(tx);
  const { running, following } = periodsAt(await storedPeriods(tx, stored), tx.now);
  const { id, status, paymentMethod } = stored;
  return {
    id,
    status,
    paymentMethod,
    externalPaymentId: stored.externalPaymentId ?? null,
    stripeSubscriptionId: stored.stripeSubscriptionId ?? null,
    planId: running.planId,
    periodStart: running.startsAt,
    periodEnd: running.endsAt,
    anchorAt: stored.anchorAt ?? null,
    paidThrough: paidThroughOf({ running, following }),
    reviewUntil: stored.reviewUntil ?? null,
    graceUntil: stored.graceUntil ?? null,
    running,
    following,
  };
}

/** The periods of a subscription as they were when it was last written. */
export async function storedPeriods(tx: AccountTransaction, stored: Subscription): Promise<PaidPeriods> {
  const { planId, periodStart, periodEnd } = stored;
  const since = { startsAt: { $gte: periodStart } };
  const rows = await tx.em.find(SubscriptionPeriod, since, { orderBy: { startsAt: 'asc', id: 'asc' } });
  const known = rows.findLast(
    ({ startsAt, planId: of }) => Number(startsAt) === Number(periodStart) && of === planId,
  );
  const running: PaidPeriod = {
    id: known?.id ?? stored.id,
    months: known?.months ?? 1,
    invoiceId: known?.invoiceId ?? null,
    paymentId: known?.paymentId ?? null,
    creditsLess: known?.creditsLess ?? 0,
    anchorAt: known?.anchorAt ?? periodStart,
    planId,
    startsAt: periodStart,
    endsAt: periodEnd,
  };
  return { running, following: rows.filter(({ startsAt }) => startsAt > periodStart).map(periodOf) };
}

function periodOf(row: SubscriptionPeriod): PaidPeriod {
  const { id, planId, anchorAt, startsAt, endsAt, months, creditsLess } = row;
  const { invoiceId = null, paymentId = null } = row;
  return { id, planId, anchorAt, startsAt, endsAt, months, creditsLess, invoiceId, paymentId };
}

/** The plan version that the account's subscription was sold with. */
export async function getPlanOfAccount(tx: AccountTransaction): Promise<Plan> {
  const { planId } = await getSubscription(tx);
  return getPlan(tx, planId);
}

/** Writes the account's subscription. */
export async function insertSubscription(
  { em, accountId }: AccountTransaction,
  facts: Pick<Subscription, 'id' | 'planId' | 'status' | 'paymentMethod' | 'periodStart' | 'periodEnd'>,
): Promise<void> {
  await em.insert(Subscription, { accountId, ...facts, version: 1 });
}

/** Writes where a period ends now, and how many months it has had. A trial has no row, so it stays as it is. */
export async function endPeriod(
  { em }: AccountTransaction,
  { id, endsAt, months }: PaidPeriod,
): Promise<void> {
  await em.nativeUpdate(SubscriptionPeriod, { id }, { endsAt, months });
}

/** Writes paid periods: new ones, and those that have moved. */
export async function savePeriods(
  { em, accountId, now }: AccountTransaction,
  periods: readonly PaidPeriod[],
): Promise<void> {
  const known = await em.find(SubscriptionPeriod, { id: { $in: periods.map(({ id }) => id) } });
  const ids = new Set(known.map(({ id }) => id));
  const changed = new Map(periods.map((period) => [period.id, period]));
  for (const row of known) Object.assign(row, changed.get(row.id));
  await em.flush();
  const fresh = periods.filter(({ id }) => !ids.has(id));
  if (fresh.length > 0)
    await em.insertMany(
      SubscriptionPeriod,
      fresh.map((period) => ({ accountId, ...period, createdAt: now })),
    );
}

/** The paid periods before one, in order. */
export async function earlierPeriods(
  { em }: AccountTransaction,
  { id, startsAt }: PaidPeriod,
): Promise<PaidPeriod[]> {
  const before = { id: { $ne: id }, startsAt: { $lte: startsAt } };
  const found = await em.find(SubscriptionPeriod, before, { orderBy: { startsAt: 'asc', id: 'asc' } });
  return found.map(periodOf);
}

/** The paid periods that began by the time of the transaction, newest first; at most `periodsMax`. */
export async function begunPeriods(
  { em, now }: AccountTransaction,
  periodsMax: number,
): Promise<PaidPeriod[]> {
  const begun = { startsAt: { $lte: now } };
  const order = { orderBy: { startsAt: 'desc', id: 'desc' }, limit: periodsMax } as const;
  return (await em.find(SubscriptionPeriod, begun, order)).map(periodOf);
}

/** Takes away periods that turned out not to be paid. What they were stays in the journals of money and credits. */
export async function deletePeriods({ em }: AccountTransaction, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await em.nativeDelete(SubscriptionPeriod, { id: { $in: [...ids] } });
}
