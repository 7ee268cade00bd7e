import { insertAccount } from '@tenantry/db/account/queries';
import { insertAuditEntry, enqueueOutboxMessage } from '@tenantry/db/audit/queries';
import { insertInvoice } from '@tenantry/db/billing/queries';
import { loadBooks, writeBooks } from '@tenantry/db/credit/books';
import { refuseIfTaken } from '@tenantry/db/constraints';
import { newId } from '@tenantry/db/ids';
import { insertMembership } from '@tenantry/db/membership/queries';
import { findSellablePlan } from '@tenantry/db/plan/queries';
import { insertSubscription } from '@tenantry/db/subscription/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { insertUser } from '@tenantry/db/user/queries';
import { addGrant } from '@tenantry/domain/credit/grants';
import type { Plan } from '@tenantry/domain/plans';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import type { PaymentMethod } from '@tenantry/domain/standing';
import { addDays } from '@tenantry/domain/time';
import { getAccount } from '../account/get.ts';
import { type CreditView, getCredits } from '../credit/get.ts';
import type { Flow, Identity } from '../ports.ts';
import { type SubscriptionView, getSubscription } from '../subscription/get.ts';

export interface RegistrationInput {
  email: string;
  password: string;
  accountName: string;
  planSlug?: string | undefined;
  paymentMethod?: PaymentMethod | undefined;
}

export interface Registration {
  user: { id: string; email: string; name: string | null; createdAt: Date };
  account: Awaited<ReturnType<typeof getAccount>>;
  subscription: SubscriptionView;
  credits: CreditView;
}

const trialSlug = 'trial';

/** Which refusal answers a unique constraint: a person has the address. */
const emailConflicts = { app_user_email_digest_key: 'email_taken' } as const;

/**
 * Makes user, account, owner membership, subscription and the trial's credits in one transaction. A paid plan
 * begins as `pending_payment` without credits. Refuses `not_found` for a plan that is not sold, `email_taken`.
 */
export async function register(
  { database, callInfo }: Flow,
  identity: Identity,
  input: RegistrationInput,
): Promise<Registration | Refusal> {
  const email = identity.normaliseEmail(input.email);
  const emailDigest = identity.digestText(email);
  const passwordHash = await identity.hashPassword(input.password);
  const [userId, accountId] = [newId(), newId()];
  const actor = { kind: 'user', userId, sessionId: callInfo.requestId, via: 'session' } as const;
  const scope = { accountId, userId, presented: emailDigest };
  return refuseIfTaken(emailConflicts, () =>
    database.inAccount.write(scope, { ...callInfo, actor }, async (tx) => {
      const plan = await findSellablePlan(tx, input.planSlug ?? trialSlug);
      if (plan === undefined) return refuse('not_found');
      const user = { id: userId, email, emailDigest, passwordHash, createdAt: callInfo.now };
      await insertUser(tx, user);
      await openAccount(tx, input, plan, userId);
      const { passwordHash: _hash, emailDigest: _digest, ...shown } = user;
      return {
        user: { ...shown, name: null },
        account: await getAccount(tx),
        subscription: await getSubscription(tx),
        credits: await getCredits(tx),
      };
    }),
  );
}

async function openAccount(
  tx: AccountTransaction,
  { accountName, paymentMethod = 'stripe' }: RegistrationInput,
  plan: Plan,
  userId: string,
): Promise<void> {
  const { now } = tx;
  await insertAccount(tx, { name: accountName, paymentMethod, sandbox: false });
  await insertMembership(tx, userId, 'owner');
  const trial = plan.trialDays > 0;
  const periodEnd = trial ? addDays(now, plan.trialDays) : now;
  const status = trial ? 'trialing' : 'pending_payment';
  const period = { status, periodStart: now, periodEnd } as const;
  await insertSubscription(tx, { id: newId(), planId: plan.id, paymentMethod, ...period });
  if (trial) await grantTrial(tx, plan.includedCredits, periodEnd);
  else if (paymentMethod === 'bank_transfer') {
    await insertInvoice(tx, { planId: plan.id, amount: plan.priceAmount, currency: plan.currency });
  }
  await insertAuditEntry(tx, 'registration.create', userId, { plan: plan.slug });
  await enqueueOutboxMessage(tx, 'account.registered', { userId, plan: plan.slug });
}

async function grantTrial(tx: AccountTransaction, amount: number, expiresAt: Date): Promise<void> {
  const before = await loadBooks(tx, 'lock');
  const reference = 'registration';
  const after = addGrant(before, { id: newId(), kind: 'plan', amount, expiresAt, reference });
  await writeBooks(tx, { before, after });
}
