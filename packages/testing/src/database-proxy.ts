import { mkdtemp, rm } from 'node:fs/promises';
import { type Socket, createConnection, createServer } from 'node:net';
import { join } from 'node:path';
import type { TestDatabase } from './database.ts';

/** A socket in front of PostgreSQL that can stop to answer, as a stopped server or a broken network does. */
export interface DatabaseProxy {
  /** The database with the URLs of its roles through the proxy. */
  database: TestDatabase;
  /** From now on nothing passes in either direction, and connections stay open. New ones are accepted and get no answer. */
  freeze(): void;
  /** Everything that waits passes, in its order. */
  thaw(): void;
  /** How many connections clients hold open now. */
  connections(): number;
  close(): Promise<void>;
}

const socketName = '.s.PGSQL.5432';

/** Opens a proxy to a test database. */
export async function openDatabaseProxy(database: TestDatabase): Promise<DatabaseProxy> {
  const target = new URL(database.url('postgres'));
  const behind = join(target.searchParams.get('host') ?? '', socketName);
  const folder = await mkdtemp('/tmp/tenantry-proxy-');
  const pairs = new Set<readonly [Socket, Socket]>();
  let isFrozen = false;
  const server = createServer((client) => {
    const upstream = createConnection(behind);
    const pair = [client, upstream] as const;
    pairs.add(pair);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      from.on('data', (piece) => to.write(piece));
      from.on('error', () => from.destroy());
      from.on('end', () => to.end());
      from.on('close', () => {
        to.destroySoon();
        pairs.delete(pair);
      });
      if (isFrozen) from.pause();
    }
  });
  await new Promise<void>((resolve) => server.listen(join(folder, socketName), resolve));
  const each = (action: 'pause' | 'resume'): void => {
    isFrozen = action === 'pause';
    for (const pair of pairs) for (const socket of pair) socket[action]();
  };
  return {
    database: {
      ...database,
      url: (role) => {
        const url = new URL(database.url(role));
        url.searchParams.set('host', folder);
        return url.toString();
      },
    },
    freeze: () => each('pause'),
    thaw: () => each('resume'),
    connections: () => pairs.size,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const pair of pairs) for (const socket of pair) socket.destroy();
      await closed;
      await rm(folder, { recursive: true });
    },
  };
}
