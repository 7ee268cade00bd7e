import { keyScopes } from '@tenantry/domain/permissions';
import type { ProcedureMeta } from '@tenantry/gate/procedures';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type TestApp, openTestApp } from '../../app.ts';
import { type World, openSystemWorld, openWorld, rightVerdict, samples } from '../../fixture.ts';
import { addMembership } from '../../memberships.ts';
import {
  accountProcedures,
  callProcedure,
  procedures,
  sameBytes,
  transports,
  verdictOf,
} from '../../procedures.ts';
import { type Owner, makeKey, registerOwner } from '../../users.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const keyed = { 'idempotency-key': 'one' };
const changes = accountProcedures.map(({ name }) => name).filter(isRepeatable);
function isRepeatable(name: string): boolean {
  return procedures.api.get(name)?.type === 'mutation';
}

/** A member of a world's account who is limited to one site; answers the headers of their calls. */
async function limitedEditor(
  { owner }: World,
  siteId: string,
  given?: Owner,
): Promise<Record<string, string>> {
  const person = given ?? (await registerOwner(app));
  const { accountId } = owner;
  await addMembership(app.database, { accountId, userId: person.userId, role: 'editor', siteIds: [siteId] });
  return { ...bearer(person.token), 'tenantry-account': accountId };
}

/** A world with a second site, and callers who are limited to that site: a person, and a key. */
async function openLimited(editor: Owner) {
  const world = await openSystemWorld(app);
  const made = await app.rest('POST', '/v1/sites', { body: { name: 'Other' }, bearer: world.owner.token });
  const siteId: string = made.body.id;
  const key = await makeKey(app, world.owner, [...keyScopes], { siteId });
  return { world, callers: { editor: await limitedEditor(world, siteId, editor), key: bearer(key) } };
}

/** What callers are answered after a call that ended their access; whoever has left an account is no member. */
const endsAccess: Readonly<Record<string, { owner: string; editor?: string; key?: string }>> = {
  'member.leave': { owner: '404 not_found' },
  'account.close': {
    owner: '403 account_closed',
    editor: '403 account_closed',
    key: '401 unauthenticated',
  },
};

