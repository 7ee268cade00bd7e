import type { AccountTransaction } from '@tenantry/db/transaction';
import { listPayments, openInvoices } from '@tenantry/db/billing/queries';
import { listEntries } from '@tenantry/ledger/read/entries';
import { closeAccount } from '../account/close.ts';
import { buyPackage } from '../credit-package/buy.ts';
import { adjustCredits } from '../staff/adjust-credits.ts';
import { refundPayment } from '../staff/refund-payment.ts';
import { returnPayment } from '../staff/return-payment.ts';
import { reverseCharge } from '../staff/reverse-charge.ts';
import { reactivateAccount, suspendAccount } from '../staff/suspend.ts';
import { voidInvoiceForStaff } from '../staff/void-invoice.ts';
import { cancelSubscription } from '../subscription/cancel.ts';
import { createEndpoint } from '../webhook-endpoint/create.ts';
import { type Life, changePlan, goOn } from './life.ts';
import type { Act } from './stories.ts';
import { type World, accepted, change, directory, inAccount, personOf } from './world.ts';

/** One thing that happens to an account. */
export async function act(world: World, life: Life, one: Act, at: Date): Promise<void> {
  switch (one.kind) {
    case 'change':
      life.asked = one.pays;
      return changePlan(world, life, one.plan, at);
    case 'package':
      return orderPackage(world, life, one, at);
    case 'cancel':
    case 'endpoint':
    case 'close':
      return byOwner(world, life, one, at);
    case 'suspend':
    case 'reactivate':
    case 'goodwill':
      return byStaff(world, life, one, at);
    case 'refund_charge':
    case 'return':
    case 'refund':
    case 'void':
      return putRight(world, life, one, at);
  }
}

type Of<Kind extends Act['kind']> = Extract<Act, { kind: Kind }>;

async function orderPackage(
  world: World,
  life: Life,
  { slug, pays }: Of<'package'>,
  at: Date,
): Promise<void> {
  const { accountId, ownerId } = life.account;
  const by = { actor: personOf(ownerId), at, action: 'creditPackage.buy', facts: { packageSlug: slug } };
  await change(world, accountId, by, (context) =>
    buyPackage(context, { packageSlug: slug, paymentMethod: 'bank_transfer' }),
  );
  life.asked = pays;
  await goOn(world, life, at);
}

async function byOwner(
  world: World,
  life: Life,
  one: Of<'cancel'> | Of<'endpoint'> | Of<'close'>,
  at: Date,
): Promise<void> {
  const { accountId, ownerId, domain } = life.account;
  const actor = personOf(ownerId);
  if (one.kind === 'close') return close(world, life, at);
  if (one.kind === 'endpoint') {
    const url = `https://hooks.${domain}/${one.path}`;
    await change(world, accountId, { actor, at, action: 'webhookEndpoint.create' }, (context) =>
      createEndpoint(context, { url }),
    );
    world.endpoints += 1;
    return;
  }
  await change(world, accountId, { actor, at, action: 'subscription.cancel' }, cancelSubscription);
  await goOn(world, life, at);
}

async function close(world: World, { account: { accountId, ownerId } }: Life, at: Date): Promise<void> {
  const actor = personOf(ownerId);
  const commit = <T>(work: (tx: AccountTransaction) => Promise<T>) =>
    change(world, accountId, { actor, at, action: 'account.close' }, ({ tx }) => work(tx));
  const context = { ...directory(world, at), actor, commit };
  accepted('closing', await closeAccount(context, { password: world.password }));
}

async function byStaff(
  world: World,
  { account: { accountId } }: Life,
  one: Of<'suspend'> | Of<'reactivate'> | Of<'goodwill'>,
  at: Date,
): Promise<void> {
  const { reason } = one;
  const by = { actor: world.staff.admin, at, subject: accountId, facts: { reason } };
  const input = { accountId, reason };
  if (one.kind === 'goodwill') {
    const given = { ...input, amount: one.credits, kind: 'promo' } as const;
    const facts = { reason, amount: String(one.credits) };
    const money = { ...by, actor: world.staff.finance, facts, action: 'credit.adjust' };
    await change(world, accountId, money, (context) => adjustCredits(context, given));
  } else if (one.kind === 'suspend')
    await change(world, accountId, { ...by, action: 'account.suspend' }, (context) =>
      suspendAccount(context, input),
    );
  else
    await change(world, accountId, { ...by, action: 'account.reactivate' }, (context) =>
      reactivateAccount(context, input),
    );
}

/** Finance put something right: the newest charge, payment or open invoice of the account. */
async function putRight(
  world: World,
  life: Life,
  one: Of<'refund_charge'> | Of<'return'> | Of<'refund'> | Of<'void'>,
  at: Date,
): Promise<void> {
  const { accountId } = life.account;
  const { reason } = one;
  const subject = await newest(world, life, one.kind, at);
  if (subject === undefined) throw new Error(`${life.account.name} has nothing for: ${one.kind}.`);
  const by = { actor: world.staff.finance, at, subject: subject.id, facts: { reason } };
  if (one.kind === 'refund_charge')
    await change(world, accountId, { ...by, action: 'credit.reverse' }, (context) =>
      reverseCharge(context, { accountId, entryId: subject.id, reason }),
    );
  else if (one.kind === 'return')
    await change(world, accountId, { ...by, action: 'payment.return' }, (context) =>
      returnPayment(context, { paymentId: subject.id, reason }),
    );
  else if (one.kind === 'refund') {
    const amount = one.amount === 'all' ? subject.amount : one.amount;
    await change(world, accountId, { ...by, action: 'payment.refund' }, (context) =>
      refundPayment(context, { paymentId: subject.id, amount, reason }),
    );
  } else
    await change(world, accountId, { ...by, action: 'invoice.void' }, (context) =>
      voidInvoiceForStaff(context, { invoiceId: subject.id, reason }),
    );
  await goOn(world, life, at);
}

type Found = { id: string; amount: number };

function newest(
  world: World,
  { account: { accountId } }: Life,
  kind: 'refund_charge' | 'return' | 'refund' | 'void',
  at: Date,
): Promise<Found | undefined> {
  return inAccount(world, accountId, { actor: world.staff.finance, at }, async ({ tx }) => {
    if (kind === 'void') return (await openInvoices(tx))[0];
    if (kind === 'refund_charge') {
      const { items } = await listEntries(tx, { limit: 50 });
      return items.find(({ toBook }) => toBook === 'spent');
    }
    const { items } = await listPayments(tx, { limit: 50 });
    return items.find(({ status }) => status === 'succeeded');
  });
}
