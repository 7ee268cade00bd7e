import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { callProcedure, transports } from '../../procedures.ts';
import { providerErrorText } from '../../provider/start-provider.ts';
import { type Owner, registerOwner } from '../../users.ts';

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

/** Runs an operation over a transport; answers the log lines that it wrote at warn and above. */
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

describe.each(transports)('over %s, the log', (transport) => {
  it.each([
    ['operation.run', '500', 'unavailable', 500],
    ['operation.run', '429', 'rate_limited', 429],
    ['operation.run', 'reset', 'unavailable', undefined],
    ['operation.stream', '500', 'unavailable', 500],
    ['operation.stream', '429', 'rate_limited', 429],
    ['operation.stream', 'reset', 'unavailable', undefined],
    ['operation.stream', 'half_stream', 'broken_stream', undefined],
  ] as const)(
    'records in one line a failed %s, with the provider fault %s, as %s',
    async (name, fault, kind, status) => {
      app.provider.setFault(fault);
      const lines = await linesOf(name, transport);
      expect(lines).toMatchObject([
        { level: warnLevel, msg: 'the provider failed', operation: 'write_content' },
      ]);
      expect([lines[0]?.['kind'], lines[0]?.['status']]).toEqual([kind, status]);
      expect(lines[0]?.['durationMilliseconds']).toEqual(expect.any(Number));
    },
  );

  it.each(['operation.run', 'operation.stream'] as const)(
    'has no warning for a %s that succeeds',
    async (name) => {
      expect(await linesOf(name, transport)).toEqual([]);
    },
  );
});
