import { findInput, searchHits } from '@tenantry/contract/search';
import { findAnything } from '@tenantry/services/search/find';
import { router, runWithoutAccount, staff } from '../procedures.ts';

export const searchRouter = router({
  find: staff(
    { power: 'account:read', throttle: 'default' },
    {
      method: 'GET',
      path: '/search',
      tags: ['search'],
      summary: 'What of all accounts a text names, at most ten hits',
    },
  )
    .input(findInput)
    .output(searchHits)
    .query(runWithoutAccount(findAnything)),
});
