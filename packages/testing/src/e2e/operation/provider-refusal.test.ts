import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { faultsOfBooks } from '../../ledger-faults.ts';
import { callProcedure, transports, verdictOf } from '../../procedures.ts';
import { perUnit, writeOperations } from '../../operations.ts';
import { providerErrorText } from '../../provider/start-provider.ts';
import { type Owner, registerOwner } from '../../users.ts';

let app: TestApp;
let owner: Owner;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());
afterEach(async () => {
  app.provider.setAnswer({});
  app.provider.setFault('none');
  expect(await faultsOfBooks(app.database, owner.accountId)).toEqual([]);
});

const prompt = 'Write one sentence about tea.';
const forms = ['operation.run', 'operation.stream'] as const;
const ways = transports.flatMap((transport) => forms.map((form) => [form, transport] as const));

/** The last thing that a run of either form tells, and the log lines at warn and above. */
async function runOf(
  form: (typeof forms)[number],
  transport: (typeof transports)[number],
  operation = 'write_content',
) {
  const before = app.logs.length;
  const answer = await callProcedure(app, transport, {
    name: form,
    input: { operation, prompt },
    headers: { authorization: `Bearer ${owner.token}` },
  });
  const lines = app.logs.slice(before).filter(({ level }) => Number(level) >= 40);
  const last = form === 'operation.stream' ? (answer.body.events?.at(-1) ?? answer.body) : answer.body;
  const texts = JSON.stringify([answer.body, lines]);
  expect(texts).not.toContain(providerErrorText);
  expect(JSON.stringify(lines)).not.toContain(prompt);
  return { answer, last, lines };
}
const credits = async () => (await app.rest('GET', '/v1/credits', { bearer: owner.token })).body;

/** What a provider answers, and what the caller is answered for it. */
const failures = [
  [
    400,
    'context_length_exceeded',
    {},
    { status: 422, code: 'provider_refused', reason: 'context_length' },
    40,
  ],
  [400, 'content_filter', {}, { status: 422, code: 'provider_refused', reason: 'content_filter' }, 40],
  [
    422,
    'invalid_request_error',
    {},
    { status: 422, code: 'provider_refused', reason: 'invalid_request' },
    40,
  ],
  [404, 'model_not_found', {}, { status: 422, code: 'provider_refused', reason: 'model_not_found' }, 50],
  [401, 'invalid_api_key', {}, { status: 503, code: 'provider_unavailable', retryAfterSeconds: 5 }, 50],
  [403, 'permission_error', {}, { status: 503, code: 'provider_unavailable', retryAfterSeconds: 5 }, 50],
  [429, 'insufficient_quota', {}, { status: 503, code: 'provider_unavailable', retryAfterSeconds: 5 }, 50],
  [
    429,
    'rate_limited',
    { 'retry-after': '17' },
    { status: 503, code: 'provider_unavailable', retryAfterSeconds: 17 },
    40,
  ],
  [
    503,
    'overloaded',
    { 'retry-after': '61' },
    { status: 503, code: 'provider_unavailable', retryAfterSeconds: 61 },
    40,
  ],
  [500, 'x', {}, { status: 503, code: 'provider_unavailable', retryAfterSeconds: 5 }, 40],
] as const;

