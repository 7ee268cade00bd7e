import { problem } from '@tenantry/contract/problem';
import type { RestProcedure } from '@tenantry/rest/procedures';
import { isJsonObject } from '@tenantry/rest/json-schema';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type TestApp, openTestApp } from '../../app.ts';
import type { Answer } from '../../caller.ts';
import { runConcurrently } from '../../concurrent-clients.ts';
import { extremesOf } from '../../extreme-values.ts';
import { type World, openWorld } from '../../fixture.ts';
import { callProcedure, procedures, transports } from '../../procedures.ts';
import { rightInputs } from '../../right-inputs.ts';
import { openStaff } from '../../staff.ts';

const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1e9);
/** How many inputs of each procedure have several extreme fields at once. */
const mixedCount = Number(process.env['EXTREME_INPUTS'] ?? 6);

let app: TestApp;
let staffFor: (procedureName: string) => string;
beforeAll(async () => {
  app = await openTestApp();
  staffFor = await openStaff(app);
});
afterAll(() => app.close());

/** The fields of an input with the extreme values of each. */
function fieldsOf(schema: unknown): [key: string, values: unknown[]][] {
  if (!(schema instanceof z.ZodType)) return [];
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return Object.entries(properties).map(([key, one]) => [key, extremesOf(one, key)]);
}

/** The right input; each field at each of its extremes, and then several fields at once. Ids of the right input stay where nothing else is left. */
function inputsOf(schema: unknown, right: Record<string, unknown>): Record<string, unknown>[] {
  const fields = fieldsOf(schema);
  const single = fields.flatMap(([key, values]) => values.map((value) => ({ ...right, [key]: value })));
  const choice = fc.record(
    Object.fromEntries(
      fields.map(([key, values]) => [key, fc.constantFrom(...(values.length > 0 ? values : [right[key]]))]),
    ),
    { requiredKeys: [] },
  );
  const mixed = fields.length === 0 ? [] : fc.sample(choice, { numRuns: mixedCount, seed });
  return [right, ...single, ...mixed.map((some) => ({ ...right, ...some }))];
}

/** What is wrong with an answer, or undefined. */
function faultOf({ status, body }: Answer, output: unknown): string | undefined {
  if (status >= 500) return `status ${status}`;
  if (status >= 400) return problem.safeParse(body).success ? undefined : 'a refusal that is no problem';
  if (status === 204 || !(output instanceof z.ZodType)) return undefined;
  const parsed = output.safeParse(body);
  return parsed.success
    ? undefined
    : `an answer that the document does not allow: ${parsed.error.message.slice(0, 200)}`;
}

/** What would end the session that the others are tried with. */
const fatal = new Set(['session.delete', 'session.deleteAll']);

/** What takes away the objects that the other procedures of its noun need. */
const isDestructive = (name: string) =>
  /\.(?:delete|close|archive|release|settle|revoke|disable|rotate|reject|cancel|void)/.test(name);

/** What makes a call the same as an earlier one; without it each call of a sweep does something. */
const once = ['reference', 'externalPaymentId'];

function withoutOnce(appName: 'api' | 'admin', right: Record<string, unknown>): Record<string, unknown> {
  const isNeeded = (key: string) => appName === 'admin' && key === 'externalPaymentId';
  return Object.fromEntries(Object.entries(right).filter(([key]) => isNeeded(key) || !once.includes(key)));
}

/** Whether the query of a tRPC call fits into a URL: the server reads 16 KB of path and headers. */
const fitsUrl = (input: Record<string, unknown>) => encodeURIComponent(JSON.stringify(input)).length < 14_000;

/** The inputs of staff, for a world that exists. */
function staffInput(name: string, { owner, ids }: World): Record<string, unknown> {
  const right = rightInputs('admin', name, { owner, ids, key: '', estimatedHoldId: '', openInvoiceId: '' });
  const known: Record<string, unknown> = { ...ids, accountId: owner.accountId };
  return Object.fromEntries(
    Object.entries(right).map(([key, value]) => [key, Object.hasOwn(known, key) ? known[key] : value]),
  );
}

describe('a value at the edge of what a schema accepts', () => {
  it('is never a fault of the server, in any procedure of both apps over both transports', async () => {
    const faults: string[] = [];
    const statuses = new Map<string, Map<number, number>>();
    const attempt = async (
      appName: 'api' | 'admin',
      one: RestProcedure,
      input: Record<string, unknown>,
      token: string,
    ): Promise<void> => {
      const caller = appName === 'admin' ? app.admin : app;
      const headers = { authorization: `Bearer ${token}` };
      for (const transport of transports) {
        if (transport === 'trpc' && one.type === 'query' && !fitsUrl(input)) continue;
        const answer = await callProcedure(caller, transport, {
          app: appName,
          name: one.name,
          input,
          headers,
        });
        const label = `${appName} ${one.name}`;
        const counts = statuses.get(label) ?? new Map<number, number>();
        statuses.set(label, counts.set(answer.status, (counts.get(answer.status) ?? 0) + 1));
        const fault = faultOf(answer, one.output);
        const given = Object.entries(input).map(([name, value]) => `${name}=${shown(value)}`);
        if (fault !== undefined) faults.push(`${label} by ${transport}: ${fault} for ${given.join(' ')}`);
      }
    };
    const named = (['api', 'admin'] as const).flatMap((appName) =>
      [...procedures[appName].values()].map((one) => ({ appName, one })),
    );
    // The procedures of one noun change the same rows: one after the other, so that none meets a conflict.
    const nouns = [
      ...Map.groupBy(named, ({ appName, one }) => `${appName} ${one.name.split('.')[0]}`).values(),
    ];
    await runConcurrently(nouns.length, 4, async (index) => {
      const world = await openWorld(app, 'World');
      const members = (nouns[index] ?? []).filter(({ one }) => !fatal.has(one.name));
      for (const { appName, one } of members.toSorted(
        (a, b) => Number(isDestructive(a.one.name)) - Number(isDestructive(b.one.name)),
      )) {
        const right = appName === 'admin' ? staffInput(one.name, world) : rightInputs('api', one.name, world);
        const token = appName === 'admin' ? staffFor(one.name) : world.owner.token;
        for (const input of inputsOf(one.inputs[0], withoutOnce(appName, right)))
          await attempt(appName, one, input, token);
      }
      return 'done';
    });
    const spread = [...statuses].map(
      ([name, counts]) => `${name} ${[...counts].map(([status, count]) => `${status}×${count}`).join(' ')}`,
    );
    console.log(`extreme values: seed ${seed}\n${spread.join('\n')}`);
    expect(faults.slice(0, 40)).toEqual([]);
    expect(statuses.size).toBe(named.filter(({ one }) => !fatal.has(one.name)).length);
  }, 600_000);
});

function shown(value: unknown): string {
  // A field without extremes and without a right value is left out.
  const text = value === undefined ? 'none' : isJsonObject(value) ? '{…}' : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 40)}…(${text.length})` : text;
}
