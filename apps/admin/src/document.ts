import { staffCookieName } from '@tenantry/contract/headers';
import { gateDescription } from '@tenantry/gate/openapi';
import { type OpenApiDocument, makeDocument } from '@tenantry/rest/document';
import { fileRouter } from './files.ts';
import { adminRouter } from './router.ts';

const tags = {
  session: 'Sessions of staff.',
  me: 'The member of staff who is signed in.',
  totp: 'The second factor of the member of staff who is signed in.',
  operatorEndpoint: 'Your own webhook endpoints.',
  overview: 'What waits for staff, and the charts of thirty days.',
  search: 'Whatever a customer quotes, found.',
  audit: 'What was changed, by whom and why.',
  impersonation: 'Staff who look at an account as one of its members does.',
  staff: 'The people who sign in here, and their roles.',
  account: 'Accounts of tenants, and their suspension.',
  credit: 'Corrections of credits.',
  payment: 'The queue of payments and their proofs.',
  user: 'People of tenants who are locked out.',
  invoice: 'Invoices of tenants.',
  statement: 'Bank statements, their lines, and what each line is booked as.',
  billing: 'Confirmation of bank transfers.',
  catalogue: 'What is sold: plans, prices, packages and payees, as the file declares them.',
  plan: 'Plans with their versions, and who is on which.',
  operation: 'What operations cost, and have cost.',
  creditProposal: 'Corrections of credits that two members of staff decide.',
  subscription: 'Plans, trials and grace of tenants.',
  member: 'Members of tenants, their invitations and sessions.',
  site: 'Sites of tenants.',
  apiKey: 'API keys of tenants.',
  usage: 'What tenants spent.',
  webhookEndpoint: 'Webhook endpoints of tenants, and what was sent to them.',
  email: 'E-mails that tenants were sent.',
  serviceKey: "Keys of the operator's own backend.",
};

/** The OpenAPI document of this app. `publicUrl` is where clients reach it. */
export function openApiDocument(publicUrl: string): OpenApiDocument {
  const cookieName = staffCookieName({ secure: publicUrl.startsWith('https:') });
  return makeDocument({
    ...gateDescription,
    router: adminRouter,
    files: fileRouter,
    title: 'Tenantry admin API',
    version: '1.0.0',
    serverUrl: `${publicUrl}/v1`,
    description: 'What staff of the operator do: accounts, credits, payments. It is a process of its own.',
    tags,
    bearer: `A session token of staff. A browser may keep its session in the cookie \`${cookieName}\` instead, which it sends by itself.`,
  });
}
