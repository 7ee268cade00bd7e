import { lockAccount } from '@tenantry/db/account/queries';
import { owedCredits } from '@tenantry/db/billing/owed';
import { newId } from '@tenantry/db/ids';
import { change } from '@tenantry/ledger/change';
import { issueInvoice } from '../billing/issue-invoice.ts';
import { moneyTest } from '../billing/money.fixture.ts';
import { getCredits } from '../credit/get.ts';
import { holdCredits } from '../credit/hold.ts';
import { settleHold } from '../credit/settle.ts';
import { type ServiceTest, type Tenant, accepted, now, secondsAfter } from '../service.fixture.ts';
import { getSubscription } from '../subscription/get.ts';
import { refundPayment } from './refund-payment.ts';
import { returnPayment } from './return-payment.ts';

/** So many days after the beginning of a test. */
export const day = (days: number) => secondsAfter(days * 86_400);

/** What tests of money that goes back do with an account. */
export function moneyBackTest(services: () => ServiceTest) {
  const { ask, confirm, ...money } = moneyTest(services);
  const newestOf =
    (table: 'payment' | 'invoice') =>
    async ({ accountId }: Tenant) => {
      const sql = `select id from ${table} where account_id = $1 order by id desc limit 1`;
      const [row] = await services().database.query(sql, [accountId]);
      return String(row?.['id']);
    };
  const newestPayment = newestOf('payment');
  const hold = async (tenant: Tenant, amount: number) => {
    const asked = { amount, ttlSeconds: 600, metadata: {} };
    return accepted(await services().inAccount(tenant, ({ tx }) => change(tx, holdCredits, asked))).id;
  };
  const settle = (tenant: Tenant, holdId: string, amount: number) => {
    const used = { holdId, amount, allowExcess: false, usageSource: 'reported' } as const;
    return services().inAccount(tenant, ({ tx }) => change(tx, settleHold, used));
  };
  return {
    ...money,
    ask,
    confirm,
    hold,
    settle,
    newestPayment,
    /** Asks for a plan and pays for it; answers the payment and the invoice. */
    pay: async (tenant: Tenant, planSlug = 'starter', at = now, amount?: number) => {
      const { id, due } = await ask(tenant, planSlug, at);
      accepted(await confirm(tenant, { invoiceId: id, amount: amount ?? due.amount }, { at }));
      return { payment: { id: await newestPayment(tenant) }, invoice: { id } };
    },
    giveBack: (tenant: Tenant, paymentId: string, at = now, staff = {}) =>
      services().asStaff(tenant, (context) => returnPayment(context, { paymentId, reason: 'recalled' }), {
        at,
        ...staff,
      }),
    refund: (tenant: Tenant, paymentId: string, amount: number, staff = {}) =>
      services().asStaff(
        tenant,
        (context) => refundPayment(context, { paymentId, amount, reason: 'goodwill' }),
        staff,
      ),
    stateAt: (tenant: Tenant, at = now) =>
      services().inAccount(
        tenant,
        async (context) => {
          const { status, standing, paidThrough, plan, periodStart } = await getSubscription(context);
          const { available, spent } = await getCredits(context);
          const owed = await owedCredits(context.tx);
          const { code } = standing;
          return { status, code, paidThrough, periodStart, plan: plan.slug, available, spent, owed };
        },
        { now: at },
      ),
    spend: async (tenant: Tenant, amount: number) => {
      accepted(await settle(tenant, await hold(tenant, amount), amount));
    },
    /** The invoice of a package of 1,000 credits for 9 dollars. */
    askForPackage: async (tenant: Tenant) => {
      const packageId = newId();
      await services().database.query(
        `insert into credit_package (id, slug, package_version, name, credits, price_amount, currency)
         values ($1, $2, 1, '1,000 credits', 1000, 900, 'USD')`,
        [packageId, `p${packageId}`],
      );
      return services().inAccount(tenant, async (context) => {
        await lockAccount(context.tx);
        const line = {
          description: '1,000 credits',
          quantity: 1,
          unitAmount: 900,
          amount: 900,
          period: null,
        };
        const order = { kind: 'package' as const, packageId, lines: [line], currency: 'USD', period: null };
        return issueInvoice(context, { ...order, dueAt: now });
      });
    },
  };
}