describe.each(transports)('a stored answer over %s', (transport) => {
  it('is replayed to no caller whom the call itself would be refused, for every change of an account', async () => {
    const wrong: string[] = [];
    let replays = 0;
    const person = await registerOwner(app);
    for (const name of changes) {
      const { world, callers } = await openLimited(person);
      const input = samples[name]?.(world) ?? {};
      const call = (headers: Record<string, string>) =>
        callProcedure(app, transport, { name, input, headers });
      const alone = { editor: await call(callers.editor), key: await call(callers.key) };
      // A call that succeeds alone changes what the owner's call finds; there is nothing that it may not see.
      const refused = (['editor', 'key'] as const).filter((who) => verdictOf(alone[who]) !== 'ok');
      const owner = { ...bearer(world.owner.token), ...keyed };
      const first = await call(owner);
      if (verdictOf(first) !== rightVerdict(name) && refused.length === 2)
        wrong.push(`${name}: ${verdictOf(first)} to the owner`);
      // What a call ends is heard of within the bound of the cache, which is not the subject here.
      if (endsAccess[name] !== undefined) app.api.authentication.accessCache.forget();
      for (const who of refused) {
        const again = await call({ ...callers[who], ...keyed });
        replays += 1;
        const right = endsAccess[name]?.[who];
        if (right === undefined ? sameBytes(alone[who]) !== sameBytes(again) : right !== verdictOf(again))
          wrong.push(`${who} ${name}: ${verdictOf(again)}, not ${right ?? verdictOf(alone[who])}`);
      }
      const again = await call(owner);
      if (verdictOf(first) === 'ok' && verdictOf(again) !== (endsAccess[name]?.owner ?? 'ok'))
        wrong.push(`${name}: ${verdictOf(again)} to the owner again`);
    }
    console.log(`replays by ${transport}: ${replays} attempted / ${wrong.length} violated`);
    expect(wrong).toEqual([]);
    expect(replays).toBeGreaterThanOrEqual(45);
  }, 300_000);

  it('is replayed to another caller who may see the site that it is about', async () => {
    const world = await openWorld(app, 'Own');
    const input = samples['operation.run']?.(world) ?? {};
    const call = (headers: Record<string, string>) =>
      callProcedure(app, transport, { name: 'operation.run', input, headers: { ...headers, ...keyed } });
    const first = await call(bearer(world.owner.token));
    const again = await call(await limitedEditor(world, world.ids.siteId));
    expect([verdictOf(again), again.headers.get('idempotency-replayed')]).toEqual(['ok', 'true']);
    expect(again.body).toEqual(first.body);
  });

  it('is no longer replayed to a caller who has lost the site since', async () => {
    const world = await openWorld(app, 'Own');
    const headers = { ...(await limitedEditor(world, world.ids.siteId)), ...keyed };
    const input = { amount: 3, siteId: world.ids.siteId };
    const call = () => callProcedure(app, transport, { name: 'credit.hold', input, headers });
    expect(verdictOf(await call())).toBe('ok');
    await app.database.query(
      `update membership set site_ids = '["0198f000-0000-7000-8000-00000000ffff"]' where role = 'editor' and account_id = $1`,
      [world.owner.accountId],
    );
    await expect.poll(async () => verdictOf(await call())).toBe('404 not_found');
  });

  it('keeps the labels of a caller, whatever they are called', async () => {
    const { token } = await registerOwner(app);
    const labels = ['secret', 'uri', 'recoveryCodes', 'replay', 'refused', 'facts', 'siteId', 'toJSON'];
    const metadata = Object.fromEntries(labels.map((label) => [label, 'tea']));
    const names = changes.filter((name) => samples[name] !== undefined && hasLabels(name));
    expect(names).toEqual(['credit.hold', 'operation.run', 'operation.stream']);
    for (const name of names) {
      const input = { ...inputsWithLabels[name], metadata };
      const call = () =>
        callProcedure(app, transport, {
          name,
          input,
          headers: { ...bearer(token), 'idempotency-key': name },
        });
      const [first, again] = [await call(), await call()];
      expect([name, verdictOf(first), verdictOf(again)]).toEqual([name, 'ok', 'ok']);
      if (name !== 'operation.stream') expect(again.body).toEqual(first.body);
      if (name === 'credit.hold') expect(again.body.metadata).toEqual(metadata);
    }
  });
});

describe('the secret fields that terms name', () => {
  it('are fields of the output, in every procedure', () => {
    const named = [...procedures.api.values(), ...procedures.admin.values()].flatMap(
      ({ name, meta, output }) =>
        secretsOf(meta).map((path) => [name, path, hasField(output, path.split('.'))]),
    );
    expect(named.length).toBeGreaterThanOrEqual(5);
    expect(named.filter(([, , isThere]) => isThere !== true)).toEqual([]);
  });
});

function secretsOf({ terms }: ProcedureMeta<object>): readonly string[] {
  return terms !== undefined && 'secrets' in terms ? (terms.secrets ?? []) : [];
}

function hasField(schema: unknown, [name, ...rest]: readonly string[]): boolean {
  if (name === undefined) return schema !== undefined;
  return schema instanceof z.ZodObject && hasField(schema.shape[name], rest);
}

const run = { operation: 'write_content', prompt: 'One line.', maxOutputTokens: 20 };
const inputsWithLabels: Record<string, Record<string, unknown>> = {
  'credit.hold': { amount: 2 },
  'operation.run': run,
  'operation.stream': { ...run, prompt: 'Another line.' },
};

function hasLabels(name: string): boolean {
  return procedures.api.get(name)?.inputs.some((schema) => hasField(schema, ['metadata'])) === true;
}
