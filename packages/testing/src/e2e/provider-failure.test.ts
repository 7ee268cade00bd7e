import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../app.ts';
import { callProcedure, transports } from '../procedures.ts';
import { providerErrorText } from '../provider/start-provider.ts';
import { type Owner, registerOwner } from '../users.ts';

let app: TestApp;
let owner: Owner;
beforeAll(async () => {
  app = await openTestApp();
  owner = await registerOwner(app);
});
afterAll(() => app.close());
afterEach(() => app.provider.setFault('none'));

const warnLevel = 40;
const prompt = 'Write one sentence about tea.';

/** Runs an operation over either transport, and answers the lines at warn and above that it made. */
async function linesOf(
  name: 'operation.run' | 'operation.stream',
  transport: (typeof transports)[number],
): Promise<Record<string, unknown>[]> {
  const before = app.logs.length;
  const headers = { authorization: `Bearer ${owner.token}` };
  await callProcedure(app, transport, { name, input: { operation: 'write_content', prompt }, headers });
  const lines = app.logs.slice(before);
  expect(JSON.stringify(lines)).not.toContain(prompt);
  expect(JSON.stringify(lines)).not.toContain(providerErrorText);
  return lines.filter(({ level }) => Number(level) >= warnLevel);
}

describe.each(transports)('over %s, the log says of a provider', (transport) => {
  it.each([
    ['operation.run', '500', 'unavailable', 500],
    ['operation.run', '429', 'rate_limited', 429],
    ['operation.run', 'reset', 'unavailable', undefined],
    ['operation.stream', '500', 'unavailable', 500],
    ['operation.stream', '429', 'rate_limited', 429],
    ['operation.stream', 'reset', 'unavailable', undefined],
    ['operation.stream', 'half_stream', 'broken_stream', undefined],
  ] as const)('that fails a %s with %s: %s, in one line', async (name, fault, kind, status) => {
    app.provider.setFault(fault);
    const lines = await linesOf(name, transport);
    expect(lines).toMatchObject([
      { level: warnLevel, msg: 'the provider failed', operation: 'write_content' },
    ]);
    expect([lines[0]?.['kind'], lines[0]?.['status']]).toEqual([kind, status]);
    expect(lines[0]?.['durationMilliseconds']).toEqual(expect.any(Number));
  });

  it.each(['operation.run', 'operation.stream'] as const)('that answers a %s nothing', async (name) => {
    expect(await linesOf(name, transport)).toEqual([]);
  });
});
