import { createTenantryClient } from '@tenantry/client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { faultsOfBooks } from '../../ledger-faults.ts';
import { type TestApp, openTestApp } from '../../app.ts';
import { type Owner, registerOwner } from '../../users.ts';
import { callProcedure, transports, verdictOf } from '../../procedures.ts';
import { providerErrorText } from '../../provider/start-provider.ts';
import { runBody, runPath, streamOver } from './stream.fixture.ts';

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

const credits = async () => (await app.rest('GET', '/v1/credits', { bearer: owner.token })).body;

describe.each(transports)('a streamed run over %s', (transport) => {
  it('delivers the output and then what it cost, at the reported usage', async () => {
    owner = await registerOwner(app);
    const whole = await app.rest('POST', runPath, { body: runBody, bearer: owner.token });
    const { body: streamed } = await streamOver(app, owner, transport);
    const last = streamed.events.at(-1);
    const output = streamed.events.slice(0, -1).map((one: { text: string }) => one.text);
    expect(output.length).toBeGreaterThan(2);
    expect(output.join('')).toBe(whole.body.output);
    expect(last).toMatchObject({ event: 'done', finishReason: 'stop', usage: whole.body.usage });
    expect(last.credits).toEqual({
      charged: whole.body.credits.charged,
      available: whole.body.credits.available - whole.body.credits.charged,
    });
    expect(await credits()).toMatchObject({ held: 0, available: last.credits.available });
  });

  it('is refused before its first event like any other call', async () => {
    owner = await registerOwner(app);
    await app.rest('POST', '/v1/credits/holds', { body: { amount: 1000 }, bearer: owner.token });
    const asked = app.provider.requestCount();
    expect(verdictOf(await streamOver(app, owner, transport))).toBe('402 insufficient_credits');
    expect(app.provider.requestCount()).toBe(asked);
  });

  it.each(['500', '429', 'reset'] as const)(
    'that fails with %s before its first piece costs nothing, and does not repeat the text of the provider',
    async (fault) => {
      owner = await registerOwner(app);
      app.provider.setFault(fault);
      const { body: streamed } = await streamOver(app, owner, transport);
      expect(streamed.events).toEqual([
        expect.objectContaining({
          event: 'failed',
          code: 'provider_unavailable',
          credits: { charged: 0, available: 1000 },
        }),
      ]);
      expect(JSON.stringify(streamed)).not.toContain(providerErrorText);
      expect(await credits()).toMatchObject({ available: 1000, held: 0, spent: 0 });
    },
  );

  it('that breaks midway is charged for what was delivered, by an estimate', async () => {
    owner = await registerOwner(app);
    app.provider.setFault('half_stream');
    const { body: streamed } = await streamOver(app, owner, transport);
    const last = streamed.events.at(-1);
    expect(last).toMatchObject({ event: 'failed', code: 'provider_unavailable' });
    expect(last.credits.charged).toBeGreaterThan(0);
    expect(await credits()).toMatchObject({ held: 0, spent: last.credits.charged });
  });

  it('without a reported usage is charged by an estimate', async () => {
    owner = await registerOwner(app);
    app.provider.setFault('no_usage');
    const { body: streamed } = await streamOver(app, owner, transport);
    expect(streamed.events.at(-1)).toMatchObject({ event: 'done', usage: { source: 'estimated' } });
  });

  it('ends at the most tokens of output, although the provider does not stop and there are credits', async () => {
    owner = await registerOwner(app);
    app.provider.setFault('endless');
    const { body: streamed } = await streamOver(app, owner, transport);
    expect(streamed.events.at(-1)).toMatchObject({ event: 'done', finishReason: 'length' });
    expect(streamed.events.length).toBeLessThan(4000);
    const { spent, held } = await credits();
    expect(held).toBe(0);
    expect(spent).toBe(streamed.events.at(-1).credits.charged);
  });

  it('ends for want of credits where there are none above its hold', async () => {
    owner = await registerOwner(app);
    await app.rest('POST', '/v1/credits/holds', { body: { amount: 980 }, bearer: owner.token });
    app.provider.setFault('endless');
    const { body: streamed } = await callProcedure(app, transport, {
      name: 'operation.stream',
      input: { operation: 'write_content', ...runBody, maxOutputTokens: 1900 },
      headers: { authorization: `Bearer ${owner.token}` },
    });
    const last = streamed.events.at(-1);
    const cost = { charged: 20, available: 0 };
    expect(last).toMatchObject({ event: 'done', finishReason: 'credits', credits: cost });
  });

  it('gets its stored answer when it is repeated with its key (I11)', async () => {
    owner = await registerOwner(app);
    const headers = { 'idempotency-key': `again ${transport}`.replace(' ', '-') };
    const first = await streamOver(app, owner, transport, headers);
    const asked = app.provider.requestCount();
    const again = await streamOver(app, owner, transport, headers);
    // A stream over tRPC has sent its headers before it knows its answer.
    if (transport === 'rest') expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.body.events.at(-1)).toEqual(first.body.events.at(-1));
    const joined = (events: { text?: string }[]) => events.map(({ text = '' }) => text).join('');
    expect(joined(again.body.events)).toBe(joined(first.body.events));
    expect(app.provider.requestCount()).toBe(asked);
  });
});

describe('the typed client', () => {
  it('reads a stream as it comes, and a caller that accepts no stream is refused before anything is held', async () => {
    owner = await registerOwner(app);
    const client = createTenantryClient({ url: app.url, credential: owner.token });
    const events: string[] = [];
    for await (const event of await client.operation.stream.mutate({
      operation: 'write_content',
      ...runBody,
    }))
      events.push(event.event);
    expect(events.slice(0, 2)).toEqual(['delta', 'delta']);
    expect(events.at(-1)).toBe('done');
    const before = await credits();
    const plain = await app.trpc(
      'operation.stream',
      { operation: 'write_content', ...runBody },
      { bearer: owner.token },
    );
    expect(verdictOf(plain)).toBe('415 unsupported_media_type');
    expect(await credits()).toEqual(before);
  });
});
