import { serviceKeyPrefix } from '@tenantry/contract/headers';
import { impersonationPrefix } from '@tenantry/domain/impersonation/credential';
import { rejected } from '../authenticate/rejected.ts';
import { tenantAudience } from './tenant.ts';

const otherPattern = new RegExp(`^Bearer (?:${serviceKeyPrefix}|${impersonationPrefix})`, 'i');

/**
 * The customers of a product: members and API keys of any account. A service key acts for every account, and an
 * impersonation is staff: neither is a customer's credential, and its secret is not looked at.
 */
export const customerAudience: typeof tenantAudience = {
  ...tenantAudience,
  authenticate: (context, calling) =>
    context.incoming.authorizations.some((one) => otherPattern.test(one))
      ? rejected('malformed')
      : tenantAudience.authenticate(context, calling),
};
