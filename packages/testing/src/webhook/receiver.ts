import { type IncomingHttpHeaders, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A request that an endpoint got. */
export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
  at: number;
}

/** An HTTP server that plays the endpoints of others, each path as a test says. */
export interface Receiver {
  url: string;
  received: Received[];
  /** Connections that were opened. */
  connections(): number;
  /** What a path answers from now on; without one it answers 204. */
  answer(path: string, how: (response: ServerResponse, request: Received) => void): void;
  /** Waits until a path got so many requests. Throws after 20 seconds. */
  waitFor(path: string, requests: number): Promise<Received[]>;
  close(): Promise<void>;
}

const patienceMilliseconds = 8000;

/** Opens a receiver on a free port of this machine. */
export async function openReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const answers = new Map<string, (response: ServerResponse, request: Received) => void>();
  const sockets = new Set<Socket>();
  let opened = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      const one = { path, headers: request.headers, body: Buffer.concat(chunks).toString(), at: Date.now() };
      received.push(one);
      const answer = answers.get(path);
      if (answer === undefined) response.writeHead(204).end();
      else answer(response, one);
    });
  });
  server.on('connection', (socket) => {
    opened += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const ofPath = (path: string) => received.filter((one) => one.path === path);
  return {
    url: `http://127.0.0.1:${portOf(server.address())}`,
    received,
    connections: () => opened,
    answer: (path, how) => void answers.set(path, how),
    waitFor: async (path, requests) => {
      for (let waited = 0; ofPath(path).length < requests; waited += 20) {
        if (waited > patienceMilliseconds)
          throw new Error(`${path} got ${ofPath(path).length} of ${requests} requests`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return ofPath(path);
    },
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === 'string') throw new Error('the receiver has no port');
  return address.port;
}
