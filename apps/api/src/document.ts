import { sessionCookieName } from '@tenantry/contract/headers';
import { gateDescription } from '@tenantry/gate/openapi';
import { type OpenApiDocument, makeDocument } from '@tenantry/rest/document';
import { fileRouter } from './files.ts';
import { forwardAuthEndpoint, forwardAuthHeaders } from './forward-auth-document.ts';
import { appRouter } from './router.ts';

const description = `Accounts, members, sites, plans, credits, API keys and payments behind one gate.
Every error is an RFC 9457 problem; decide on its \`code\`. A mutation that reads \`Idempotency-Key\` may be repeated safely.`;

const tags = {
  registration: 'New people with an account of their own.',
  session: 'Signing in, refreshing and signing out.',
  password: 'Resets of a forgotten password.',
  email: 'Confirmation of addresses.',
  me: 'The person who is signed in.',
  totp: 'The second factor of a person.',
  account: 'The account: its name and its state.',
  member: 'Who belongs to the account, and in which role.',
  invitation: 'Invitations to become a member.',
  site: 'The sites of the account.',
  sector: 'The sectors of a site.',
  apiKey: 'Keys with which programs act for the account.',
  credential: 'What a credential is and may do.',
  plan: 'The plans on offer.',
  subscription: 'The plan of the account and its standing.',
  credit: 'Credits: balance, holds, entries, grants and limits.',
  operation: 'Priced operations and their runs.',
  usage: 'What was spent, by day, operation, site or key.',
  invoice: 'Invoices of the account.',
  payment: 'Payments and their proofs.',
  webhookEndpoint: 'Where messages of the account are sent, and what became of them.',
  platform: 'Figures of the whole platform, for system accounts.',
  proxy: 'What a proxy asks before it lets a request through.',
};

/** The OpenAPI document of this app. `publicUrl` is where clients reach it. */
export function openApiDocument(publicUrl: string): OpenApiDocument {
  const cookieName = sessionCookieName({ secure: publicUrl.startsWith('https:') });
  return makeDocument({
    ...gateDescription,
    router: appRouter,
    files: fileRouter,
    endpoints: [forwardAuthEndpoint(publicUrl)],
    responseHeaders: { ...gateDescription.responseHeaders, ...forwardAuthHeaders },
    title: 'Tenantry API',
    version: '1.0.0',
    serverUrl: `${publicUrl}/v1`,
    description,
    tags,
    bearer: `An access token or an API key. A browser may keep its session in the cookie \`${cookieName}\` instead, which it sends by itself.`,
  });
}
