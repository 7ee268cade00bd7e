import { newId } from '@tenantry/db/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type TestApp, openTestApp } from '../../app.ts';
import { type WorldCaller, openCallers, openPeople } from '../../callers.ts';
import {
  accountProcedures,
  callProcedure,
  procedures,
  sameBytes,
  transports,
  verdictOf,
} from '../../procedures.ts';
import { callerRefusal } from '../../truth.ts';
import {
  type IdName,
  type World,
  idNames,
  openWorld,
  publicProcedures,
  rightVerdict,
  samples,
  personProcedures,
  serviceProcedures,
  openSystemWorld,
} from '../../fixture.ts';

const canary = 'CANARY of another account';
let app: TestApp;
let foreign: World;
beforeAll(async () => {
  app = await openTestApp();
  foreign = await openWorld(app, canary);
});
afterAll(() => app.close());

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** A digest of everything that belongs to an account. */
async function digestOf(accountId: string): Promise<string> {
  const tables =
    await app.database.query(`select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
    and a.attname = 'account_id' where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1`);
  const parts: string[] = [];
  for (const { relname } of tables) {
    const [row] = await app.database.query(
      `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as digest from ${String(relname)} t where account_id = $1`,
      [accountId],
    );
    parts.push(String(row?.['digest']));
  }
  return parts.join();
}

/** Takes back what closing an account did to it, for the caller after. */
async function reopen({ owner: { accountId } }: World): Promise<void> {
  await app.database.query("update account set status = 'active' where id = $1", [accountId]);
  app.api.authentication.accessCache.forget();
}

const isIdName = (key: string): key is IdName => idNames.some((name) => name === key);

/** Opens a world of its own for each procedure that changes something, and one for all that only read. */
function sharedByQueries(open: () => Promise<World>): (name: string) => Promise<World> {
  let shared: Promise<World> | undefined;
  return (name) => {
    if (procedures.api.get(name)?.type !== 'query') return open();
    shared ??= open();
    return shared;
  };
}

/** Makes the callers of a world once. */
function callersOnce(open: (world: World) => Promise<WorldCaller[]>): typeof open {
  const made = new Map<World, Promise<WorldCaller[]>>();
  return (world) => {
    const callers = made.get(world) ?? open(world);
    made.set(world, callers);
    return callers;
  };
}

/** The procedures whose input has an id of an account. */
const probed = Object.keys(samples).filter((name) => {
  const shape = procedures.api.get(name)?.inputs.flatMap(keysOf) ?? [];
  return shape.some(isIdName);
});
function keysOf(schema: unknown): string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

/** What a valid call may answer when another caller did the same before it. */
const mayBeUsedUp = new Set([
  '404 not_found',
  '409 hold_resolved',
  '409 domain_taken',
  '409 conflict',
  '409 payment_state',
]);

