import { moneyBalances } from '@tenantry/db/billing/money';
import { owedCredits } from '@tenantry/db/billing/owed';
import { offeredMethods } from '@tenantry/domain/payment/methods';
import type { Context } from '../context.ts';

/** The ways to pay, each with whether it is offered now. */
export async function listPaymentMethods({
  paymentMethods,
}: Pick<Context<'paymentMethods'>, 'paymentMethods'>) {
  return { methods: offeredMethods(paymentMethods) };
}

/** What the account has paid beyond its invoices, by currency, and the credits that it spent and nobody paid. */
export async function getMoneyBalance({ tx }: Pick<Context, 'tx'>) {
  return { balances: await moneyBalances(tx), owedCredits: await owedCredits(tx) };
}
