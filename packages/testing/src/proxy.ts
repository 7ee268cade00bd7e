import { once } from 'node:events';
import { type Socket, connect, createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * What happens to a request: `cut_before_response` forwards it and closes the connection when the response arrives,
 * without forwarding that; `blackhole` drops the request and everything after it; `delay` forwards the response late.
 */
export type ProxyMode = 'pass' | 'cut_before_response' | 'blackhole' | 'delay';

export interface RunningProxy {
  readonly url: string;
  /** How many pieces of requests or responses a mode was applied to. */
  met(mode: ProxyMode): number;
  /** Sets the mode of the next requests; after `timesMax` of them everything passes again. */
  setMode(mode: ProxyMode, timesMax?: number): void;
  stop(): Promise<void>;
}

const delayMilliseconds = 2000;

/** Starts a proxy on the loopback address between clients and a server. */
export async function startProxy(targetUrl: string): Promise<RunningProxy> {
  const target = new URL(targetUrl);
  const sockets = new Set<Socket>();
  const counts = new Map<ProxyMode, number>();
  let mode: ProxyMode = 'pass';
  let timesLeft = Number.POSITIVE_INFINITY;

  /** Whether the mode applies to this piece, which is then counted. */
  function applies(wanted: ProxyMode): boolean {
    if (mode !== wanted) return false;
    counts.set(wanted, (counts.get(wanted) ?? 0) + 1);
    timesLeft -= 1;
    if (timesLeft <= 0) mode = 'pass';
    return true;
  }

  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    let isDropped = false;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    }
    client.on('close', () => upstream.destroy());
    // A dropped connection stays open and silent, also when the server closes it.
    upstream.on('close', () => isDropped || client.destroy());
    client.on('data', (piece) => {
      isDropped ||= applies('blackhole');
      if (!isDropped) upstream.write(piece);
    });
    let delivered = Promise.resolve();
    upstream.on('data', (piece) => {
      if (isDropped) return;
      if (applies('cut_before_response')) return client.destroy();
      if (applies('delay')) delivered = delivered.then(() => wait(delayMilliseconds));
      delivered = delivered.then(() => void client.write(piece));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
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
