import type { ConfirmBankTransferInput } from '@tenantry/contract/staff-payment';
import { lockAccount } from '@tenantry/db/account/queries';
import { moneyBalances } from '@tenantry/db/billing/money';
import { newId } from '@tenantry/db/ids';
import { getInvoice } from '../invoice/get.ts';
import { type ServiceTest, type Tenant, accepted } from '../service.fixture.ts';
import { confirmBankTransfer } from '../staff/confirm-bank-transfer.ts';
import { orderPlan } from '../subscription/change.ts';

/** What tests of money do with an account. Plans cost 2900 (starter) and 8900 (growth) US cents. */
export function moneyTest(services: () => ServiceTest) {
  return {
    /** The open invoice for a plan. */
    ask: async (tenant: Tenant, planSlug = 'starter', at?: Date) => {
      const wish = { planSlug, paymentMethod: 'bank_transfer' } as const;
      const call = at === undefined ? {} : { now: at };
      const asked = await services().inAccount(tenant, (context) => orderPlan(context, wish), call);
      return accepted(asked).invoice;
    },
    /** Confirms that money arrived, as the gate does: with the account locked. */
    confirm: (tenant: Tenant, more: Partial<ConfirmBankTransferInput> = {}, staff = {}) => {
      const money = { payerName: 'A. Payer', amount: 2900, currency: 'USD' };
      const input = { ...money, externalPaymentId: `FT ${newId()}`, accountId: tenant.accountId, ...more };
      return services().asStaff(
        tenant,
        async (context) => {
          await lockAccount(context.tx);
          return confirmBankTransfer(context, input);
        },
        staff,
      );
    },
    invoice: async (tenant: Tenant, invoiceId: string) =>
      accepted(await services().inAccount(tenant, (context) => getInvoice(context, { invoiceId }))),
    balances: (tenant: Tenant) => services().inAccount(tenant, ({ tx }) => moneyBalances(tx)),
    /** Each kind of money that moved, with its sum, in order of its name. */
    moved: async ({ accountId }: Tenant) => {
      const sql = `select kind, sum(amount)::int as amount from money_entry where account_id = $1 group by 1 order by 1`;
      const found = await services().database.query(sql, [accountId]);
      return Object.fromEntries(found.map(({ kind, amount }) => [String(kind), Number(amount)]));
    },
    /** How many times the credits of the plan were granted, and how many paid periods there are. */
    granted: async ({ accountId }: Tenant) => {
      const sql = `select (select count(*)::int from credit_grant where account_id = $1 and reference like 'period:%') as grants,
        (select count(*)::int from subscription_period where account_id = $1) as periods`;
      const [row] = await services().database.query(sql, [accountId]);
      return { grants: Number(row?.['grants']), periods: Number(row?.['periods']) };
    },
  };
}
