import type { CreditEntryInput } from '@tenantry/contract/credit-entry';
import { findEntry, findReturns } from '@tenantry/ledger/read/entries';
import { findGrants } from '@tenantry/ledger/read/grants';
import { findHold } from '@tenantry/ledger/read/holds';
import { maySeeSite } from '@tenantry/db/site/queries';
import { ruleOf } from '@tenantry/domain/credit/explain';
import { refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';
import { entryView, holdView, pricedAs } from './view.ts';

/**
 * Answers "why was I charged?": an entry with its hold, the grants that it drew on, the price and rule that made its
 * amount, the charge that it gives back, and the entries that gave it back. Refuses `not_found`.
 */
export async function explainEntry({ tx }: Context, { entryId }: CreditEntryInput) {
  const entry = await findEntry(tx, entryId);
  if (entry === null || !maySeeSite(tx, entry.siteId ?? null)) return refuse('not_found');
  const shown = entryView(entry);
  const { facts, holdId, grantId, amount } = { ...shown, facts: entry.facts };
  const hold = holdId === null ? null : await findHold(tx, holdId);
  const charge = shown.reversesId === null ? null : await findEntry(tx, shown.reversesId);
  const parts = facts.grants ?? (grantId === null ? [] : [{ grantId, amount }]);
  const grants = new Map(
    (
      await findGrants(
        tx,
        parts.map((part) => part.grantId),
      )
    ).map((grant) => [grant.id, grant]),
  );
  return {
    entry: shown,
    rule: ruleOf({ ...shown, facts }),
    hold: hold === null ? null : holdView(hold, tx.now),
    reverses: charge === null ? null : entryView(charge),
    reversedBy: (await findReturns(tx, entryId)).map(entryView),
    reason: facts.reason ?? null,
    grants: parts.map((part) => {
      const grant = grants.get(part.grantId);
      if (grant === undefined)
        throw new Error(
          `account ${tx.accountId}: entry ${entryId} names grant ${part.grantId}, which is missing`,
        );
      const { id, kind, reference, expiresAt = null } = grant;
      return { id, kind, reference, expiresAt, amount: part.amount };
    }),
    price:
      facts.price === undefined ? null : { version: facts.price.version ?? null, ...pricedAs(facts.price) },
    units: facts.units ?? null,
    usage: facts.usage ?? null,
  };
}
