import { isRefusal } from '@tenantry/domain/refusals';
import type { TenantActor } from '../authenticate/tenant.ts';
import { ownBucket } from '../own-bucket.ts';
import { type ResolvedAccount, resolveTenantAccount } from '../resolve-account/tenant.ts';
import type { CredentialTerms } from '../terms.ts';
import type { Audience } from './audience.ts';
import { type TenantApp, authenticateCaller } from './tenant.ts';

/**
 * Whoever holds a credential, in an account of any standing. A person who names no account, and does not have exactly one,
 * acts without. So does a service key that names none.
 */
export const credentialAudience: Audience<
  TenantApp,
  CredentialTerms,
  TenantActor,
  Partial<ResolvedAccount>
> = {
  name: 'credential',
  authenticate: authenticateCaller,
  resolveAccount: async ({ app, incoming, now }, { actor }) => {
    const resolved = await resolveTenantAccount(actor, incoming, app.authentication.accessCache, now);
    const namesNone = incoming.accounts.length + incoming.externalAccounts.length === 0;
    return isRefusal(resolved) && namesNone ? {} : resolved;
  },
  validatePlan: () => undefined,
  buckets: (_context, { actor, terms: { throttle } }) => [ownBucket(actor, throttle)],
  sitesOf: ({ access }) => access?.sites,
};
