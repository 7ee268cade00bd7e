import { createTenantryClient } from '@tenantry/client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { faultsOfBooks } from '../ledger-faults.ts';
import { runConcurrently } from '../concurrent-clients.ts';
import { type TestApp, openTestApp } from '../app.ts';
import { type Owner, registerOwner } from '../users.ts';
import { callProcedure, transports, verdictOf } from '../procedures.ts';
import { providerErrorText } from '../provider/start-provider.ts';

let app: TestApp;
let owner: Owner;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());
afterEach(async () => {
  app.provider.setFault('none');
  expect(await faultsOfBooks(app.database, owner.accountId)).toEqual([]);
});

const path = '/v1/operations/write_content/runs';
const body = { prompt: 'Write one sentence about tea.' };
const credits = async () => (await app.rest('GET', '/v1/credits', { bearer: owner.token })).body;
const settled = () => expect.poll(async () => (await credits()).held, { timeout: 5000 });

/** Streams a run to its end over either transport. */
async function streamOver(transport: (typeof transports)[number], headers: Record<string, string> = {}) {
  const bearer = { authorization: `Bearer ${owner.token}` };
  const input = { operation: 'write_content', ...body };
  return callProcedure(app, transport, {
    name: 'operation.stream',
    input,
    headers: { ...bearer, ...headers },
  });
}

const doors = {
  rest: {
    url: path,
    accept: { accept: 'text/event-stream' },
    input: body,
    delta: 'event: delta\ndata: {"text":',
  },
  trpc: {
    url: '/trpc/operation.stream?batch=1',
    accept: { 'trpc-accept': 'application/jsonl' },
    input: { 0: { operation: 'write_content', ...body } },
    delta: '{"event":"delta","text":',
  },
} as const;

/** Opens a stream and reads until something of the output was delivered. */
async function openStream(
  signal: AbortSignal,
  transport: (typeof transports)[number] = 'rest',
): Promise<ReadableStreamDefaultReader<Uint8Array>> {
  const { url, accept, input, delta } = doors[transport];
  const response = await fetch(app.url + url, {
    method: 'POST',
    headers: { authorization: `Bearer ${owner.token}`, 'content-type': 'application/json', ...accept },
    body: JSON.stringify(input),
    signal,
  });
  const reader = response.body?.getReader();
  if (response.status !== 200 || reader === undefined) throw new Error(`no stream: ${response.status}`);
  for (let read = ''; !read.includes(delta); ) {
    const { done, value } = await reader.read();
    if (done) throw new Error(`no delta: ${read}`);
    read += new TextDecoder().decode(value);
  }
  return reader;
}

/** Lets the owner's account run as often as it likes. */
async function unthrottle(): Promise<void> {
  await app.database.query(
    `update subscription set plan_id = (select id from plan where slug = 'unthrottled'), status = 'active',
     period_end = now() + interval '20 days' where account_id = $1`,
    [owner.accountId],
  );
  app.api.authentication.accessCache.forget();
}

describe.each(transports)('a streamed run over %s', (transport) => {
  it('delivers the output and then what it cost, at the reported usage', async () => {
    owner = await registerOwner(app);
    const whole = await app.rest('POST', path, { body, bearer: owner.token });
    const { body: streamed } = await streamOver(transport);
    const last = streamed.events.at(-1);
    const output = streamed.events.slice(0, -1).map((one: { text: string }) => one.text);
    expect(output.length).toBeGreaterThan(2);
    expect(output.join('')).toBe(whole.body.output);
    expect(last).toMatchObject({ event: 'done', finishReason: 'complete', usage: whole.body.usage });
    expect(last.credits).toEqual({
      charged: whole.body.credits.charged,
      available: whole.body.credits.available - whole.body.credits.charged,
    });
    expect(await credits()).toMatchObject({ held: 0, available: last.credits.available });
  });

  it('is refused before its first event as any call is', async () => {
    owner = await registerOwner(app);
    await app.rest('POST', '/v1/credits/holds', { body: { amount: 1000 }, bearer: owner.token });
    const asked = app.provider.requestCount();
    expect(verdictOf(await streamOver(transport))).toBe('402 insufficient_credits');
    expect(app.provider.requestCount()).toBe(asked);
  });

  it.each(['500', '429', 'reset'] as const)(
    'that fails with %s before its first piece costs nothing, and says nothing of what the provider said',
    async (fault) => {
      owner = await registerOwner(app);
      app.provider.setFault(fault);
      const { body: streamed } = await streamOver(transport);
      expect(streamed.events).toEqual([
        expect.objectContaining({
          event: 'failed',
          code: 'unavailable',
          credits: { charged: 0, available: 1000 },
        }),
      ]);
      expect(JSON.stringify(streamed)).not.toContain(providerErrorText);
      expect(await credits()).toMatchObject({ available: 1000, held: 0, spent: 0 });
    },
  );

  it('that breaks midway is billed for what was delivered, as counted here', async () => {
    owner = await registerOwner(app);
    app.provider.setFault('half_stream');
    const { body: streamed } = await streamOver(transport);
    const last = streamed.events.at(-1);
    expect(last).toMatchObject({ event: 'failed', code: 'unavailable' });
    expect(last.credits.charged).toBeGreaterThan(0);
    expect(await credits()).toMatchObject({ held: 0, spent: last.credits.charged });
  });

  it('without a reported usage is billed as counted here', async () => {
    owner = await registerOwner(app);
    app.provider.setFault('no_usage');
    const { body: streamed } = await streamOver(transport);
    expect(streamed.events.at(-1)).toMatchObject({ event: 'done', usage: { source: 'estimated' } });
  });

  it('is cut when its hold is used up, though the provider knows no bound', async () => {
    owner = await registerOwner(app);
    app.provider.setFault('endless');
    const { body: streamed } = await streamOver(transport);
    expect(streamed.events.at(-1)).toMatchObject({ event: 'done', finishReason: 'credits' });
    expect(streamed.events.length).toBeLessThan(4000);
    const { spent, held } = await credits();
    expect(held).toBe(0);
    expect(spent).toBe(streamed.events.at(-1).credits.charged);
  });

  it('is answered from memory to whoever repeats it with its key, whole or streamed (I11)', async () => {
    owner = await registerOwner(app);
    const headers = { 'idempotency-key': `again ${transport}`.replace(' ', '-') };
    const first = await streamOver(transport, headers);
    const asked = app.provider.requestCount();
    const again = await streamOver(transport, headers);
    // A stream over tRPC has sent its headers before it knows its answer.
    if (transport === 'rest') expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.body.events.at(-1)).toEqual(first.body.events.at(-1));
    const joined = (events: { text?: string }[]) => events.map(({ text = '' }) => text).join('');
    expect(joined(again.body.events)).toBe(joined(first.body.events));
    expect(app.provider.requestCount()).toBe(asked);
  });
});

