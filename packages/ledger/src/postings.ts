import { newId } from '@tenantry/db/ids';
import type { EntryFacts } from '@tenantry/domain/credit/books';
import type { Posting } from '@tenantry/domain/credit/ledger';
import { type ChainedEntry, chainHash } from './chain.ts';

/** A posting with its id and who made it. */
export type SignedPosting = Posting & { id: string; actor: string; requestId: string };

/** Who makes postings, in which request. */
export interface Signature {
  actor: string;
  requestId: string;
  /** What is written down of the actor besides the name. */
  facts?: Pick<EntryFacts, 'onBehalfOf'>;
}

/** Signs what became due by time alone. */
export const clockSignature: Signature = { actor: 'system:clock', requestId: '' };

/** Signs postings with who makes them. */
export function sign(
  postings: readonly Posting[],
  { actor, requestId, facts = {} }: Signature,
): SignedPosting[] {
  return postings.map((posting) => ({
    ...posting,
    facts: { ...posting.facts, ...facts },
    actor,
    requestId,
    id: newId(),
  }));
}

/** What the first of new entries follows. */
export interface ChainPlace {
  accountId: string;
  /** The number and the hash of the newest entry, and what it left available. */
  sequence: number;
  headHash: string;
  available: number;
}

/** Numbers and chains postings; a posting without a time of its own was made at `now`. */
export function chainEntries(
  { accountId, sequence, headHash: head, available: left }: ChainPlace,
  postings: readonly SignedPosting[],
  now: Date,
): { entries: (ChainedEntry & { hash: string })[]; headHash: string } {
  let [headHash, availableAfter] = [head, left];
  const entries = postings.map((posting, index) => {
    if (posting.from === 'available') availableAfter -= posting.amount;
    if (posting.to === 'available') availableAfter += posting.amount;
    const { holdId = null, grantId = null, operation = null, siteId = null, facts = {}, at = now } = posting;
    const place = { accountId, sequence: sequence + index + 1, at, availableAfter };
    const content = { ...posting, ...place, holdId, grantId, operation, siteId, facts };
    headHash = chainHash(headHash, content);
    return { ...content, hash: headHash };
  });
  return { entries, headHash };
}
