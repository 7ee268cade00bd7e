import type { RegisterInput } from '@tenantry/contract/registration';
import { type ExternalName, insertAccount } from '@tenantry/db/account/queries';
import { enqueueOutboxMessage, insertAuditEntry } from '@tenantry/db/audit/queries';
import { refuseIfTaken } from '@tenantry/db/constraints';
import { newId } from '@tenantry/db/ids';
import { insertMembership } from '@tenantry/db/membership/queries';
import { findSellablePlan } from '@tenantry/db/plan/queries';
import { insertSubscription } from '@tenantry/db/subscription/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { claimTrial } from '@tenantry/db/trial-claim/queries';
import { insertUser } from '@tenantry/db/user/queries';
import { refusalIfWeakPassword } from '@tenantry/domain/password';
import { type Plan, trialSlug } from '@tenantry/domain/plans';
import type { BillingDetails } from '@tenantry/domain/invoice/parties';
import { refusalIfSwitchedOff } from '@tenantry/domain/payment/methods';
import type { PaymentMethod } from '@tenantry/domain/standing';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import { addDays } from '@tenantry/domain/time';
import { change } from '@tenantry/ledger/change';
import { getAccount } from '../account/get.ts';
import type { DirectoryContext } from '../context.ts';
import { getCredits } from '../credit/get.ts';
import { isFree } from '@tenantry/domain/billing/plan';
import { activateSubscription } from '../subscription/activate.ts';
import { invoicePlan } from '../billing/plan-invoice.ts';
import { grantCredits } from '../credit/grant.ts';
import { sendEmailVerification } from '../email-verification/create.ts';
import { getSubscription } from '../subscription/get.ts';

/** Somebody has the address. */
const conflicts = { app_user_email_digest_key: 'email_taken' } as const;

/**
 * Makes user, account, owner membership, subscription and the trial's credits in one transaction, and sends the e-mail
 * that confirms the address. A paid plan begins as `pending_payment` without credits. Refuses `not_found` for a plan
 * that is not sold, `provider_disabled` for a bank transfer while the operator takes none, and `email_taken`.
 */
export async function register(
  context: DirectoryContext<'identity' | 'emails' | 'background' | 'paymentMethods'>,
  input: RegisterInput,
) {
  const switchedOff = refusalIfSwitchedOff(input.paymentMethod, context.paymentMethods);
  if (switchedOff !== undefined) return switchedOff;
  const registered = await makeAccount(context, input);
  if (isRefusal(registered)) return registered;
  const userId = registered.user.id;
  context.background.run('registration.create', () => sendEmailVerification(context, { userId }));
  return registered;
}

/** Registers without an e-mail, whatever ways to pay are offered. Refuses what `register` refuses else. */
export async function makeAccount(
  { database, identity, requestId, now }: Omit<DirectoryContext<'identity'>, 'address'>,
  input: RegisterInput,
) {
  const email = identity.normaliseEmail(input.email);
  const emailDigest = identity.digestText(email);
  const { isCommonPassword: isCommon } = identity;
  const texts = [email, input.accountName];
  const weak = refusalIfWeakPassword(input.password, { isCommon, texts, path: 'password' });
  if (weak !== undefined) return weak;
  const passwordHash = await identity.hashPassword(input.password);
  const [userId, accountId] = [newId(), newId()];
  const actor = { kind: 'user', userId, sessionId: requestId, via: 'session' } as const;
  const scope = { accountId, userId, presented: emailDigest };
  return database.inAccount.write(scope, { actor, requestId, now }, async (tx) => {
    const plan = await findSellablePlan(tx, input.planSlug ?? trialSlug);
    if (plan === undefined) return refuse('not_found');
    const user = { id: userId, email, emailDigest, passwordHash, createdAt: now };
    const taken = await refuseIfTaken(conflicts, () => insertUser(tx, user));
    if (taken !== undefined) return taken;
    const { accountName: name, paymentMethod, billingDetails } = input;
    const account = { name, paymentMethod, billingDetails };
    await openAccount(tx, account, { plan, userId, action: 'registration.create' });
    return {
      user: { id: userId, email, name: null, createdAt: now },
      ...(await newAccountView(tx)),
    };
  });
}

/** What a new account is shown as. */
export async function newAccountView(tx: AccountTransaction) {
  return {
    account: await getAccount({ tx }),
    subscription: await getSubscription({ tx, now: tx.now }),
    credits: await getCredits({ tx }),
  };
}

/** What a new account is. */
interface NewAccount {
  readonly name: string;
  readonly paymentMethod?: PaymentMethod | undefined;
  readonly billingDetails?: BillingDetails | undefined;
  readonly sandbox?: boolean;
  readonly external?: ExternalName | undefined;
}

/**
 * Makes an account with its owner and its subscription, and writes it down as an action. The trial and its credits come
 * once per person: where the person had them, the trial of the new account is over. An account that a service key makes has
 * no owner, and its trial is its own.
 */
export async function openAccount(
  tx: AccountTransaction,
  { name, paymentMethod = 'stripe', billingDetails, sandbox = false, external }: NewAccount,
  { plan, userId, action }: { plan: Plan; userId: string | undefined; action: string },
): Promise<void> {
  const { now } = tx;
  await insertAccount(tx, { name, paymentMethod, billingDetails: billingDetails ?? null, sandbox }, external);
  if (userId !== undefined) await insertMembership(tx, userId, 'owner');
  const isTrial = plan.trialDays > 0;
  const isFirstTrial = isTrial && (userId === undefined || (await claimTrial(tx, userId)));
  const periodEnd = isFirstTrial ? addDays(now, plan.trialDays) : now;
  const status = isTrial ? 'trialing' : 'pending_payment';
  const period = { status, periodStart: now, periodEnd } as const;
  await insertSubscription(tx, { id: newId(), planId: plan.id, paymentMethod, ...period });
  if (isFirstTrial) {
    const credits = { id: newId(), amount: plan.includedCredits, expiresAt: periodEnd };
    await change(tx, grantCredits, { ...credits, kind: 'plan', reference: 'registration' });
  } else if (!isTrial && isFree(plan)) {
    await activateSubscription({ tx }, { planId: plan.id, externalPaymentId: null });
  } else if (!isTrial && paymentMethod === 'bank_transfer') {
    await invoicePlan({ tx }, plan);
  }
  await insertAuditEntry(tx, action, userId ?? tx.accountId, { plan: plan.slug });
  await enqueueOutboxMessage(tx, 'account.registered', { userId: userId ?? null, plan: plan.slug });
}
