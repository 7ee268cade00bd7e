import { serviceKeyPrefix } from '@tenantry/contract/headers';
import { rejected } from '../authenticate/rejected.ts';
import { tenantAudience } from './tenant.ts';

const serviceKeyPattern = new RegExp(`^Bearer ${serviceKeyPrefix}`, 'i');

/**
 * The customers of a product: members and API keys of any account. A service key acts for every account, and is no
 * customer's credential; its secret is not looked at.
 */
export const customerAudience: typeof tenantAudience = {
  ...tenantAudience,
  authenticate: (context, calling) =>
    context.incoming.authorizations.some((one) => serviceKeyPattern.test(one))
      ? rejected('malformed')
      : tenantAudience.authenticate(context, calling),
};
