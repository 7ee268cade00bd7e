import { createServer } from 'node:net';
import { createServer as createTlsServer } from 'node:https';
import { type Receiver, openReceiver } from '@tenantry/testing/webhook/receiver';
import { selfSigned } from '@tenantry/testing/webhook/certificate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SenderSettings, type WebhookSender, openSender } from './send.ts';

let receiver: Receiver;
let sender: WebhookSender;
const senders: WebhookSender[] = [];
const open = (more: Partial<SenderSettings> = {}) => {
  const opened = openSender({
    allowsLoopback: true,
    timeouts: { connectMilliseconds: 300, answerMilliseconds: 600, bodyMilliseconds: 200 },
    ...more,
  });
  senders.push(opened);
  return opened;
};
beforeAll(async () => {
  receiver = await openReceiver();
  sender = open();
});
afterAll(async () => {
  for (const one of senders) one.close();
  await receiver.close();
});

const send = (path: string, by = sender, base = receiver.url) =>
  by.send({ url: `${base}${path}`, headers: { 'webhook-id': 'one' }, body: '{"name":"Bücher"}' });
const ofPath = (path: string) => receiver.received.filter((one) => one.path === path);

/** A server of raw bytes on a free port, until the work has ended. */
async function withRawServer<T>(answer: string | null, work: (base: string) => Promise<T>): Promise<T> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    if (answer === null) socket.destroy();
    else socket.once('data', () => socket.end(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  try {
    return await work(`http://127.0.0.1:${port}`);
  } finally {
    server.close();
  }
}

describe('a webhook that is sent', () => {
  it('arrives byte for byte with its headers, and a second one on the same connection', async () => {
    const before = receiver.connections();
    expect(await send('/good')).toEqual({ outcome: 'delivered', status: 204, answer: null });
    await send('/good');
    expect(receiver.connections() - before).toBe(1);
    expect(ofPath('/good')[0]).toMatchObject({
      body: '{"name":"Bücher"}',
      headers: { 'webhook-id': 'one', 'content-type': 'application/json', 'content-length': '18' },
    });
  });

  it('is delivered by a status from 200 to 299, and keeps the first 200 characters of the answer on one line', async () => {
    receiver.answer('/text', (response) =>
      response.writeHead(200).end(`a\r\n\0\u001b[31mb ${'x'.repeat(500)}`),
    );
    const { answer, ...rest } = await send('/text');
    expect(rest).toEqual({ outcome: 'delivered', status: 200 });
    expect(answer).toHaveLength(200);
    expect(answer).toMatch(/^a \[31mb x+$/);
  });

  it('is rejected by another status, and tells what the endpoint asks for', async () => {
    receiver.answer('/busy', (response) => response.writeHead(503, { 'retry-after': '120' }).end('busy'));
    expect(await send('/busy')).toEqual({
      outcome: 'rejected',
      status: 503,
      answer: 'busy',
      retryAfterSeconds: 120,
    });
    receiver.answer('/gone', (response) => response.writeHead(410, { 'retry-after': 'soon' }).end());
    expect(await send('/gone')).toEqual({ outcome: 'gone', status: 410, answer: null });
  });

  it('follows no redirect', async () => {
    for (const status of [301, 302, 303, 307, 308]) {
      receiver.answer('/moved', (response) =>
        response.writeHead(status, { location: `${receiver.url}/target` }).end(),
      );
      expect(await send('/moved')).toMatchObject({ outcome: 'redirected', status });
    }
    expect(ofPath('/target')).toEqual([]);
  });

  it('gives up an endpoint that never answers, and one that sends its headers slowly', async () => {
    receiver.answer('/never', () => undefined);
    const begun = Date.now();
    expect(await send('/never')).toEqual({ outcome: 'timed_out', status: null, answer: null });
    receiver.answer('/slow', (response) => {
      response.socket?.write('HTTP/1.1 200 OK\r\n');
      const drip = setInterval(() => response.socket?.write('x-a: b\r\n'), 50);
      response.socket?.once('close', () => clearInterval(drip));
    });
    expect((await send('/slow')).outcome).toBe('timed_out');
    expect(Date.now() - begun).toBeLessThan(4000);
  });

  it('is delivered by the status of an endless body, of which it reads no more than it may', async () => {
    let isClosed = false;
    receiver.answer('/huge', (response) => {
      response.writeHead(200);
      const more = setInterval(() => response.write('y'.repeat(65_536)), 1);
      response.on('close', () => {
        isClosed = true;
        clearInterval(more);
      });
    });
    const begun = Date.now();
    const patient = open({
      timeouts: { connectMilliseconds: 300, answerMilliseconds: 600, bodyMilliseconds: 10_000 },
    });
    expect(await send('/huge', patient)).toEqual({
      outcome: 'delivered',
      status: 200,
      answer: 'y'.repeat(200),
    });
    receiver.answer('/dripping', (response) => response.writeHead(200).write('z'));
    expect(await send('/dripping')).toEqual({ outcome: 'delivered', status: 200, answer: 'z' });
    expect(Date.now() - begun).toBeLessThan(3000);
    await expect.poll(() => isClosed).toBe(true);
  });

  it.each([
    ['garbage', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['an endless header', `HTTP/1.1 200 OK\r\nx: ${'a'.repeat(100_000)}\r\n\r\n`],
    ['half an answer', 'HTTP/1.1 200'],
    ['nothing', null],
  ])('is not delivered by %s', async (_name, answer) => {
    expect(await withRawServer(answer, (base) => send('/', sender, base))).toEqual({
      outcome: 'unreachable',
      status: null,
      answer: null,
    });
  });

  it('is not delivered to a port where nobody listens', async () => {
    expect((await send('/', sender, 'http://127.0.0.1:1')).outcome).toBe('unreachable');
  });

  it('is sent again at once where the server had closed the connection that was kept', async () => {
    const own = open();
    receiver.answer('/closing', (response) => {
      response.writeHead(204).end();
      // Closed without a word while it is idle: the next request on it is reset.
      setTimeout(() => response.socket?.resetAndDestroy(), 20);
    });
    for (let round = 0; round < 5; round += 1) {
      expect((await send('/closing', own)).outcome).toBe('delivered');
      await new Promise((resolve) => setTimeout(resolve, 19 + round));
    }
  });

  it('is not delivered over TLS whose certificate is not valid for the host', async () => {
    const server = createTlsServer(await selfSigned(), (_request, response) => response.end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    expect((await send('/', sender, `https://localhost:${port}`)).outcome).toBe('tls_failed');
    server.close();
    const plain = new URL(receiver.url).port;
    expect((await send('/', sender, `https://127.0.0.1:${plain}`)).outcome).toBe('tls_failed');
  });
});

describe('the target of a webhook', () => {
  const resolving = (...answers: string[][]) => {
    let asked = 0;
    return {
      asked: () => asked,
      sender: open({
        allowsLoopback: false,
        resolve: (_hostname, answer) => {
          const addresses = answers[Math.min(asked, answers.length - 1)] ?? [];
          asked += 1;
          answer(
            null,
            addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
          );
        },
      }),
    };
  };

  it.each(['127.0.0.1', '10.1.2.3', '169.254.169.254', '100.64.0.9', '::1', 'fd00::1', '::ffff:127.0.0.1'])(
    'is refused where its name resolves to %s, and gets no connection',
    async (address) => {
      const before = receiver.connections();
      const { port } = new URL(receiver.url);
      const { sender: own } = resolving([address]);
      expect(await send('/', own, `http://hooks.example:${port}`)).toEqual({
        outcome: 'address_refused',
        status: null,
        answer: null,
      });
      expect(receiver.connections()).toBe(before);
    },
  );

  it('is refused where one of several addresses is not public', async () => {
    const { sender: own } = resolving([['93.184.216.34', '127.0.0.1']].flat());
    expect((await send('/', own, 'http://hooks.example')).outcome).toBe('address_refused');
  });

  it('is asked for once for each connection, and the connection goes to what was checked', async () => {
    // The first answer is public and nobody listens there; a second question would get this machine.
    const before = receiver.connections();
    const { port } = new URL(receiver.url);
    const rebinding = resolving(['93.184.216.34'], ['127.0.0.1']);
    expect((await send('/', rebinding.sender, `http://hooks.example:${port}`)).outcome).not.toBe('delivered');
    expect(rebinding.asked()).toBe(1);
    expect(receiver.connections()).toBe(before);
  });

  it.each(['http://127.0.0.1', 'http://[::1]', 'http://[::ffff:7f00:1]', 'http://0x7f.1', 'http://10.0.0.1'])(
    'is refused as %s, which is resolved by nobody',
    async (base) => {
      const { sender: own, asked } = resolving(['93.184.216.34']);
      expect((await send('/', own, base)).outcome).toBe('address_refused');
      expect(asked()).toBe(0);
    },
  );

  it('is not found where its name has no address', async () => {
    const own = open({
      resolve: (_hostname, answer) => answer(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), []),
    });
    expect((await send('/', own, 'http://hooks.example')).outcome).toBe('name_not_found');
    expect((await send('/', resolving([]).sender, 'http://hooks.example')).outcome).toBe('name_not_found');
  });
});
