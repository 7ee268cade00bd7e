import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Answer } from '../../caller.ts';
import { contentOf } from '../../failpoint.ts';
import { type TestApp, openTestApp } from '../../app.ts';
import { openStaff } from '../../staff.ts';
import { type Transport, callProcedure, procedures } from '../../procedures.ts';
import { rightInputs } from '../../right-inputs.ts';
import { type World, openWorld } from '../../fixture.ts';

let app: TestApp;
let world: World;
let staffFor: (procedureName: string) => string;
beforeAll(async () => {
  app = await openTestApp();
  world = await openWorld(app, 'Own');
  staffFor = await openStaff(app);
});
afterAll(() => app.close());

const anyType: unknown[] = [null, true, false, [7], [], ['a'], [null], {}, { 0: 'a' }, [{}], [[]]];
const numbers = [0.5, -1, 7, 2 ** 53, -0.1, 1e300];
const notStorable = ['\0', 'a\0b', '\ud800', 'b\udc00c'];
const looksLike = [
  'true',
  'false',
  '0x10',
  '1e3',
  '12',
  ' 12',
  '12abc',
  'null',
  'NaN',
  'Infinity',
  '[7]',
  '{}',
];

/** Values that no field of this JSON schema takes. */
function wrongFor(key: string, schema: Record<string, unknown>): unknown[] {
  const parser = z.fromJSONSchema(schema);
  const takes = (value: unknown): boolean => parser.safeParse(value).success;
  const texts =
    schema['type'] === 'string' && schema['format'] === undefined && schema['enum'] === undefined
      ? []
      : looksLike;
  const candidates = [...anyType, ...numbers, ...notStorable, ...texts, '', 'x'.repeat(100_001)];
  // A password that is only compared is never stored, so any text is accepted.
  const unstored = key === 'password' || key === 'currentPassword';
  return candidates.filter(
    (value) => !takes(value) || (!unstored && notStorable.some((one) => one === value)),
  );
}

/** Whether the text of a value in a path is still wrong, and still one segment. */
function fitsPath(value: unknown, schema: Record<string, unknown>): boolean {
  const text = String(value);
  const isSegment = text !== '' && text.length < 100 && !notStorable.includes(text);
  return isSegment && !z.fromJSONSchema(schema).safeParse(text).success;
}

interface Attempt {
  appName: 'api' | 'admin';
  name: string;
  key: string;
  value: unknown;
  input: Record<string, unknown>;
}

function propertiesOf(input: unknown): Record<string, Record<string, unknown>> {
  if (!(input instanceof z.ZodType)) return {};
  const { properties = {} } = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' });
  return JSON.parse(JSON.stringify(properties));
}

function attemptsOf(appName: 'api' | 'admin', name: string, right: Record<string, unknown>): Attempt[] {
  const procedure = procedures[appName].get(name);
  const [input] = procedure?.inputs ?? [];
  const properties = propertiesOf(input);
  const fields = Object.entries(properties).flatMap(([key, property]) => {
    const isPath = procedure?.pathKeys.includes(key) ?? false;
    return wrongFor(key, property)
      .filter((value) => !isPath || fitsPath(value, property))
      .map((value) => ({ appName, name, key, value, input: { ...right, [key]: value } }));
  });
  const unknown = ['extra', 'accountId2', 'role', 'isSystem', '__proto__', 'constructor', 'toString'];
  const strange = unknown.flatMap((key) =>
    ['1', 'true', 'x', '0x10', 'null'].map((value) => ({
      appName,
      name,
      key,
      value,
      input: withKey(right, key, value),
    })),
  );
  return [...fields, ...strange];
}

