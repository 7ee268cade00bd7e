import type { Invoice } from '@tenantry/db/billing/entity';
import { findInvoice, pendingPayments } from '@tenantry/db/billing/queries';
import { needsSecondApprover } from '@tenantry/domain/billing/approval';
import { isPayable } from '@tenantry/domain/invoice/status';
import { addProof } from '../payment/add-proof.ts';
import { submitBankTransfer } from '../payment/submit-bank-transfer.ts';
import { approvePayment } from '../staff/approve-payment.ts';
import { confirmBankTransfer } from '../staff/confirm-bank-transfer.ts';
import { rejectPayment } from '../staff/reject-payment.ts';
import type { Habit } from './habits.ts';
import { type DemoAccount, type World, change, hoursAfter, inAccount, personOf } from './world.ts';

/** An invoice as its payer knows it. */
type DueInvoice = Pick<Invoice, 'id' | 'number' | 'reference' | 'amount' | 'currency'>;

/** Money that is reported for an invoice. */
interface Transfer {
  account: DemoAccount;
  invoice: DueInvoice;
  habit: Habit;
  /** What follows once staff have confirmed it. */
  booked: (at: Date) => Promise<void>;
}

/** Money that was reported, in minor units of the invoice. */
type Reported = Transfer & { amount: number };

/** Plans how an account pays an invoice; `booked` follows each confirmation. */
export function planPayment(world: World, transfer: Transfer, issuedAt: Date): void {
  const { submitHours } = transfer.habit;
  if (submitHours === undefined) return;
  world.timeline.at(hoursAfter(issuedAt, submitHours), (at) => report(world, transfer, at));
}

/** What is due on an invoice; 0 for one that is void or paid, or that somebody says is paid. */
function dueOn(world: World, { account, invoice }: Transfer, at: Date): Promise<number> {
  const actor = personOf(account.ownerId);
  return inAccount(world, account.accountId, { actor, at }, async ({ tx }) => {
    const found = await findInvoice(tx, invoice.id);
    if (found === null || !isPayable(found.status)) return 0;
    return (await pendingPayments(tx, invoice.id)).length > 0 ? 0 : found.amount - found.amountPaid;
  });
}

async function report(world: World, planned: Transfer, at: Date): Promise<void> {
  const { account, invoice, habit } = planned;
  const { currency, id: invoiceId } = invoice;
  const due = await dueOn(world, planned, at);
  if (due === 0) return;
  const { part = 1, excess = 0 } = habit;
  const amount = Math.round(due * part) + excess;
  const transfer = { ...planned, amount };
  const actor = personOf(account.ownerId);
  const link =
    habit.proof === 'link' ? { proofUrl: `https://files.${account.domain}/${invoice.number}` } : {};
  const input = { invoiceId, payerName: account.name, amount, currency, ...link };
  const action = 'payment.submitBankTransfer';
  const payment = await change(world, account.accountId, { actor, at, action }, (context) =>
    submitBankTransfer(context, input),
  );
  await show(world, transfer, payment.id, at);
  if (habit.isApproved === true) await approve(world, transfer, payment.id, hoursAfter(at, 3));
  if (habit.confirmHours === undefined) return;
  world.timeline.at(hoursAfter(at, habit.confirmHours), (then) => decide(world, transfer, payment.id, then));
}

/** Adds the picture of a receipt, where the payer shows one. */
async function show(
  world: World,
  { account, invoice, amount, habit }: Reported,
  paymentId: string,
  at: Date,
) {
  if (habit.proof !== 'png' && habit.proof !== 'pdf') return;
  const file = world.drawProof(habit.proof, {
    bank: 'Example Bank',
    payer: account.name,
    payee: 'Demo Software Ltd',
    amount: `${(amount / 100).toFixed(2)} ${invoice.currency}`,
    reference: invoice.reference,
    on: at.toISOString().slice(0, 10),
  });
  const actor = personOf(account.ownerId);
  await change(world, account.accountId, { actor, at, action: 'payment.addProof' }, (context) =>
    addProof(context, { paymentId, file }),
  );
}

/** Staff confirm what was reported, or reject it first. */
async function decide(world: World, transfer: Reported, paymentId: string, at: Date): Promise<void> {
  const { account, invoice, amount, habit, booked } = transfer;
  const { rejectedFor: reason, ...again } = habit;
  if (reason !== undefined) {
    const facts = { reason };
    const by = { actor: world.staff.finance, at, action: 'payment.reject', subject: paymentId, facts };
    await change(world, account.accountId, by, (context) => rejectPayment(context, { paymentId, reason }));
    world.timeline.at(hoursAfter(at, 26), (then) => report(world, { ...transfer, habit: again }, then));
    return;
  }
  await confirm(world, transfer, paymentId, at);
  await booked(at);
  const { part: _part, withoutRest, ...rest } = habit;
  if (withoutRest === true || amount >= invoice.amount) return;
  world.timeline.at(hoursAfter(at, 50), (then) => report(world, { ...transfer, habit: rest }, then));
}

const moneyOf = ({ account, invoice: { currency }, amount }: Reported, paymentId: string) => {
  const externalPaymentId = `NTRF ${paymentId.slice(-12).toUpperCase()}`;
  const { accountId, name: payerName } = account;
  return { accountId, paymentId, externalPaymentId, amount, currency, payerName };
};

async function approve(world: World, transfer: Reported, paymentId: string, at: Date): Promise<void> {
  const money = moneyOf(transfer, paymentId);
  const facts = { paymentId, externalPaymentId: money.externalPaymentId, amount: String(money.amount) };
  const by = { actor: world.staff.finance, at, subject: money.accountId, facts };
  await change(world, money.accountId, { ...by, action: 'payment.approve' }, (context) =>
    approvePayment(context, money),
  );
}

async function confirm(world: World, transfer: Reported, paymentId: string, at: Date): Promise<void> {
  const money = moneyOf(transfer, paymentId);
  const { externalPaymentId, amount, currency } = money;
  if (needsSecondApprover(money, world.approvals.secondApproverAmounts))
    await approve(world, transfer, paymentId, at);
  const facts = { externalPaymentId, amount: String(amount), currency, paymentId };
  const by = { actor: world.staff.second, at, subject: externalPaymentId, facts };
  await change(world, money.accountId, { ...by, action: 'billing.confirmBankTransfer' }, (context) =>
    confirmBankTransfer(context, money),
  );
}
