import type { FindInput } from '@tenantry/contract/search';
import { type Hit, findAccountsByName, findNamed } from '@tenantry/db/search/queries';
import { hitsMax } from '@tenantry/domain/search/hits';
import { searchTermsOf } from '@tenantry/domain/search/terms';
import type { DirectoryContext } from '../context.ts';

/** What of all accounts a text names, what is named exactly first; at most ten hits. A blank text names nothing. */
export async function findAnything({ database }: DirectoryContext, { q }: FindInput) {
  const terms = searchTermsOf(q);
  if (terms === undefined) return { items: [] };
  return database.withoutAccount.read({}, async (tx) => {
    const named = await findNamed(tx, terms, hitsMax);
    const byName = await findAccountsByName(tx, terms, hitsMax);
    const hits = new Map<string, Hit>();
    for (const hit of [...named, ...byName]) {
      const key = `${hit.kind} ${hit.id} ${hit.accountId}`;
      if (!hits.has(key)) hits.set(key, hit);
    }
    return { items: [...hits.values()].slice(0, hitsMax) };
  });
}