function withKey(right: Record<string, unknown>, key: string, value: unknown): Record<string, unknown> {
  return Object.defineProperty({ ...right }, key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

/** The verdict with the paths it names; a reserved key is refused by the JSON parser, which names none. */
function verdictWithPaths({ key }: Attempt, { status, body }: Answer): string {
  const errors: { path: string }[] = key === '__proto__' ? [] : (body?.errors ?? []);
  return `${status} ${body?.code} ${errors
    .map(({ path }) => path)
    .toSorted()
    .join()}`;
}

function mutations(): { appName: 'api' | 'admin'; name: string; right: Record<string, unknown> }[] {
  return (['api', 'admin'] as const).flatMap((appName) =>
    [...procedures[appName].values()]
      .filter((procedure) => procedure.type === 'mutation')
      .map(({ name }) => ({ appName, name, right: rightInputs(appName, name, world) })),
  );
}

describe('wrong-typed values', () => {
  it('get one verdict by tRPC, by REST, and by tRPC after REST, in every mutation (D5, D6, D9, F11)', async () => {
    const differences: string[] = [];
    const accepted: string[] = [];
    const counts = new Map<string, number>();
    const before = await contentOf(app.database);
    for (const { appName, name, right } of mutations()) {
      const attempts = attemptsOf(appName, name, right);
      counts.set(`${appName} ${name}`, attempts.length);
      const token = appName === 'admin' ? staffFor(name) : world.owner.token;
      const headers = { authorization: `Bearer ${token}` };
      const caller = appName === 'admin' ? app.admin : app;
      const ask = async (transport: Transport, attempt: Attempt) =>
        verdictWithPaths(
          attempt,
          await callProcedure(caller, transport, { app: appName, name, input: attempt.input, headers }),
        );
      const first: string[] = [];
      for (const attempt of attempts) first.push(await ask('trpc', attempt));
      for (const [index, attempt] of attempts.entries()) {
        const rest = await ask('rest', attempt);
        const label = `${name} ${attempt.key}=${JSON.stringify(attempt.value)?.slice(0, 30)}`;
        if (rest !== first[index]) differences.push(`${label}: ${first[index]} | ${rest}`);
        if (!/^4\d\d/.test(rest)) accepted.push(`${label}: ${rest}`);
      }
      for (const [index, attempt] of attempts.entries()) {
        const after = await ask('trpc', attempt);
        if (after !== first[index]) differences.push(`${name} ${attempt.key}: changed to ${after}`);
      }
    }
    expect(differences).toEqual([]);
    expect(accepted).toEqual([]);
    expect([...counts].filter(([, count]) => count < 30)).toEqual([]);
    expect(counts.size).toBeGreaterThanOrEqual(20);
    // What is refused to staff stays on record, in the chain of the records.
    const { security_event, security_event_head } = before;
    expect({ ...(await contentOf(app.database)), security_event, security_event_head }).toEqual(before);
  }, 300_000);
});

describe('an id in an input', () => {
  const uppered = (input: Record<string, unknown>) =>
    Object.fromEntries(
      Object.entries(input).map(([key, value]) => [
        key,
        key.endsWith('Id') && typeof value === 'string' ? value.toUpperCase() : value,
      ]),
    );

  it('is accepted in upper and lower case by every query over both transports', async () => {
    const headers = { authorization: `Bearer ${world.owner.token}` };
    const reads = [...procedures.api.values()].filter(
      ({ type, inputs }) =>
        type === 'query' && Object.keys(propertiesOf(inputs[0])).some((key) => key.endsWith('Id')),
    );
    expect(reads.length).toBeGreaterThanOrEqual(7);
    for (const { name } of reads) {
      const right = rightInputs('api', name, world);
      const lower = await callProcedure(app, 'rest', { name, input: right, headers });
      expect([name, lower.status]).toEqual([name, 200]);
      for (const transport of ['rest', 'trpc'] as const) {
        const upper = await callProcedure(app, transport, { name, input: uppered(right), headers });
        expect([name, transport, upper.status, upper.body]).toEqual([name, transport, 200, lower.body]);
      }
    }
  });

  it('is the same input for an Idempotency-Key in upper and lower case', async () => {
    const { siteId } = world.ids;
    const call = (id: string) =>
      app.rest('POST', `/v1/sites/${id}/sectors`, {
        body: { name: 'Either case' },
        bearer: world.owner.token,
        headers: { 'idempotency-key': 'either-case' },
      });
    const first = await call(siteId.toUpperCase());
    expect([first.status, first.body.siteId]).toEqual([201, siteId]);
    expect((await call(siteId)).body).toEqual(first.body);
  });
});
