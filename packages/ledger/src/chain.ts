import { createHash } from 'node:crypto';
import type { EntryFacts } from '@tenantry/domain/credit/books';

/** What an entry's hash covers, in this order. */
export interface ChainedEntry {
  accountId: string;
  id: string;
  sequence: number;
  at: Date;
  kind: string;
  from: string;
  to: string;
  amount: number;
  availableAfter: number;
  holdId: string | null;
  grantId: string | null;
  operation: string | null;
  siteId: string | null;
  actor: string;
  requestId: string;
  facts: EntryFacts;
}

/** The hash of an entry over its own content and the hash of the entry before it; 64 hex digits. */
export function chainHash(before: string, entry: ChainedEntry): string {
  const content: unknown[] = [
    before,
    entry.accountId,
    entry.id,
    entry.sequence,
    entry.at.toISOString(),
    entry.kind,
    entry.from,
    entry.to,
    entry.amount,
    entry.availableAfter,
    entry.holdId,
    entry.grantId,
    entry.operation,
    entry.siteId,
    entry.actor,
    entry.requestId,
    ...factsOf(entry.facts),
  ];
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

/**
 * The facts in one order, as the database keeps none. Facts that came later stand behind the first ones, and only
 * where there are any, so that every entry hashes as it did when it was written.
 */
function factsOf({
  grants,
  price,
  units,
  usage,
  source,
  reason,
  reference,
  reverses,
}: EntryFacts): unknown[] {
  const first = [
    grants?.map(({ grantId, amount }) => [grantId, amount]) ?? null,
    price === undefined ? null : [price.unit, price.unitSize, price.creditsPerUnit, price.creditsMin],
    units ?? null,
    usage === undefined ? null : [usage.inputTokens, usage.outputTokens, usage.source],
  ];
  const later = [source ?? null, reason ?? null, reference ?? null, reverses ?? null];
  if (later.some((one) => one !== null)) return [...first, ...later];
  return first.every((one) => one === null) ? [] : first;
}
