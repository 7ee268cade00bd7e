import type { Invoice } from '@tenantry/db/billing/entity';
import { type SpentGrant, grantsOfReferences, insertOwedCredits } from '@tenantry/db/billing/owed';
import { paymentIdsOf } from '@tenantry/db/billing/queries';
import { withIds } from '@tenantry/db/ids';
import { getPlan } from '@tenantry/db/plan/queries';
import { updateRow } from '@tenantry/db/row';
import { creditsPaidWith } from '@tenantry/db/subscription/life';
import {
  deletePeriods,
  earlierPeriods,
  getStoredSubscription,
  getSubscription,
  savePeriods,
} from '@tenantry/db/subscription/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { isFree } from '@tenantry/domain/billing/plan';
import { type Withdrawal, withdrawPeriods } from '@tenantry/domain/billing/withdraw';
import { type CreditPeriod, planMonths } from '@tenantry/domain/credit/schedule';
import { type WithdrawnCredits, withdrawCredits } from '@tenantry/domain/credit/withdraw';
import { change } from '@tenantry/ledger/change';
import type { LedgerService } from '@tenantry/ledger/service';
import type { Context } from '../context.ts';
import { plansOf } from '../subscription/quote.ts';

/**
 * Takes back what a paid invoice began, because its money is gone: its periods, and what is left of its credits. With
 * `owes`, credits of it that were spent are owed, and those that are held as soon as they are spent; so are those that paid a
 * part of an upgrade. The account is locked.
 */
export async function undoInvoice(
  { tx }: Pick<Context, 'tx'>,
  invoice: Invoice,
  { owes }: { owes: boolean },
): Promise<void> {
  // What time has made due belongs to the periods as they were.
  await change(tx, bringUpToDate, undefined);
  const { grants, credited } =
    invoice.kind === 'package' ? await undoPackage(tx, invoice) : await undoPeriods(tx, invoice);
  if (!owes) return;
  const invoiceId = invoice.id;
  for (const { id: grantId, spent: amount } of grants)
    await insertOwedCredits(tx, { kind: 'owed', amount, invoiceId, grantId });
  if (credited > 0) await insertOwedCredits(tx, { kind: 'owed', amount: credited, invoiceId, grantId: null });
}

/** What an invoice gave: its grants, and how many credits of its periods paid a part of an upgrade. */
interface Given {
  grants: SpentGrant[];
  credited: number;
}

async function undoPackage(tx: AccountTransaction, invoice: Invoice): Promise<Given> {
  const grants = await grantsOfReferences(tx, [`invoice:${invoice.id}`]);
  await change(
    tx,
    endGrants,
    grants.map(({ id }) => id),
  );
  return { grants, credited: 0 };
}

async function undoPeriods(tx: AccountTransaction, invoice: Invoice): Promise<Given> {
  const subscription = await getSubscription(tx);
  const payments = new Set(await paymentIdsOf(tx, invoice.id));
  const earlier = await earlierPeriods(tx, subscription.running);
  const planOf = await plansOf(
    tx,
    earlier.map(({ planId }) => planId),
  );
  const left = withdrawPeriods(
    { ...subscription, earlier },
    {
      isWithdrawn: ({ invoiceId, paymentId }) =>
        invoiceId === null ? paymentId !== null && payments.has(paymentId) : invoiceId === invoice.id,
      isFree: ({ planId }) => isFree(planOf(planId)),
    },
    tx.now,
  );
  const ids = left.withdrawn.map(({ id }) => id);
  const grants = await grantsOfReferences(
    tx,
    ids.map((id) => `period:${id}`),
  );
  await change(tx, withdraw, await creditsOf(tx, { ...left, formerId: subscription.running.id }, grants));
  await deletePeriods(tx, ids);
  await savePeriods(tx, left.placed);
  const { running, status } = left;
  if (running !== undefined && running.id !== subscription.running.id && status === 'active')
    await savePeriods(tx, [running]);
  const start = running?.startsAt ?? subscription.periodStart;
  await updateRow(tx, await getStoredSubscription(tx), {
    status,
    planId: running?.planId ?? subscription.planId,
    periodStart: start,
    periodEnd: running?.endsAt ?? start,
    anchorAt: running?.anchorAt ?? null,
  });
  return { grants, credited: await creditsPaidWith(tx, ids) };
}

/** What becomes of the credits when periods are withdrawn. */
async function creditsOf(
  tx: AccountTransaction,
  { running, placed, formerId }: Withdrawal & { formerId: string },
  grants: readonly SpentGrant[],
): Promise<WithdrawnCredits> {
  const periods: CreditPeriod[] = [];
  for (const period of running === undefined ? placed : [running, ...placed]) {
    const { includedCredits, rolloverCreditsMax: rolloverMax, graceDays } = await getPlan(tx, period.planId);
    periods.push({ ...period, includedCredits, rolloverMax, graceDays });
  }
  const months = planMonths(periods);
  // A period that begins now in the place of the withdrawn one has had no credits yet.
  const isFresh =
    running !== undefined && Number(running.startsAt) === Number(tx.now) && running.id !== formerId;
  const begun = months.filter(({ at }) => at <= tx.now);
  return {
    grantIds: grants.map(({ id }) => id),
    begun: isFresh ? withIds(begun) : [],
    nextGrantAt: months.find(({ at }) => at > tx.now)?.at ?? null,
    planCreditsEndAt: isFresh ? null : (begun.at(-1)?.expiresAt ?? null),
  };
}

const bringUpToDate: LedgerService<undefined, null> = {
  reads: () => ({}),
  decide: ({ view }) => ({ books: view.books, answer: null }),
};

const withdraw: LedgerService<WithdrawnCredits, null> = {
  reads: () => ({}),
  decide: ({ view, now }, credits) => ({ books: withdrawCredits(view.books, credits, now), answer: null }),
};

const endGrants: LedgerService<readonly string[], null> = {
  reads: () => ({}),
  decide({ view: { books }, now }, grantIds) {
    const rest = { begun: [], nextGrantAt: books.nextGrantAt, planCreditsEndAt: null };
    return { books: withdrawCredits(books, { grantIds, ...rest }, now), answer: null };
  },
};
