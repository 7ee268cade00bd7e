import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { TestApp } from '../../app.ts';
import { openTestApp } from '../../app.ts';
import type { Caller } from '../../caller.ts';
import { faultsOfBooks } from '../../ledger-faults.ts';
import { type Transport, callProcedure, transports, verdictOf } from '../../procedures.ts';
import { startApiProcess } from '../../process.ts';
import { type Owner, registerOwner } from '../../users.ts';
import { openStream } from './stream.fixture.ts';

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

const input = { operation: 'write_content', prompt: 'Write one sentence about tea.' };
const forms = ['operation.run', 'operation.stream'] as const;
type Form = (typeof forms)[number];

const call = (form: Form, transport: Transport, more: Record<string, unknown> = {}, caller: Caller = app) =>
  callProcedure(caller, transport, {
    name: form,
    input: { ...input, ...more },
    headers: { authorization: `Bearer ${owner.token}`, 'idempotency-key': 'one' },
  });
const credits = async () => (await app.rest('GET', '/v1/credits', { bearer: owner.token })).body;

/** The output, the end and the charge of a run in either form. */
async function runOf(form: Form, transport: Transport) {
  const { body } = await call(form, transport);
  if (form === 'operation.run') return body;
  const { event: _event, ...last } = body.events.at(-1);
  return { ...last, output: body.events.map(({ text = '' }: { text?: string }) => text).join('') };
}

describe.each(transports)('a run over %s with one key', (transport) => {
  it.each([
    ['operation.run', 'operation.stream'],
    ['operation.stream', 'operation.run'],
  ] as const)('is charged once as %s and then as %s', async (first, second) => {
    owner = await registerOwner(app);
    const asked = app.provider.requestCount();
    const run = await runOf(first, transport);
    expect(run).toMatchObject({ finishReason: 'stop', output: expect.stringContaining('tea') });
    expect(await runOf(second, transport)).toEqual(run);
    expect(app.provider.requestCount()).toBe(asked + 1);
    expect((await credits()).spent).toBe(run.credits.charged);
    const other = await call(second, transport, { prompt: 'Another prompt.' });
    expect(verdictOf(other)).toBe('422 idempotency_mismatch');
  });

  it.each(['leaves', 'loses its provider'] as const)(
    'that %s midway is charged once, and tells so when it is repeated in either form',
    async (how) => {
      owner = await registerOwner(app);
      app.provider.setFault(how === 'leaves' ? 'stall' : 'half_stream');
      if (how === 'leaves') {
        const controller = new AbortController();
        await openStream(app, owner, controller.signal, transport, { 'idempotency-key': 'one' });
        controller.abort();
      } else await call('operation.stream', transport);
      await expect.poll(async () => (await credits()).held, { timeout: 5000 }).toBe(0);
      app.provider.setFault('none');
      const { spent: charged, available } = await credits();
      expect(charged).toBeGreaterThan(0);
      const asked = app.provider.requestCount();
      const whole = await call('operation.run', transport);
      expect(verdictOf(whole)).toBe('409 run_interrupted');
      expect(whole.body.credits).toEqual({ charged, available });
      const { body: streamed } = await call('operation.stream', transport);
      expect(streamed.events).toMatchObject([
        { event: 'delta', text: expect.stringContaining('tea') },
        { event: 'failed', code: 'run_interrupted', credits: { charged, available } },
      ]);
      expect(app.provider.requestCount()).toBe(asked);
      expect((await credits()).spent).toBe(charged);
    },
  );

  it('that delivered nothing costs nothing, and its key may be used again', async () => {
    owner = await registerOwner(app);
    app.provider.setFault('500');
    for (const form of forms) await call(form, transport);
    app.provider.setFault('none');
    const run = await runOf('operation.run', transport);
    expect((await credits()).spent).toBe(run.credits.charged);
  });
});

describe('a process that dies in the middle of a run', () => {
  it.each([
    ['operation.stream', 'stream_delta'],
    ['operation.run', 'run_answered'],
  ] as const)(
    'charges nothing for %s, and its key is free when its hold has run out',
    async (form, point) => {
      owner = await registerOwner(app);
      const api = await startApiProcess(app, { FAILPOINT: `${point}:1:kill` });
      await expect(call(form, 'rest', {}, api)).rejects.toThrow();
      expect(await api.ended).toBe('SIGKILL');
      const early = await call(form, 'rest');
      expect(verdictOf(early)).toBe('409 idempotency_in_flight');
      expect(early.headers.get('retry-after')).toBe('1');
      app.passSeconds(91);
      const run = await runOf(form, 'rest');
      app.passSeconds(-91);
      expect((await credits()).spent).toBe(run.credits.charged);
    },
    60_000,
  );
});
