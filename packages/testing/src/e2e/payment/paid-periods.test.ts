import { newId } from '@tenantry/db/ids';
import { addDays, addMonths } from '@tenantry/domain/time';
import { getCredits } from '@tenantry/services/credit/get';
import {
  type ServiceTest,
  type Tenant,
  accepted,
  now as beginning,
  openServiceTest,
} from '@tenantry/services/service.fixture';
import { confirmBankTransfer } from '@tenantry/services/staff/confirm-bank-transfer';
import { orderPlan } from '@tenantry/services/subscription/change';
import { getSubscription } from '@tenantry/services/subscription/get';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsOfBooks } from '../../ledger-faults.ts';

let services: ServiceTest;
beforeAll(async () => {
  services = await openServiceTest();
  await services.database.query(
    `insert into plan select (json_populate_record(plan, change.it)).* from plan, (values
      ('{"id":"0198f000-0000-7000-8000-0000000000c1","slug":"yearly","cycle":"annual","price_amount":36000}'::json)) as change (it)
      where plan.slug = 'starter'`,
  );
});
afterAll(() => services.close());

const runs = Number(process.env['PERIOD_RUNS'] ?? 40);

/** The plans that are bought, with the price and the credits of a month. */
const plans = {
  starter: { months: 1, price: 2900, credits: 5000 },
  yearly: { months: 12, price: 3000, credits: 5000 },
  growth: { months: 1, price: 8900, credits: 20_000 },
} as const;
type Slug = keyof typeof plans;
const slugs = ['starter', 'yearly', 'growth'] as const;
const slugOf = (text: string): Slug => slugs.find((slug) => slug === text) ?? 'starter';

/** Pays for a plan, and answers how many months of a paid year the price of an upgrade has taken instead of money. */
async function pay(tenant: Tenant, planSlug: Slug, at: Date): Promise<number> {
  const wish = { planSlug, paymentMethod: 'bank_transfer' } as const;
  const asked = await services.inAccount(tenant, (context) => orderPlan(context, wish), { now: at });
  const { invoice } = accepted(asked);
  const { amount, currency } = invoice.total;
  const money = { payerName: 'A. Payer', amount, currency, externalPaymentId: `FT ${newId()}` };
  const input = { ...money, accountId: tenant.accountId };
  accepted(await services.asStaff(tenant, (context) => confirmBankTransfer(context, input), { at }));
  const [taken] = await services.database.query('select months from upgrade_credit where invoice_id = $1', [
    invoice.id,
  ]);
  return Number(taken?.['months'] ?? 0);
}

const stateAt = (tenant: Tenant, at: Date) =>
  services.inAccount(
    tenant,
    async (context) => {
      const { plan, ...subscription } = await getSubscription(context);
      return { ...subscription, slug: slugOf(plan.slug), credits: (await getCredits(context)).byKind };
    },
    { now: at },
  );

interface Row {
  anchorAt: Date;
  startsAt: Date;
  endsAt: Date;
  months: number;
}
const rowsOf = async ({ accountId }: Tenant): Promise<Row[]> =>
  (
    await services.database.query(
      'select anchor_at, starts_at, ends_at, months from subscription_period where account_id = $1 order by starts_at, ends_at, months',
      [accountId],
    )
  ).map((row) => ({
    anchorAt: new Date(String(row['anchor_at'])),
    startsAt: new Date(String(row['starts_at'])),
    endsAt: new Date(String(row['ends_at'])),
    months: Number(row['months']),
  }));

/** Time passes by days, or until so many days after the end of what was paid, give or take a millisecond. */
type Step = { pay: Slug } | { days: number } | { afterEnd: number; milliseconds: number };
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ pay: fc.constantFrom(...slugs) }) },
  { weight: 2, arbitrary: fc.record({ days: fc.nat(45) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      afterEnd: fc.constantFrom(0, 0, 3, 7, 7, 20),
      milliseconds: fc.constantFrom(-1, 0),
    }),
  },
);

