import { databaseTimeouts } from '@tenantry/domain/timeouts';
import type { Pool, PoolClient } from 'pg';

/** What the work on a connection fails with when the database has stopped to answer it. */
export class SilentDatabaseError extends Error {
  /** PostgreSQL's class of lost connections. */
  readonly code = '08006';
  constructor(milliseconds: number) {
    super(`the database did not answer for ${milliseconds} milliseconds`);
  }
}

/**
 * Closes a connection of a pool on which somebody works and nothing passes for `milliseconds`. PostgreSQL bounds each
 * statement itself, and cannot when it is stopped or the network swallows what is sent. Its statements then fail with a
 * SilentDatabaseError, and the pool opens another connection. What becomes of a commit that was sent is unknown.
 */
export function closeSilent(pool: Pool, milliseconds: number = databaseTimeouts.silenceMilliseconds): void {
  const lent = new Set<PoolClient>();
  pool.on('acquire', (client) => lent.add(client));
  pool.on('release', (_fault, client) => lent.delete(client));
  pool.on('connect', (client) => {
    const { stream } = connectionOf(client);
    stream.setTimeout(milliseconds);
    stream.on('timeout', () => {
      if (lent.has(client)) stream.destroy(new SilentDatabaseError(milliseconds));
    });
  });
}

/** The socket of a connection, as far as a bound of its silence needs it. */
interface Connection {
  readonly stream: {
    setTimeout(milliseconds: number): void;
    on(event: 'timeout', onSilence: () => void): void;
    destroy(fault: Error): void;
  };
}

// The driver's pool hands out whole clients; its types leave out the socket.
function connectionOf(client: PoolClient): Connection {
  return (client as PoolClient & { readonly connection: Connection }).connection;
}