describe.each(ways)('%s over %s', (form, transport) => {
  it.each(failures)(
    'tells that the provider answers %s %s, and costs nothing',
    async (status, code, headers, expected, level) => {
      owner = await registerOwner(app);
      app.provider.setAnswer({
        refusal: { status, headers, error: { code, message: providerErrorText, type: 'error', param: null } },
      });
      const { answer, last, lines } = await runOf(form, transport);
      expect(last).toMatchObject(expected);
      if (form === 'operation.run') {
        const retryAfter = 'retryAfterSeconds' in expected ? String(expected.retryAfterSeconds) : null;
        expect(answer.headers.get('retry-after')).toBe(retryAfter);
      } else expect(last.credits).toEqual({ charged: 0, available: 1000 });
      expect(await credits()).toMatchObject({ available: 1000, held: 0 });
      expect(lines).toMatchObject([
        {
          level,
          msg: 'the provider failed',
          operation: 'write_content',
          status,
          requestId: expect.any(String),
        },
      ]);
      expect(lines[0]?.['requestId']).toBe(answer.headers.get('x-request-id'));
    },
  );

  it.each([
    ['length', 'length'],
    ['content_filter', 'content_filter'],
    ['stop', 'stop'],
    ['something_new', 'stop'],
  ])('says why the output ended, which the provider calls %s', async (finishReason, expected) => {
    owner = await registerOwner(app);
    app.provider.setAnswer({ finishReason });
    const { last } = await runOf(form, transport);
    expect(last.finishReason).toBe(expected);
  });

  it.each([
    ['zeros', { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 }],
    ['output without input', { prompt_tokens: 0, completion_tokens: 9, total_tokens: 9 }],
    ['a negative count', { prompt_tokens: -5, completion_tokens: 40, total_tokens: 35 }],
    ['an absurd count', { prompt_tokens: 7, completion_tokens: 99_000_000, total_tokens: 99_000_007 }],
    ['texts', { prompt_tokens: '7', completion_tokens: '40', total_tokens: '47' }],
    ['a list', []],
  ])('charges an estimate where the provider reports %s beside real text', async (_what, usage) => {
    owner = await registerOwner(app);
    app.provider.setAnswer({ usage });
    const { last } = await runOf(form, transport);
    expect(last.usage).toMatchObject({ source: 'estimated' });
    expect(last.usage.outputTokens).toBeGreaterThan(20);
    expect(last.credits.charged).toBe(10);
  });

  it('asks with the name of the output limit that the model knows, and remembers it', async () => {
    owner = await registerOwner(app);
    app.provider.setAnswer({ unknownLimit: 'max_tokens' });
    const asked = app.provider.bodies().length;
    for (let time = 0; time < 2; time += 1)
      expect((await runOf(form, transport)).last.finishReason).toBe('stop');
    const limits = app.provider.bodies().slice(asked).map(limitsOf);
    expect(limits.at(-1)).toEqual({ max_completion_tokens: 500 });
    expect(limits.length).toBeLessThanOrEqual(3);
    app.provider.setAnswer({ unknownLimit: 'max_completion_tokens' });
    expect((await runOf(form, transport)).last.code).toBe('provider_refused');
  });
});

function limitsOf(body: unknown): object {
  const named = Object.entries(typeof body === 'object' && body !== null ? body : {});
  return Object.fromEntries(named.filter(([name]) => /^max_.*tokens$/.test(name)));
}

describe('a stream whose provider fails after some text', () => {
  it.each([
    ['content_filter', { status: 422, code: 'provider_refused', reason: 'content_filter' }],
    ['server_error', { status: 503, code: 'provider_unavailable' }],
  ])('is charged for the text, and tells of %s', async (code, expected) => {
    owner = await registerOwner(app);
    app.provider.setAnswer({ streamError: { code, message: providerErrorText, type: 'error' } });
    const { last } = await runOf('operation.stream', 'rest');
    expect(last).toMatchObject({ event: 'failed', ...expected, credits: { charged: 10, available: 990 } });
  });
});

describe('an operation that is counted in another unit', () => {
  it.each(['item', 'image', 'page', 'second', 'minute_of_audio'])(
    'of %s is held and settled, and a run of it is refused before anything is held',
    async (unit) => {
      owner = await registerOwner(app);
      const name = `by_${unit}`;
      await writeOperations(app.database, [perUnit(name, 3, unit)]);
      const asked = app.provider.requestCount();
      for (const [form, transport] of ways) {
        const { answer, last } = await runOf(form, transport, name);
        expect(verdictOf({ ...answer, body: last })).toBe('422 operation_not_runnable');
      }
      expect(app.provider.requestCount()).toBe(asked);
      const body = { operation: name, units: 40 };
      const hold = await app.rest('POST', '/v1/credits/holds', { body, bearer: owner.token });
      expect(hold.body).toMatchObject({ amount: 120 });
      const settle = { body: { units: 30 }, bearer: owner.token };
      const settled = await app.rest('POST', `/v1/credits/holds/${hold.body.id}/settle`, settle);
      expect(settled.body).toMatchObject({ settledAmount: 90 });
      const listed = await app.rest('GET', '/v1/operations', { bearer: owner.token });
      expect(listed.body.items).toContainEqual(expect.objectContaining({ name, unit }));
    },
  );
});
