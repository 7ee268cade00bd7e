import { countUsableKeys } from '@tenantry/db/api-key/queries';
import { countSectorsOfLargestSite, countSites } from '@tenantry/db/site/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import type { LimitName } from '@tenantry/domain/plans';
import { countSeats } from '../invitation/seats.ts';

/** What the account uses of each built-in limit, as it is counted where one more is asked for. */
export async function countUsed(tx: AccountTransaction): Promise<ReadonlyMap<string, number>> {
  const counts: Record<LimitName, number> = {
    users: await countSeats(tx),
    sites: await countSites(tx),
    sectorsPerSite: await countSectorsOfLargestSite(tx),
    apiKeys: await countUsableKeys(tx),
  };
  return new Map(Object.entries(counts));
}