function moved(now: Date, paidThrough: Date | null, time: Exclude<Step, { pay: Slug }>): Date {
  if ('days' in time) return addDays(now, time.days);
  if (paidThrough === null) return now;
  const end = new Date(Number(addDays(paidThrough, time.afterEnd)) + time.milliseconds);
  return end > now ? end : now;
}

async function payAndCheck(tenant: Tenant, slug: Slug, now: Date): Promise<number> {
  const before = await stateAt(tenant, now);
  const taken = await pay(tenant, slug, now);
  const after = await stateAt(tenant, now);
  const isGood = before.status === 'active';
  if (isGood) expect(plans[after.slug].price).toBeGreaterThanOrEqual(plans[before.slug].price);
  if (isGood && plans[slug].price > plans[before.slug].price) expect(after.slug).toBe(slug);
  if (Number(after.periodStart) !== Number(before.periodStart) || after.slug !== before.slug)
    expect(after.credits.plan).toBe(plans[after.slug].credits);
  const end = (isGood || before.status === 'past_due' ? before.paidThrough : null) ?? now;
  // The months that an upgrade took are worth what it costs less.
  expect(Number(addMonths(after.paidThrough ?? now, taken))).toBeGreaterThanOrEqual(Number(addDays(end, -4)));
  return taken;
}

/** Checks that periods follow each other, and begin whole months after their anchor. */
function checkRows(rows: readonly Row[], paidMonths: number): void {
  expect(rows.reduce((sum, { months }) => sum + months, 0)).toBe(paidMonths);
  let month = 0;
  for (const [index, { anchorAt, startsAt, endsAt, months }] of rows.entries()) {
    const next = rows[index + 1];
    if (Number(startsAt) === Number(anchorAt)) month = 0;
    expect(startsAt).toEqual(addMonths(anchorAt, month));
    month += months;
    // A period that a new anchor follows may have been cut short.
    if (next === undefined || Number(next.startsAt) !== Number(next.anchorAt))
      expect(endsAt).toEqual(addMonths(anchorAt, month));
    else expect(Number(next.startsAt)).toBeGreaterThanOrEqual(Number(endsAt));
  }
}

describe('paid periods', () => {
  it('follow from every order of early, late and grace payments: nothing that was paid is lost (J22)', async () => {
    const property = fc.asyncProperty(
      fc.nat(365),
      fc.array(step, { minLength: 4, maxLength: 14 }),
      async (days, steps) => {
        const tenant = await services.register();
        let now = addDays(beginning, days);
        let paidMonths = 0;
        for (const one of steps) {
          if ('pay' in one) {
            paidMonths += plans[one.pay].months - (await payAndCheck(tenant, one.pay, now));
            checkRows(await rowsOf(tenant), paidMonths);
          } else now = moved(now, (await stateAt(tenant, now)).paidThrough, one);
          const { standing, paidThrough } = await stateAt(tenant, now);
          if (paidThrough !== null) expect(standing.state === 'good').toBe(now < paidThrough);
        }
        paidMonths -= await pay(tenant, 'starter', now);
        const { paidThrough } = await stateAt(tenant, now);
        const graceEnd = addDays(paidThrough ?? now, 7);
        expect((await stateAt(tenant, new Date(Number(graceEnd) - 1))).credits.plan).toBeGreaterThan(0);
        // Whoever changes the credits next writes every month that nobody has seen.
        await pay(tenant, 'starter', graceEnd);
        const given = await services.database.query(
          "select reference from credit_grant where account_id = $1 and reference like 'period:%'",
          [tenant.accountId],
        );
        expect(given).toHaveLength(paidMonths + 2);
        expect(await faultsOfBooks(services.database, tenant.accountId)).toEqual([]);
      },
    );
    await fc.assert(property, { numRuns: runs });
  }, 600_000);
});
