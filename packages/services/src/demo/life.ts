import { openInvoices } from '@tenantry/db/billing/queries';
import { orderPlan } from '../subscription/change.ts';
import { runSteps } from '../subscription/steps.ts';
import type { Habit } from './habits.ts';
import { never, promptly } from './habits.ts';
import { planPayment } from './pay.ts';
import type { Story } from './stories.ts';
import { type DemoAccount, type World, change, inAccount, personOf, settings } from './world.ts';

/** An account with the story that it lives. */
export interface Life {
  account: DemoAccount;
  story: Story;
  /** How many invoices of its subscription there have been. */
  invoices: number;
  /** How the next invoice is paid, where an act asked for it. */
  asked: Habit | undefined;
}

const clock = { kind: 'system', job: 'subscription.live' } as const;

/**
 * Does what time has made due for the subscription, as the worker does, plans the next time, and plans how each new invoice is
 * paid.
 */
export async function goOn(world: World, life: Life, at: Date): Promise<void> {
  const { account } = life;
  account.plans += 1;
  const { plans } = account;
  const { nextAt, open } = await inAccount(
    world,
    account.accountId,
    { actor: clock, at },
    async ({ tx }) => ({
      nextAt: await runSteps(tx, settings.billing),
      open: await openInvoices(tx),
    }),
  );
  if (nextAt !== null)
    world.timeline.at(nextAt, async (then) => {
      if (plans === account.plans) await goOn(world, life, then);
    });
  for (const invoice of open) {
    if (account.seen.has(invoice.id)) continue;
    account.seen.add(invoice.id);
    const habit = life.asked ?? habitOf(world, life, invoice.kind === 'package');
    life.asked = undefined;
    planPayment(world, { account, invoice, habit, booked: (then) => goOn(world, life, then) }, at);
  }
}

function habitOf(world: World, life: Life, isPackage: boolean): Habit {
  if (isPackage) return promptly(world.choices);
  const { paid, pays = {} } = life.story;
  const index = life.invoices;
  life.invoices += 1;
  const usual = index <= (paid?.renewals ?? 0) ? promptly(world.choices) : never;
  return pays[index] ?? usual;
}

/** Asks for a plan by bank transfer, as the owner. */
export async function changePlan(world: World, life: Life, planSlug: string, at: Date): Promise<void> {
  const { account } = life;
  const by = { actor: personOf(account.ownerId), at, action: 'subscription.change', facts: { planSlug } };
  await change(world, account.accountId, by, (context) =>
    orderPlan(context, { planSlug, paymentMethod: 'bank_transfer' }),
  );
  await goOn(world, life, at);
}
