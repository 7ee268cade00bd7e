/** What a process waits for of its database, at most, in milliseconds. */
export const databaseTimeouts = {
  /** PostgreSQL ends a statement that takes longer. */
  statementMilliseconds: 5000,
  /** PostgreSQL ends a wait for a lock. */
  lockMilliseconds: 2000,
  /** PostgreSQL ends a transaction in which nobody says anything. */
  idleInTransactionMilliseconds: 10_000,
  /** A connection is free, or opened anew. */
  connectMilliseconds: 5000,
  /** A connection on which somebody works says something; else it is closed, since PostgreSQL has no part in it any more. */
  silenceMilliseconds: 6000,
  /** The readiness probe is answered. */
  readyMilliseconds: 3000,
} as const;

/** The longest that one use of the database takes before it fails, in milliseconds. */
export const databaseAnswerMilliseconds =
  databaseTimeouts.connectMilliseconds + databaseTimeouts.silenceMilliseconds;

/** How long a repeated Idempotency-Key waits for the call that has it, in milliseconds. */
export const earlierCallMilliseconds = 2000;

/** How long an Idempotency-Key stays claimed by a call that never ends: one that calls abroad, and one of a person. */
export const claimSeconds = { call: 900, person: 60 } as const;

/** The settings that the timeouts of an HTTP server follow from. */
export interface ServerNeeds {
  /** The longest that one call of the provider may take; 0 on a server without runs. */
  readonly runDeadlineSeconds: number;
  /** The largest body of an upload. */
  readonly uploadBytesMax: number;
}

/** The timeouts of an HTTP server, in milliseconds. */
export interface ServerTimeouts {
  /** The head of a request arrives. */
  readonly headersMilliseconds: number;
  /** The body of a request arrives, unless it is an upload. */
  readonly bodyMilliseconds: number;
  /** The whole of a request arrives, an upload included. */
  readonly requestMilliseconds: number;
  /** A connection with a call under way carries a byte in either direction. */
  readonly silenceMilliseconds: number;
  /** A connection without a call is kept for the next; longer than a load balancer keeps it, which is a minute. */
  readonly keepAliveMilliseconds: number;
}

/** An upload may come over a line of 1 Mbit/s. */
const uploadBytesPerSecond = 125_000;

/** A call uses the database before and after its provider, and answers a little later. */
const databaseUses = 3;

/** The timeouts of a server, derived from everything that they must cover. */
export function serverTimeouts({ runDeadlineSeconds, uploadBytesMax }: ServerNeeds): ServerTimeouts {
  const headersMilliseconds = 10_000;
  const bodyMilliseconds = 25_000;
  const uploadMilliseconds = Math.ceil(uploadBytesMax / uploadBytesPerSecond) * 1000;
  const callMilliseconds =
    earlierCallMilliseconds + runDeadlineSeconds * 1000 + databaseUses * databaseAnswerMilliseconds;
  return {
    headersMilliseconds,
    bodyMilliseconds,
    requestMilliseconds: headersMilliseconds + Math.max(bodyMilliseconds, uploadMilliseconds),
    silenceMilliseconds: Math.max(60_000, callMilliseconds),
    keepAliveMilliseconds: 72_000,
  };
}
