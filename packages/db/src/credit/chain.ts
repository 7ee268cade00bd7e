import { createHash } from 'node:crypto';

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
}

/** The hash of an entry over its own content and the hash of the entry before it; 64 hex digits. */
export function chainHash(before: string, entry: ChainedEntry): string {
  const content = [
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
  ];
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}
