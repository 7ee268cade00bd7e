import { type IncomingHttpHeaders, createServer } from 'node:http';
import { type AddressInfo, type Server, createServer as createSocketServer } from 'node:net';

/** A product behind a proxy: it answers every request, and keeps the headers of those that reached it. */
export interface Product {
  port: number;
  reached: IncomingHttpHeaders[];
  stop(): Promise<void>;
}

/** Starts a product. It takes WebSocket connections too, and ends each at once. */
export async function startProduct(): Promise<Product> {
  const reached: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    reached.push(request.headers);
    response.end('an article');
  });
  server.on('upgrade', ({ headers }, socket) => {
    reached.push(headers);
    socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  });
  const port = await listen(server);
  return { port, reached, stop: () => closed(server) };
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createSocketServer();
  const port = await listen(server);
  await closed(server);
  return port;
}

/** Waits until a proxy answers; the test's time ends the wait. */
export async function answering(where: string): Promise<void> {
  for (;;) {
    const answer = await fetch(where).catch(() => undefined);
    if (answer !== undefined) return;
    await new Promise((done) => setTimeout(done, 50));
  }
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return portOf(server.address());
}

const closed = (server: Server) => new Promise<void>((done) => server.close(() => done()));

// A server that listens on a port has an address with one.
function portOf(address: AddressInfo | string | null): number {
  return (address as AddressInfo).port;
}
