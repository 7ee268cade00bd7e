import { createHash } from 'node:crypto';
import type { EntryFacts } from '@tenantry/domain/credit/books';

/** The fields that the hash of an entry covers, in this order. */
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

/** The hash of an entry: SHA-256 over its content and the hash of the entry before it, as 64 hex digits. */
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
 * The facts in a fixed order, because the database keeps none. Facts that were added to the format follow the first
 * ones, and are left out when none is set. So the hash of an older entry does not change.
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
  onBehalfOf,
}: EntryFacts): unknown[] {
  const first = [
    grants?.map(({ grantId, amount }) => [grantId, amount]) ?? null,
    price === undefined ? null : [price.unit, price.unitSize, price.creditsPerUnit, price.creditsMin],
    units ?? null,
    usage === undefined ? null : [usage.inputTokens, usage.outputTokens, usage.source],
  ];
  const added = [source ?? null, reason ?? null, reference ?? null, reverses ?? null];
  const priced = [
    price?.version ?? null,
    price?.rates === undefined ? null : [price.rates.input, price.rates.cachedInput, price.rates.output],
  ];
  const parts = [usage?.cachedInputTokens ?? null, usage?.reasoningTokens ?? null];
  if (onBehalfOf !== undefined) return [...first, ...added, ...priced, ...parts, onBehalfOf];
  if (parts.some((one) => one !== null)) return [...first, ...added, ...priced, ...parts];
  if (priced.some((one) => one !== null)) return [...first, ...added, ...priced];
  if (added.some((one) => one !== null)) return [...first, ...added];
  return first.every((one) => one === null) ? [] : first;
}
