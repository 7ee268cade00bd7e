import { router } from './procedures.ts';
import { accountRouter } from './router/account.ts';
import { billingDetailsRouter } from './router/billing-details.ts';
import { checkoutRouter } from './router/checkout.ts';
import { credentialRouter } from './router/credential.ts';
import { creditNoteRouter } from './router/credit-note.ts';
import { creditPackageRouter } from './router/credit-package.ts';
import { creditRouter } from './router/credit.ts';
import { emailVerificationRouter } from './router/email-verification.ts';
import { entitlementsRouter } from './router/entitlements.ts';
import { invitationRouter } from './router/invitation.ts';
import { invoiceRouter } from './router/invoice.ts';
import { apiKeyRouter } from './router/api-key.ts';
import { meRouter } from './router/me.ts';
import { memberRouter } from './router/member.ts';
import { operationRouter } from './router/operation.ts';
import { passwordResetRouter } from './router/password-reset.ts';
import { moneyEntryRouter } from './router/money-entry.ts';
import { paymentRouter } from './router/payment.ts';
import { planRouter } from './router/plan.ts';
import { platformRouter } from './router/platform.ts';
import { registrationRouter } from './router/registration.ts';
import { sectorRouter } from './router/sector.ts';
import { sessionRouter } from './router/session.ts';
import { siteRouter } from './router/site.ts';
import { subscriptionRouter } from './router/subscription.ts';
import { testClockRouter } from './router/test-clock.ts';
import { totpRouter } from './router/totp.ts';
import { usageRouter } from './router/usage.ts';
import { webhookEndpointRouter } from './router/webhook-endpoint.ts';

/** The table of contents: every noun of the API. */
export const appRouter = router({
  registration: registrationRouter,
  session: sessionRouter,
  passwordReset: passwordResetRouter,
  emailVerification: emailVerificationRouter,
  credential: credentialRouter,
  me: meRouter,
  totp: totpRouter,
  account: accountRouter,
  billingDetails: billingDetailsRouter,
  member: memberRouter,
  invitation: invitationRouter,
  site: siteRouter,
  sector: sectorRouter,
  apiKey: apiKeyRouter,
  plan: planRouter,
  subscription: subscriptionRouter,
  entitlements: entitlementsRouter,
  credit: creditRouter,
  creditPackage: creditPackageRouter,
  operation: operationRouter,
  usage: usageRouter,
  invoice: invoiceRouter,
  creditNote: creditNoteRouter,
  moneyEntry: moneyEntryRouter,
  payment: paymentRouter,
  checkout: checkoutRouter,
  testClock: testClockRouter,
  webhookEndpoint: webhookEndpointRouter,
  platform: platformRouter,
});

export type AppRouter = typeof appRouter;
