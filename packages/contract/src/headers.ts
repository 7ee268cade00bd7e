/** The header that names the account that a call is for. */
export const accountHeader = 'Tenantry-Account';

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

/** The cookie that holds a session, by whether it is sent over https alone. */
export const sessionCookieName = ({ secure }: { secure: boolean }): string =>
  secure ? '__Host-tenantry' : 'tenantry';
