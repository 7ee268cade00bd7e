import type { Pool, PoolClient } from 'pg';

/**
 * Gives a connection back to its pool when it is lost while somebody works on it. The ORM's query builder gives back
 * only what it could commit or roll back, and a lost connection can do neither: each would keep its place in the pool
 * for ever, until nothing could be asked any more.
 */
export function giveBackLost(pool: Pool): void {
  const lent = new Set<PoolClient>();
  pool.on('acquire', (client) => lent.add(client));
  pool.on('release', (_fault, client) => lent.delete(client));
  pool.on('connect', (client) => {
    client.once('end', () => {
      if (!lent.has(client)) return;
      client.release(true);
      // Whoever still has it may give it back once more.
      client.release = () => undefined;
    });
  });
}
