import { type Socket, connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { faultsOfBooks } from '../../ledger-faults.ts';
import { transports } from '../../procedures.ts';
import { type Owner, registerOwner } from '../../users.ts';

const deadlineSeconds = 2;
let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
  // A second server on the same database, whose runs end soon.
  const ai = { baseUrl: app.provider.url, apiKey: 'k', model: 'test', deadlineSeconds };
  const api = await app.openAnother({ ai });
  const { close } = app;
  app = { ...app, url: api.url, close: () => api.close().then(close) };
});
afterAll(() => app.close());

const requests = {
  rest: { path: '/v1/operations/generate_ideas/runs', accept: 'accept: text/event-stream', input: {} },
  trpc: {
    path: '/trpc/operation.stream?batch=1',
    accept: 'trpc-accept: application/jsonl',
    input: { operation: 'generate_ideas' },
  },
};

/** Opens a stream on a socket of its own and reads nothing of it. */
function openUnread(transport: keyof typeof requests, { token }: Owner): Socket {
  const { path, accept, input } = requests[transport];
  const run = { ...input, prompt: 'Write at length.' };
  const body = JSON.stringify(transport === 'rest' ? run : { 0: run });
  const { hostname, port } = new URL(app.url);
  const socket = connect(Number(port), hostname).pause();
  const head = [
    `POST ${path} HTTP/1.1`,
    `host: ${hostname}`,
    `authorization: Bearer ${token}`,
    'content-type: application/json',
    accept,
    `content-length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ];
  socket.write(head.join('\r\n'));
  return socket;
}

describe.each(transports)('a reader over %s who takes nothing more', (transport) => {
  it('is charged at the deadline for what was handed to the socket, and may still read it (I10)', async () => {
    const owner = await registerOwner(app);
    const credits = async () => (await app.rest('GET', '/v1/credits', { bearer: owner.token })).body;
    app.provider.setFault('flood');
    const socket = openUnread(transport, owner);
    const began = performance.now();
    await expect.poll(async () => (await credits()).held, { timeout: 5000, interval: 20 }).toBe(15);
    await expect.poll(async () => (await credits()).held, { timeout: 8000 }).toBe(0);
    const milliseconds = performance.now() - began;
    expect(milliseconds).toBeGreaterThan(deadlineSeconds * 1000);
    expect(await credits()).toMatchObject({ spent: 15, held: 0, available: 985 });
    let read = '';
    socket.on('data', (chunk) => {
      read = (read + chunk.toString()).slice(-5000);
    });
    socket.resume();
    await expect.poll(() => read, { timeout: 10_000 }).toContain('"code":"run_interrupted"');
    expect(read).toContain('"credits":{"charged":15,"available":985}');
    socket.destroy();
    app.provider.setFault('none');
    expect(await faultsOfBooks(app.database, owner.accountId)).toEqual([]);
  }, 30_000);
});
