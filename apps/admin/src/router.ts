import { router } from './procedures.ts';
import { accountRouter } from './router/account.ts';
import { auditRouter, securityEventRouter } from './router/audit.ts';
import { billingRouter } from './router/billing.ts';
import { catalogueRouter } from './router/catalogue.ts';
import { creditNoteRouter } from './router/credit-note.ts';
import { apiKeyRouter } from './router/api-key.ts';
import { creditProposalRouter } from './router/credit-proposal.ts';
import { creditRouter } from './router/credit.ts';
import { emailRouter } from './router/email.ts';
import { impersonationRouter } from './router/impersonation.ts';
import { invoiceRouter } from './router/invoice.ts';
import { operationRouter } from './router/operation.ts';
import { operatorEndpointRouter } from './router/operator-endpoint.ts';
import { overviewRouter } from './router/overview.ts';
import { moneyEntryRouter } from './router/money-entry.ts';
import { meRouter } from './router/me.ts';
import { memberRouter } from './router/member.ts';
import { paymentRouter } from './router/payment.ts';
import { planRouter } from './router/plan.ts';
import { searchRouter } from './router/search.ts';
import { serviceKeyRouter } from './router/service-key.ts';
import { sessionRouter } from './router/session.ts';
import { staffRouter } from './router/staff.ts';
import { statementLineRouter, statementRouter } from './router/statement.ts';
import { totpRouter } from './router/totp.ts';
import { siteRouter } from './router/site.ts';
import { subscriptionRouter } from './router/subscription.ts';
import { usageRouter } from './router/usage.ts';
import { userRouter } from './router/user.ts';
import { webhookEndpointRouter } from './router/webhook-endpoint.ts';

/** The table of contents: every noun of the admin app. */
export const adminRouter = router({
  session: sessionRouter,
  overview: overviewRouter,
  search: searchRouter,
  me: meRouter,
  totp: totpRouter,
  staff: staffRouter,
  audit: auditRouter,
  securityEvent: securityEventRouter,
  impersonation: impersonationRouter,
  account: accountRouter,
  credit: creditRouter,
  invoice: invoiceRouter,
  creditNote: creditNoteRouter,
  moneyEntry: moneyEntryRouter,
  payment: paymentRouter,
  billing: billingRouter,
  statement: statementRouter,
  statementLine: statementLineRouter,
  user: userRouter,
  serviceKey: serviceKeyRouter,
  operatorEndpoint: operatorEndpointRouter,
  catalogue: catalogueRouter,
  plan: planRouter,
  operation: operationRouter,
  creditProposal: creditProposalRouter,
  subscription: subscriptionRouter,
  member: memberRouter,
  site: siteRouter,
  apiKey: apiKeyRouter,
  usage: usageRouter,
  webhookEndpoint: webhookEndpointRouter,
  email: emailRouter,
});

export type AdminRouter = typeof adminRouter;
