import { problem } from '@tenantry/contract/problem';
import { isJsonObject } from '@tenantry/rest/json-schema';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Answer } from '../../caller.ts';
import { inputsNear } from '../../malicious-input.ts';
import { type TestApp, openTestApp } from '../../app.ts';
import { signInStaff } from '../../users.ts';
import { callProcedure, procedures, transports } from '../../procedures.ts';
import { rightInputs } from '../../right-inputs.ts';
import { openWorld } from '../../fixture.ts';
import { credentialFor } from '../../callers.ts';
import { insertServiceKey } from '../../service-keys.ts';

/** How many requests are made; `npm run test:long` makes ten times as many. */
const requestsMin = Number(process.env['FUZZ_REQUESTS'] ?? 10_000);
const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1e9);

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const internals = /select |insert into|update \w+ set|pg_|postgres|node_modules|\.ts:\d|ECONN|stack/i;

/** What is wrong with an answer, or undefined. */
function faultOf(answer: Answer, output: unknown): string | undefined {
  const { status, body } = answer;
  if (status >= 500) return `status ${status}`;
  if (status < 300) {
    if (status === 204 || !(output instanceof z.ZodType)) return undefined;
    return output.safeParse(body).success ? undefined : 'an answer that the document does not allow';
  }
  if (!problem.safeParse(body).success || body.status !== status) return 'a refusal that is no problem';
  const text = JSON.stringify({ ...body, errors: undefined });
  return internals.test(text) ? `shows an internal detail: ${text}` : undefined;
}

/** Sends any input. `callProcedure` takes objects only, so any other value is sent as it is. */
async function send(
  appName: 'api' | 'admin',
  name: string,
  transport: (typeof transports)[number],
  input: unknown,
  headers: Record<string, string>,
): Promise<Answer> {
  const caller = appName === 'admin' ? app.admin : app;
  if (isJsonObject(input)) return callProcedure(caller, transport, { app: appName, name, input, headers });
  const { route, type } = procedures[appName].get(name) ?? expect.unreachable();
  if (transport === 'trpc') return caller.trpc(name, input, { headers, type });
  const path = `/v1${route.path.replaceAll(/\{[^}]*\}/g, encodeURIComponent(JSON.stringify(input)?.toWellFormed().slice(0, 50) ?? 'x'))}`;
  return caller.rest(
    route.method,
    path,
    route.method === 'GET' || route.method === 'DELETE' ? { headers } : { headers, body: input },
  );
}

describe('any generated input', () => {
  it('is answered as the OpenAPI document says, with no fault and no internal detail (F10, D9, D12)', async () => {
    const operations = (['api', 'admin'] as const).flatMap((appName) =>
      [...procedures[appName].values()].map((one) => ({ appName, one })),
    );
    const each = Math.ceil(requestsMin / (operations.length * transports.length));
    const violations: string[] = [];
    const statuses = new Map<number, number>();
    let sent = 0;
    const staff = await signInStaff(app, 'finance');
    const { secret: service } = await insertServiceKey(app);
    for (const [index, { appName, one }] of operations.entries())
      for (const transport of transports) {
        const world = await openWorld(app, 'World');
        const right = rightInputs(appName, one.name, world);
        const [schema] = one.inputs;
        const description =
          schema instanceof z.ZodType ? z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) : {};
        const credentials = { staff, service, owner: world.owner.token };
        const headers = { authorization: `Bearer ${credentialFor(appName, one.meta, credentials)}` };
        for (const input of fc.sample(inputsNear(right, description), {
          numRuns: each,
          seed: seed + index,
        })) {
          const answer = await send(appName, one.name, transport, input, headers);
          sent += 1;
          statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
          const fault = faultOf(answer, one.output);
          if (fault !== undefined)
            violations.push(
              `${appName} ${one.name} by ${transport}: ${fault} for ${JSON.stringify(input)?.slice(0, 200)}`,
            );
        }
      }
    const spread = [...statuses].toSorted(([a], [b]) => a - b).map(([status, count]) => `${status}×${count}`);
    console.log(
      `fuzz: seed ${seed}, ${sent} attempted / ${violations.length} violated (${spread.join(' ')})`,
    );
    expect(violations.slice(0, 20)).toEqual([]);
    expect(sent).toBeGreaterThanOrEqual(requestsMin);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  }, 3_600_000);
});