describe('the sweep', () => {
  it('knows every procedure, or names it as one without an account', () => {
    const known = [
      ...Object.keys(samples),
      ...publicProcedures,
      ...personProcedures,
      ...serviceProcedures,
    ].toSorted();
    expect([...procedures.api.keys()].toSorted()).toEqual(known);
    const open = [...procedures.api.values()].filter((procedure) => procedure.route.public);
    expect(open.map((procedure) => procedure.name)).toEqual(publicProcedures);
    expect(probed.length).toBeGreaterThanOrEqual(15);
  });

  it.each(transports)(
    'finds no difference between a foreign id and a random one by %s, for every caller (B10, F1, H1, H2)',
    async (transport) => {
      const own = await openWorld(app, 'Own');
      const callers = await openCallers(app, own);
      const before = await digestOf(foreign.owner.accountId);
      const leaks: string[] = [];
      let probes = 0;
      for (const { who, headers } of callers)
        for (const name of probed) {
          const right = samples[name]?.(own) ?? {};
          for (const key of Object.keys(right).filter(isIdName)) {
            const ask = (id: string) =>
              callProcedure(app, transport, { name, input: { ...right, [key]: id }, headers });
            const [theirs, random] = [await ask(foreign.ids[key]), await ask(newId())];
            probes += 2;
            const label = `${who} ${name} ${key}`;
            if (sameBytes(theirs) !== sameBytes(random)) leaks.push(`${label}: ${sameBytes(theirs)}`);
            if (theirs.status < 400) leaks.push(`${label} was served`);
            if (JSON.stringify(theirs.body).includes(canary)) leaks.push(`${label} shows the canary`);
          }
        }
      console.log(
        `sweep by ${transport}, foreign and random ids: ${probes} attempted / ${leaks.length} violated`,
      );
      expect(leaks).toEqual([]);
      expect(probes).toBeGreaterThanOrEqual(250);
      expect(await digestOf(foreign.owner.accountId)).toBe(before);
    },
    180_000,
  );

  it.each(transports)(
    'serves own ids by %s to the callers that the table allows, and to no others: the sweep is not vacuous',
    async (transport) => {
      const wrong: string[] = [];
      let probes = 0;
      const people = await openPeople(app);
      const worldFor = sharedByQueries(() => openWorld(app, 'Own'));
      const callersOf = callersOnce((own) => openCallers(app, own, people));
      for (const { name, terms } of accountProcedures) {
        const own = await worldFor(name);
        // Callers with the fewest permissions come first, since a call that succeeds uses up what the world has.
        for (const { who, headers } of (await callersOf(own)).toReversed()) {
          const answer = verdictOf(
            await callProcedure(app, transport, { name, input: samples[name]?.(own) ?? {}, headers }),
          );
          const refused =
            who === 'nobody'
              ? '401 unauthenticated'
              : who === 'stranger'
                ? '404 not_found'
                : callerRefusal(who, terms);
          if (name === 'account.close') await reopen(own);
          probes += 1;
          const isRight =
            refused === undefined
              ? answer === rightVerdict(name) || mayBeUsedUp.has(answer)
              : answer === refused;
          if (!isRight) wrong.push(`${who} ${name}: ${answer}, not ${refused ?? 'ok'}`);
        }
      }
      console.log(`sweep by ${transport}, own ids: ${probes} attempted / ${wrong.length} violated`);
      expect(wrong).toEqual([]);
    },
    300_000,
  );

  it('shows nothing of another account in any list or answer', async () => {
    const own = await openSystemWorld(app);
    for (const transport of transports)
      for (const [name, sample] of Object.entries(samples)) {
        if (procedures.api.get(name)?.type !== 'query') continue;
        const headers = bearer(own.owner.token);
        const answer = await callProcedure(app, transport, { name, input: sample(own), headers });
        expect(verdictOf(answer), name).toBe('ok');
        expect(JSON.stringify(answer.body), name).not.toContain(canary);
      }
  });

  it.each(transports)(
    'serves every valid input to an owner by %s',
    async (transport) => {
      const worldFor = sharedByQueries(() => openSystemWorld(app));
      for (const [name, sample] of Object.entries(samples)) {
        const own = await worldFor(name);
        const headers = bearer(own.owner.token);
        const answer = await callProcedure(app, transport, { name, input: sample(own), headers });
        expect(`${name} ${verdictOf(answer)} ${JSON.stringify(answer.body?.errors ?? '')}`).toBe(
          `${name} ${rightVerdict(name)} ""`,
        );
      }
    },
    180_000,
  );

  it('answers a foreign account in the header as one that does not exist', async () => {
    const own = await openWorld(app, 'Own');
    for (const token of [own.owner.token, own.key])
      for (const transport of transports) {
        const ask = (accountId: string) =>
          callProcedure(app, transport, {
            name: 'site.list',
            headers: { ...bearer(token), 'tenantry-account': accountId },
          });
        const [theirs, random] = [await ask(foreign.owner.accountId), await ask(newId())];
        expect(verdictOf(theirs)).toBe('404 not_found');
        expect(sameBytes(theirs)).toBe(sameBytes(random));
        expect(verdictOf(await ask('not-a-uuid'))).toBe('400 invalid_input');
        expect(verdictOf(await ask(own.owner.accountId))).toBe('ok');
      }
  });
});

describe('a text that is SQL', () => {
  it('stays a text, and gives no access to another account (B7)', async () => {
    const own = await openWorld(app, 'Own');
    const headers = bearer(own.owner.token);
    const { accountId } = foreign.owner;
    const texts = [
      `'; select set_config('app.account', '${accountId}', true); --`,
      `$$; set local app.account = '${accountId}'; $$`,
      `' or account_id = '${accountId}' --`,
    ];
    for (const name of texts)
      for (const transport of transports) {
        const created = await callProcedure(app, transport, {
          name: 'site.create',
          input: { name },
          headers,
        });
        expect(created.body.name).toBe(name);
        const sites = await callProcedure(app, transport, { name: 'site.list', headers });
        expect(JSON.stringify(sites.body)).not.toContain(canary);
      }
  });
});

type Element = { result?: { data: { name: string } }; error?: { data: { code: string } } };
function batchOf(body: unknown): Element[] {
  return body as Element[];
}

describe('a batch', () => {
  it('commits each call on its own when another call in it fails (A11)', async () => {
    const own = await openWorld(app, 'Own');
    const input = {
      0: { siteId: own.ids.siteId, name: 'First' },
      1: { siteId: newId(), name: 'x' },
      2: { name: '' },
    };
    const response = await fetch(`${app.url}/trpc/site.update,site.update,site.create?batch=1`, {
      method: 'POST',
      headers: { ...bearer(own.owner.token), 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    expect(response.status).toBe(207);
    const answers = batchOf(await response.json());
    expect(answers.map((answer) => answer.result?.data.name ?? answer.error?.data.code)).toEqual([
      'First',
      'not_found',
      'invalid_input',
    ]);
    const sites = await app.rest('GET', '/v1/sites', { bearer: own.owner.token });
    expect(sites.body.items.map((site: { name: string }) => site.name)).toEqual(['First']);
  });
});
