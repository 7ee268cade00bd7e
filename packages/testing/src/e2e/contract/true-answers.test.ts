import type { RestProcedure } from '@tenantry/rest/procedures';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type TestApp, openTestApp } from '../../app.ts';
import { type World, openWorld, samples } from '../../fixture.ts';
import { callProcedure, procedures, transports, verdictOf } from '../../procedures.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const headersOf = ({ owner }: World) => ({
  authorization: `Bearer ${owner.token}`,
  'tenantry-account': owner.accountId,
});
const ofAccount = [...procedures.api.values()].filter(({ name }) => samples[name] !== undefined);
const segmentsOf = (path: string) => path.split('/');

/** The query that shows what a change is about: at the same path, or at the nearest path above it. */
function readOf({ route }: RestProcedure): RestProcedure {
  const own = segmentsOf(route.path);
  const reads = ofAccount
    .filter((other) => other.route.method === 'GET')
    .filter((other) => segmentsOf(other.route.path).every((segment, index) => segment === own[index]))
    .toSorted((left, right) => segmentsOf(right.route.path).length - segmentsOf(left.route.path).length);
  const [nearest] = reads;
  if (nearest === undefined) throw new Error(`nothing shows what is changed at ${route.path}`);
  return nearest;
}

/** What a query shows: the object, or the items of a list. */
async function shown(read: RestProcedure, input: Record<string, unknown>, world: World): Promise<unknown[]> {
  const named = Object.fromEntries(Object.entries(input).filter(([key]) => read.pathKeys.includes(key)));
  const answer = await callProcedure(app, 'rest', {
    name: read.name,
    input: named,
    headers: headersOf(world),
  });
  if (answer.status !== 200) return [];
  return Array.isArray(answer.body.items) ? answer.body.items : [answer.body];
}

/** The inputs that change each field of an update by itself, where its schema takes that, and all of the sample. */
function inputsOf({ name, inputs, pathKeys }: RestProcedure, world: World): Record<string, unknown>[] {
  const sample = samples[name]?.(world) ?? {};
  const [schema] = inputs;
  if (!(schema instanceof z.ZodType)) return [sample];
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const path = Object.fromEntries(pathKeys.map((key) => [key, sample[key]]));
  const single = Object.entries(properties)
    .filter(([key]) => !pathKeys.includes(key))
    .flatMap(([key, property]) => {
      const listed = typeof property === 'object' ? (property.enum ?? []) : [];
      return [...(key in sample ? [sample[key]] : []), ...listed].map((value) => ({ ...path, [key]: value }));
    })
    .filter((input) => schema.safeParse(input).success);
  return [...single, sample];
}

const updates = ofAccount.filter(({ route }) => route.method === 'PATCH');
const deletions = ofAccount.filter(({ route, pathKeys }) => route.method === 'DELETE' && pathKeys.length > 0);

describe('what an update answers', () => {
  it('covers every update of the API', () => {
    expect(updates.length).toBeGreaterThanOrEqual(7);
  });

  it.each(updates.map(({ name }) => name))(
    '%s: is what it was asked for, and what the next read shows',
    async (name) => {
      const update = procedures.api.get(name);
      if (update === undefined) throw new Error(`there is no procedure ${name}`);
      const world = await openWorld(app, 'Own');
      const read = readOf(update);
      let fields = 0;
      for (const input of inputsOf(update, world))
        for (const transport of transports) {
          const answer = await callProcedure(app, transport, { name, input, headers: headersOf(world) });
          expect([input, verdictOf(answer)]).toEqual([input, 'ok']);
          const asked = Object.entries(input).filter(([key]) => !update.pathKeys.includes(key));
          fields += asked.length;
          for (const [key, value] of asked)
            expect([key, sorted(answer.body[key])]).toEqual([key, sorted(value)]);
          expect(await shown(read, input, world)).toContainEqual(answer.body);
        }
      expect(fields).toBeGreaterThan(0);
    },
    60_000,
  );
});

// A list that is a set may be answered in another order.
function sorted(value: unknown): unknown {
  return Array.isArray(value)
    ? value.map(String).toSorted((left, right) => left.localeCompare(right))
    : value;
}

/** What shows that a thing which is still there has ended. */
const isEnded = (thing: unknown) =>
  z.object({ revokedAt: z.string() }).safeParse(thing).success ||
  z.object({ status: z.literal('revoked') }).safeParse(thing).success;

describe('what a deletion answers', () => {
  it('covers every deletion of the API', () => {
    expect(deletions.length).toBeGreaterThanOrEqual(5);
  });

  it.each(deletions.map(({ name }) => name))(
    '%s: is true at once, and when it is asked for again or for nothing',
    async (name) => {
      const deletion = procedures.api.get(name);
      if (deletion === undefined) throw new Error(`there is no procedure ${name}`);
      const world = await openWorld(app, 'Own');
      const input = samples[name]?.(world) ?? {};
      const key = deletion.pathKeys.at(-1) ?? '';
      const idOf = (thing: unknown) =>
        z.object({ [key === 'userId' ? 'userId' : 'id']: z.literal(input[key] as string) }).safeParse(thing)
          .success;
      const left = async () => (await shown(readOf(deletion), input, world)).filter(idOf);
      const ask = async (id: unknown) =>
        verdictOf(
          await callProcedure(app, 'rest', {
            name,
            input: { ...input, [key]: id },
            headers: headersOf(world),
          }),
        );
      expect(await left()).toHaveLength(1);
      expect(await ask(world.owner.accountId)).toBe('404 not_found');
      expect(await left()).toHaveLength(1);
      expect(await ask(input[key])).toBe('ok');
      const after = await left();
      expect(after.filter((thing) => !isEnded(thing))).toEqual([]);
      expect(await ask(input[key])).toBe(after.length === 0 ? '404 not_found' : 'ok');
    },
    60_000,
  );
});
