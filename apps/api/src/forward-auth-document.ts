import { forwardAuthTerms } from '@tenantry/contract/forward-auth';
import { accountHeader } from '@tenantry/contract/headers';
import { gateDescription } from '@tenantry/gate/openapi';
import { anyScope } from '@tenantry/gate/terms';
import type { DocumentedEndpoint } from '@tenantry/rest/document-options';

const text = (description: string, example: string) => ({
  description,
  schema: { type: 'string', examples: [example] },
});

/** The headers with which a proxy is told who calls. Every one is there whenever a request may pass. */
export const callerHeaders = {
  'Tenantry-Account': text('The id of the account.', '0198f0c0-5e1a-7c3d-8a11-2f6b0c9d4e01'),
  'Tenantry-Actor': text(
    'Who calls: `user:` or `api_key:`, and the id.',
    'api_key:0198f0c0-5e1a-7c3d-8a11-2f6b0c9d4e05',
  ),
  'Tenantry-Plan': text('The slug of the plan.', 'growth'),
  'Tenantry-Role': text('The role of a person; `none` for a key.', 'none'),
  'Tenantry-Scopes': text(
    'The scopes of a key, or of the role, with spaces between.',
    'operation:run credit:spend',
  ),
  'Tenantry-Sites': text('`all`, `none`, or the ids of the sites that the caller is limited to.', 'all'),
};

const refusalHeaders = {
  'Tenantry-Status': text('The status of the refusal, also where `deny` hides it.', '402'),
  'Tenantry-Code': text('The code of the refusal.', 'plan_lacks_feature'),
};

/** The response headers that no other endpoint has. */
export const forwardAuthHeaders = { ...callerHeaders, ...refusalHeaders };

/** What the gate can refuse, whatever terms the query has. */
const gateCall = {
  name: 'forwardAuth',
  type: 'query',
  inputs: [forwardAuthTerms],
  meta: {
    terms: {
      audience: 'tenant',
      scope: anyScope,
      throttle: 'default',
      feature: 'operations',
      reach: 'account',
    },
  },
} as const;

/** The question of a proxy, as the document describes it. `publicUrl` is where clients reach the app. */
export function forwardAuthEndpoint(publicUrl: string): DocumentedEndpoint {
  return {
    path: '/forward-auth',
    serverUrl: publicUrl,
    operationId: 'forwardAuth',
    summary: 'Ask the gate before a request is let through',
    description:
      'For nginx `auth_request`, Caddy `forward_auth` and Traefik `forwardAuth`. Runs the gate for the credential in `Authorization`, with the terms of the query, which the configuration of the proxy says. Answers 200 without a body, or the refusal that a direct call would get; with `deny=403` a refusal has the status 403, and `Tenantry-Status` its own. A cookie is not read, a service key is refused, and no credits are held.',
    tags: ['proxy'],
    query: forwardAuthTerms,
    headers: [accountHeader],
    refusals: [...gateDescription.refusalsOf(gateCall), { status: 500, code: 'internal_error' }],
    responseHeadersOf: (status) => [
      ...Object.keys(status === 200 ? callerHeaders : refusalHeaders),
      ...gateDescription.responseHeadersOf(gateCall, status),
    ],
  };
}
