import { once } from 'node:events';
import { type Socket, connect, createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * What becomes of a request: `cut_before_response` lets it through and ends the connection once the answer is there,
 * unseen; `blackhole` swallows it and its connection; `delay` brings its answer late.
 */
export type ProxyMode = 'pass' | 'cut_before_response' | 'blackhole' | 'delay';

export interface RunningProxy {
  readonly url: string;
  /** How often each mode was met by a piece of a request or of an answer. */
  met(mode: ProxyMode): number;
  /** Sets what becomes of the next requests; after `timesMax` of them everything passes again. */
  setMode(mode: ProxyMode, timesMax?: number): void;
  stop(): Promise<void>;
}

const delayMilliseconds = 2000;

/** Stands between a client and a server on the loopback address, and loses what it is told to lose. */
export async function startProxy(targetUrl: string): Promise<RunningProxy> {
  const target = new URL(targetUrl);
  const sockets = new Set<Socket>();
  const counts = new Map<ProxyMode, number>();
  let mode: ProxyMode = 'pass';
  let timesLeft = Number.POSITIVE_INFINITY;

  /** Whether this piece meets a mode; it then counts as one of the times. */
  function meets(wanted: ProxyMode): boolean {
    if (mode !== wanted) return false;
    counts.set(wanted, (counts.get(wanted) ?? 0) + 1);
    timesLeft -= 1;
    if (timesLeft <= 0) mode = 'pass';
    return true;
  }

  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    let isSwallowed = false;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    }
    client.on('close', () => upstream.destroy());
    // Whoever is swallowed hears nothing more, not even that the other side has gone.
    upstream.on('close', () => isSwallowed || client.destroy());
    client.on('data', (piece) => {
      isSwallowed ||= meets('blackhole');
      if (!isSwallowed) upstream.write(piece);
    });
    let delivered = Promise.resolve();
    upstream.on('data', (piece) => {
      if (isSwallowed) return;
      if (meets('cut_before_response')) return client.destroy();
      if (meets('delay')) delivered = delivered.then(() => wait(delayMilliseconds));
      delivered = delivered.then(() => void client.write(piece));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a proxy without a port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    met: (wanted) => counts.get(wanted) ?? 0,
    setMode: (wanted, timesMax = Number.POSITIVE_INFINITY) => {
      mode = wanted;
      timesLeft = timesMax;
    },
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
