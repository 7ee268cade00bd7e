import type { StaffChangePlanInput, StaffPaymentMethodInput } from '@tenantry/contract/staff-subscription';
import { getAccount } from '@tenantry/db/account/queries';
import { updateRow } from '@tenantry/db/row';
import { getStoredSubscription } from '@tenantry/db/subscription/queries';
import { refusalIfNotOffered } from '@tenantry/domain/payment/methods';
import { refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';
import { changeSubscription } from '../subscription/change.ts';
import { getSubscription } from '../subscription/get.ts';
import { refusalIfStaffIsMember } from './conflict-of-interest.ts';

/**
 * Asks for another plan for an account, as its owner would: the invoice is theirs to pay, and the plan begins when it is
 * paid. Refuses what the owner's change refuses, `conflict` for a closed account besides, and `role_forbids` to staff who
 * are members of the account.
 */
export async function changePlanForStaff(context: Context<'paymentMethods'>, input: StaffChangePlanInput) {
  const { tx } = context;
  const refusal = await refusalIfStaffIsMember(tx);
  if (refusal !== undefined) return refusal;
  if ((await getAccount(tx)).status === 'closed') return refuse('conflict');
  return changeSubscription(context, input);
}

/**
 * Changes how an account pays, now and for what it subscribes to next. Refuses `provider_disabled` for a way that is not
 * offered, and `conflict` for a closed account.
 */
export async function setPaymentMethod(
  context: Context<'paymentMethods'>,
  { paymentMethod }: StaffPaymentMethodInput,
) {
  const { tx, paymentMethods } = context;
  const refusal = refusalIfNotOffered(paymentMethod, paymentMethods);
  if (refusal !== undefined) return refusal;
  const account = await getAccount(tx);
  if (account.status === 'closed') return refuse('conflict');
  await updateRow(tx, account, { paymentMethod });
  await updateRow(tx, await getStoredSubscription(tx), { paymentMethod });
  return getSubscription(context);
}
