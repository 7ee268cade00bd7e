import { createHash } from 'node:crypto';

/** What the hash of an audit entry or a security event covers. A security event has no account and no subject. */
export interface Recorded {
  readonly accountId: string | null;
  readonly id: string;
  readonly at: Date;
  readonly action: string;
  readonly actor: string;
  readonly requestId: string;
  readonly subjectId: string | null;
  readonly facts: Readonly<Record<string, string>>;
}

/** In how many chains the security events stand: changes of different people rarely wait for each other. */
export const stripes = 16;

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest();

/** The chain of an actor's security events, from 0. */
export function stripeOf(actor: string): number {
  return (sha256(actor)[0] ?? 0) % stripes;
}

/** The content of a record as the one text that its hash covers. The database keeps no order of facts; this one does. */
export function contentOf({
  accountId,
  id,
  at,
  action,
  actor,
  requestId,
  subjectId,
  facts,
}: Recorded): string {
  const sorted = Object.entries(facts).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([accountId, id, at.toISOString(), action, actor, requestId, subjectId, sorted]);
}

/** The hash of a record: SHA-256 over the hash before it, its place from 1, and its content, as 64 hex digits. */
export function recordHash(before: string, sequence: number, content: string): string {
  return sha256(`${before}:${sequence}:${content}`).toString('hex');
}

/**
 * The same hash as PostgreSQL computes it for the row that follows a head, in the statement that moves the head: so a
 * record costs no round trip to learn what it follows.
 */
export const hashAfter = (before: string, sequence: string, content: string): string =>
  `encode(sha256(convert_to(${before} || ':' || (${sequence})::text || ':' || ${content}, 'UTF8')), 'hex')`;
