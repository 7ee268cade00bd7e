import { isDeepStrictEqual } from 'node:util';
import { accountAt, findAccountAccess } from '@tenantry/db/access/queries';
import { lockAccount } from '@tenantry/db/account/queries';
import { openInvoices, pendingPayments } from '@tenantry/db/billing/queries';
import { newId } from '@tenantry/db/ids';
import { isRefusal } from '@tenantry/domain/refusals';
import { standing } from '@tenantry/domain/standing';
import { change } from '@tenantry/ledger/change';
import { holdCredits } from '@tenantry/services/credit/hold';
import { settleHold } from '@tenantry/services/credit/settle';
import { getCredits } from '@tenantry/services/credit/get';
import { buyPackage } from '@tenantry/services/credit-package/buy';
import { submitBankTransfer } from '@tenantry/services/payment/submit-bank-transfer';
import { type ServiceTest, type Tenant, codeOf } from '@tenantry/services/service.fixture';
import { confirmBankTransfer } from '@tenantry/services/staff/confirm-bank-transfer';
import { rejectPayment } from '@tenantry/services/staff/reject-payment';
import { returnPayment } from '@tenantry/services/staff/return-payment';
import { cancelSubscription, resumeSubscription } from '@tenantry/services/subscription/cancel';
import { changeSubscription } from '@tenantry/services/subscription/change';
import { getSubscription } from '@tenantry/services/subscription/get';
import { previewChange } from '@tenantry/services/subscription/preview';
import { runSteps } from '@tenantry/services/subscription/steps';

type Confirmation = Parameters<typeof confirmBankTransfer>[1];

/** An account whose subscription lives by the calls of a model, with plans of its own. */
export interface LivingAccount {
  tenant: Tenant;
  now: Date;
  /** The slugs of its plans. */
  plans: readonly string[];
  isTakenBack: boolean;
  /** What was confirmed last, to be confirmed again. */
  confirmed: { input: Confirmation; answer: unknown } | undefined;
}

/** An answer as its bytes say it, whether it is new or stored. */
function asSent(answer: unknown): unknown {
  const isStored = typeof answer === 'object' && answer !== null && 'replay' in answer;
  return JSON.parse(isStored ? String(answer.replay) : JSON.stringify(answer));
}

const bankTransfer = { paymentMethod: 'bank_transfer' } as const;

const used = { allowExcess: false, usageSource: 'reported' } as const;
const heldFor = (amount: number) => ({ amount, ttlSeconds: 60, metadata: {} });

/** The calls of a model on one account. Each answers its verdict: `ok`, `none` where there is nothing to do, or the refusal. */
export function callsOf(services: ServiceTest, account: LivingAccount) {
  const { tenant } = account;
  const { accountId } = tenant;
  const inAccount: ServiceTest['inAccount'] = (of, work, call = {}) =>
    services.inAccount(of, work, { now: account.now, ...call });
  const asStaff = <T>(work: Parameters<typeof services.asStaff<T>>[1]) =>
    services.asStaff(tenant, work, { at: account.now });
  const firstOpen = async () => (await inAccount(tenant, ({ tx }) => openInvoices(tx))).at(0);

  return {
    async ask(planSlug: string): Promise<string> {
      const wish = { planSlug, ...bankTransfer };
      const preview = await inAccount(tenant, (context) => previewChange(context, wish));
      const before = await firstOpen();
      const asked = await inAccount(tenant, (context) => changeSubscription(context, wish));
      if (isRefusal(asked) || isRefusal(preview))
        return codeOf(asked) === codeOf(preview) ? codeOf(asked) : 'preview';
      // An invoice that was open already costs what it cost.
      const { invoice } = asked;
      if (invoice === null) return preview.total.amount === 0 ? 'free' : 'preview differs';
      const isNew = invoice.id !== before?.id;
      return isNew && invoice.total.amount !== preview.total.amount ? 'preview differs' : 'ok';
    },
    async confirm(share: 'exact' | 'part' | 'more'): Promise<string> {
      const invoice = await firstOpen();
      if (invoice === undefined) return 'none';
      const due = invoice.amount - invoice.amountPaid;
      const amount = { exact: due, part: Math.max(1, Math.floor(due / 3)), more: due + 137 }[share];
      const named = { accountId, invoiceId: invoice.id, externalPaymentId: `FT ${newId()}` };
      const input = { ...named, amount, currency: invoice.currency, payerName: 'A. Payer' };
      const answer = await asStaff((context) => confirmBankTransfer(context, input));
      if (!isRefusal(answer)) account.confirmed = { input, answer: asSent(answer) };
      return codeOf(answer);
    },
    async confirmAgain(): Promise<string> {
      const { confirmed } = account;
      if (confirmed === undefined) return 'none';
      const answer = await asStaff((context) => confirmBankTransfer(context, confirmed.input));
      return isDeepStrictEqual(asSent(answer), confirmed.answer) ? 'ok' : 'another answer';
    },
    async report(): Promise<string> {
      const invoice = await firstOpen();
      if (invoice === undefined) return 'none';
      const { id: invoiceId, currency } = invoice;
      const money = { amount: invoice.amount - invoice.amountPaid, currency };
      const input = { invoiceId, payerName: 'A. Payer', ...money };
      return codeOf(await inAccount(tenant, (context) => submitBankTransfer(context, input)));
    },
    async reject(): Promise<string> {
      const invoice = await firstOpen();
      if (invoice === undefined) return 'none';
      const [waiting] = await inAccount(tenant, ({ tx }) => pendingPayments(tx, invoice.id));
      if (waiting === undefined) return 'none';
      const input = { paymentId: waiting.id, reason: 'no such transfer' };
      return codeOf(await asStaff((context) => rejectPayment(context, input)));
    },
    async takeBack(): Promise<string> {
      const [last] = await services.database.query(
        "select id from payment where account_id = $1 and status = 'succeeded' order by id desc limit 1",
        [accountId],
      );
      if (last === undefined) return 'none';
      account.isTakenBack = true;
      const input = { paymentId: String(last['id']), reason: 'recalled' };
      return codeOf(await asStaff((context) => returnPayment(context, input)));
    },
    cancel: async () => codeOf(await inAccount(tenant, (context) => cancelSubscription(context))),
    resume: async () => codeOf(await inAccount(tenant, (context) => resumeSubscription(context))),
    buy: async () =>
      codeOf(
        await inAccount(tenant, (context) => buyPackage(context, { packageSlug: 'small', ...bankTransfer })),
      ),
    spend: (share: number): Promise<string> =>
      inAccount(tenant, async ({ tx }) => {
        const { available } = await getCredits({ tx });
        const amount = Math.floor(available * share);
        if (amount === 0) return 'none';
        const hold = await change(tx, holdCredits, heldFor(amount));
        if (isRefusal(hold)) return codeOf(hold);
        return codeOf(await change(tx, settleHold, { holdId: hold.id, amount, ...used }));
      }),
    /** What the worker does; twice at one time does nothing more. */
    work: () =>
      inAccount(tenant, async ({ tx }) => {
        await lockAccount(tx);
        await runSteps(tx, { renewalInvoiceDays: 7 });
        return 'ok';
      }),
    /** What the service and the gate say of the standing. */
    async standings() {
      const { standing: shown, paidThrough } = await inAccount(tenant, getSubscription);
      const stored = await findAccountAccess(services.database.api, accountId);
      if (stored === undefined) throw new Error('The gate does not know the account.');
      const access = accountAt(stored, account.now);
      return { shown, paidThrough, gate: standing(access, access.subscription, access.plan, account.now) };
    },
  };
}
