import { problem } from '@tenantry/contract/problem';
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
import { makeKey, signInStaff } from '../../users.ts';

const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1e9);
/** How many inputs of each procedure have several extreme fields at once. */
const mixedCount = Number(process.env['EXTREME_INPUTS'] ?? 12);

let app: TestApp;
let staff: string;
beforeAll(async () => {
  app = await openTestApp();
  staff = await signInStaff(app, 'platform_admin');
});
afterAll(() => app.close());

/** The fields of an input with the extreme values of each. */
function fieldsOf(schema: unknown): [key: string, values: unknown[]][] {
  if (!(schema instanceof z.ZodType)) return [];
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return Object.entries(properties).map(([key, one]) => [key, extremesOf(one, key)]);
}

/** Each field at each of its extremes, and then several fields at once. Ids of the right input stay where nothing else is left. */
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
  return [...single, ...mixed.map((some) => ({ ...right, ...some }))];
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

/** Fields whose change would end the session or the account that the others are tried with. */
const fatal = new Set(['session.delete', 'session.deleteAll']);

describe('a value at the edge of what a schema accepts', () => {
  it('is never a fault of the server, in any procedure of both apps over both transports', async () => {
    const world: World = await openWorld(app, 'World');
    const key = await makeKey(app, world.owner, ['credit:spend', 'credit:read', 'site:read']);
    expect(key).not.toBe('');
    const faults: string[] = [];
    const statuses = new Map<number, number>();
    const jobs = (['api', 'admin'] as const).flatMap((appName) =>
      [...procedures[appName].values()]
        .filter(({ name }) => !fatal.has(name))
        .flatMap((one) =>
          inputsOf(one.inputs[0], rightInputs(appName, one.name, world)).flatMap((input) =>
            transports.map((transport) => ({ appName, one, input, transport })),
          ),
        ),
    );
    let next = 0;
    await runConcurrently(jobs.length, 8, async () => {
      const { appName, one, input, transport } = jobs[next++] ?? expect.unreachable();
      const caller = appName === 'admin' ? app.admin : app;
      const headers = { authorization: `Bearer ${appName === 'admin' ? staff : world.owner.token}` };
      const answer = await callProcedure(caller, transport, { app: appName, name: one.name, input, headers });
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      const fault = faultOf(answer, one.output);
      const changed = Object.entries(input).map(([name, value]) => `${name}=${shown(value)}`);
      if (fault !== undefined)
        faults.push(`${appName} ${one.name} by ${transport}: ${fault} for ${changed.join(' ')}`);
      return String(answer.status);
    });
    const spread = [...statuses].toSorted(([a], [b]) => a - b).map(([status, count]) => `${status}×${count}`);
    console.log(`extreme values: seed ${seed}, ${jobs.length} calls (${spread.join(' ')})`);
    expect(faults.slice(0, 40)).toEqual([]);
    expect(statuses.get(200)).toBeGreaterThan(100);
  }, 600_000);
});

function shown(value: unknown): string {
  const text = isJsonObject(value) ? '{…}' : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 40)}…(${text.length})` : text;
}
