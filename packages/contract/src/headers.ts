import { impersonationPrefix } from '@tenantry/domain/impersonation/credential';

/** The header that names the account that a call is for. */
export const accountHeader = 'Tenantry-Account';

/** The header that names the account by the operator's own id of it. Service keys alone may use it. */
export const externalAccountHeader = 'Tenantry-External-Account';

/** The header that says whom a service key acts for; it is written down with what the call changes. */
export const onBehalfOfHeader = 'Tenantry-On-Behalf-Of';

/** The header that makes a retried call safe. */
export const idempotencyKeyHeader = 'Idempotency-Key';

/** The header that marks an answer as that of an earlier call with the same key. */
export const idempotencyReplayedHeader = 'Idempotency-Replayed';

/** The response headers that a page of another origin may read. */
export const browserHeaders = [
  'RateLimit',
  'RateLimit-Policy',
  'Retry-After',
  'X-Request-Id',
  idempotencyReplayedHeader,
] as const;

/** How API keys begin. */
export const apiKeyPrefix = 'tny_';

/** How service keys begin. */
export const serviceKeyPrefix = 'tns_';

/** How the credentials begin that must not stand in a query. */
export const credentialPrefixes = [apiKeyPrefix, serviceKeyPrefix, impersonationPrefix] as const;

/** The headers that the gate reads of an account and its caller, in lower case as they come in. */
export const gateHeaders = {
  account: accountHeader.toLowerCase(),
  externalAccount: externalAccountHeader.toLowerCase(),
  onBehalfOf: onBehalfOfHeader.toLowerCase(),
} as const;

/** The cookie that holds a session, by whether it is sent over https alone. */
export const sessionCookieName = ({ secure }: { secure: boolean }): string =>
  secure ? '__Host-tenantry' : 'tenantry';

/** The cookie that holds a session of staff, by whether it is sent over https alone. */
export const staffCookieName = ({ secure }: { secure: boolean }): string =>
  secure ? '__Host-tenantry-admin' : 'tenantry-admin';
