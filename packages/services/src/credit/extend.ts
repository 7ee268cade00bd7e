import type { ExtendHoldInput } from '@tenantry/contract/credit-hold';
import { maySeeSite } from '@tenantry/db/site/queries';
import { extendedExpiry } from '@tenantry/domain/credit/hold';
import { refuse } from '@tenantry/domain/refusals';
import { change } from '@tenantry/ledger/change';
import { findHold } from '@tenantry/ledger/read/holds';
import type { LedgerService } from '@tenantry/ledger/service';
import type { Context } from '../context.ts';
import { type HoldView, holdView } from './view.ts';

/**
 * Lets an open hold live for `ttlSeconds` from now, and never shortens it. No credits move, so that the journal has no
 * entry of it; the audit row says who extended it. Refuses `not_found`, `hold_resolved` for a hold that was settled or
 * released or has expired, and `conflict` for a hold of a site that was archived or deleted: it can only be resolved.
 */
export async function extendHold({ tx }: Context, { holdId, ttlSeconds }: ExtendHoldInput) {
  const hold = await findHold(tx, holdId);
  if (hold === null) return refuse('not_found');
  return change(tx, extendOpenHold, { holdId, ttlSeconds, siteId: hold.siteId ?? null });
}

const extendOpenHold: LedgerService<
  ExtendHoldInput & { siteId: string | null },
  HoldView,
  'not_found' | 'hold_resolved' | 'conflict'
> = {
  reads: ({ holdId, siteId }) => ({ holdIds: [holdId], siteIds: siteId === null ? [] : [siteId] }),
  decide(context, { holdId, ttlSeconds, siteId }) {
    const { view, now } = context;
    const hold = view.hold(holdId);
    if (hold === undefined || !maySeeSite(context, hold.siteId)) return refuse('not_found');
    if (hold.status !== 'open') return refuse('hold_resolved');
    if (siteId !== null && !view.hasSite(siteId)) return refuse('conflict');
    const expiresAt = extendedExpiry(hold.expiresAt, ttlSeconds, now);
    const answer = holdView({ ...hold, expiresAt }, now);
    return { books: view.books, extended: [{ id: holdId, expiresAt }], answer };
  },
};