describe('whoever leaves a stream', () => {
  it.each([
    ['stall', 'rest'],
    ['late_stall', 'rest'],
    ['stall', 'trpc'],
  ] as const)('pays for what was delivered, and no more (I10): %s over %s', async (fault, transport) => {
    owner = await registerOwner(app);
    app.provider.setFault(fault);
    const controller = new AbortController();
    await openStream(controller.signal, transport);
    expect((await credits()).held).toBeGreaterThan(0);
    controller.abort();
    await settled().toBe(0);
    expect((await credits()).spent).toBeGreaterThan(0);
  });

  it('and cuts its socket is billed once, at most its hold, a hundred times over', async () => {
    owner = await registerOwner(app);
    await unthrottle();
    app.provider.setFault('stall');
    const outcomes = await runConcurrently(100, 10, async () => {
      const controller = new AbortController();
      const reader = await openStream(controller.signal).catch(() => undefined);
      controller.abort();
      await reader?.cancel().catch(() => undefined);
      return reader === undefined ? 'refused' : 'left';
    });
    await settled().toBe(0);
    const { spent, available, granted, expired } = await credits();
    expect(available + spent + expired).toBe(granted);
    expect(spent).toBeGreaterThanOrEqual(outcomes['left'] ?? 0);
  }, 60_000);

  it('before anything was delivered pays nothing', async () => {
    owner = await registerOwner(app);
    app.provider.setFault('slow');
    const asked = app.provider.requestCount();
    const controller = new AbortController();
    const call = openStream(controller.signal).catch(() => undefined);
    await expect.poll(() => app.provider.requestCount()).toBe(asked + 1);
    controller.abort();
    await call;
    await settled().toBe(0);
    expect(await credits()).toMatchObject({ available: 1000, spent: 0 });
  });
});

describe.each(transports)('whoever leaves a stream over %s at any moment', (transport) => {
  it('leaves no hold behind, though nobody came to ask for its first event', async () => {
    owner = await registerOwner(app);
    await unthrottle();
    app.provider.setFault('stall');
    const outcomes = await runConcurrently(150, 10, async (index) => {
      const controller = new AbortController();
      const call = openStream(controller.signal, transport);
      const moment = new Promise((resolve) => setTimeout(resolve, index % 50));
      await Promise.race(index % 3 === 0 ? [call] : [call.catch(() => undefined), moment]);
      controller.abort();
      return call.then(
        () => 'left a stream',
        () => 'left before it',
      );
    });
    expect(outcomes['left before it']).toBeGreaterThan(0);
    expect(outcomes['left a stream']).toBeGreaterThanOrEqual(50);
    await settled().toBe(0);
  }, 60_000);
});

describe('the typed client', () => {
  it('reads a stream as it comes, and a caller that cannot is told so before anything is held', async () => {
    owner = await registerOwner(app);
    const client = createTenantryClient({ url: app.url, credential: owner.token });
    const events: string[] = [];
    for await (const event of await client.operation.stream.mutate({ operation: 'write_content', ...body }))
      events.push(event.event);
    expect(events.slice(0, 2)).toEqual(['delta', 'delta']);
    expect(events.at(-1)).toBe('done');
    const before = await credits();
    const plain = await app.trpc(
      'operation.stream',
      { operation: 'write_content', ...body },
      { bearer: owner.token },
    );
    expect(verdictOf(plain)).toBe('415 unsupported_media_type');
    expect(await credits()).toEqual(before);
  });
});
