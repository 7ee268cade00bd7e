import { newId } from '@tenantry/db/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type TestApp, openTestApp } from '../../app.ts';
import { type World, idNames, openWorld, samples } from '../../fixture.ts';
import {
  type HiddenSite,
  type LimitedCaller,
  addHiddenSite,
  hiddenOperation,
  openLimitedCallers,
} from '../../hidden-site.ts';
import {
  accountProcedures,
  callProcedure,
  procedures,
  sameBytes,
  transports,
  verdictOf,
} from '../../procedures.ts';

let app: TestApp;
let world: World;
let hidden: HiddenSite;
let callers: LimitedCaller[];
beforeAll(async () => {
  app = await openTestApp();
  world = await openWorld(app, 'A world');
  hidden = await addHiddenSite(app, world);
  callers = await openLimitedCallers(app, world);
  // When a key was last used is written later, and is no change of a caller.
  await app.api.keyUses.flush();
}, 60_000);
afterAll(() => app.close());

const typeOf = (name: string) => procedures.api.get(name)?.type;

/** The fields of an input with the values that each of them is asked with besides its sample. */
function choicesOf(name: string): [string, unknown][] {
  const [schema] = (procedures.api.get(name)?.inputs ?? []).filter((one) => one instanceof z.ZodType);
  if (schema === undefined) return [];
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return Object.entries(properties).flatMap(([field, property]) =>
    typeof property === 'object' && Array.isArray(property.enum)
      ? property.enum.map((value): [string, unknown] => [field, value])
      : [],
  );
}

/** Every input that a query is asked with: its sample, the same with each choice, and those without a filter. */
function inputsOf(name: string): Record<string, unknown>[] {
  const sample = samples[name]?.(world) ?? {};
  const page = choicesOf(name).length > 0 ? { limit: 100 } : {};
  const wide = Object.keys(sample).some((key) => idNames.some((id) => id === key)) && name !== 'usage.list';
  const bare = wide ? sample : page;
  return [sample, bare, ...choicesOf(name).map(([field, value]) => ({ ...bare, [field]: value }))];
}

/** An input that names the hidden site where it named the site of the world. */
function withHiddenIds(input: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(input).map(([key, value]) => [key, new Map(Object.entries(hidden.ids)).get(key) ?? value]),
  );
}

/** The canaries that a body shows. */
function shownIn(body: unknown): string[] {
  const text = JSON.stringify(body ?? null);
  return Object.entries(hidden.canaries).flatMap(([what, canary]) => (text.includes(canary) ? [what] : []));
}

describe('another site of the account', () => {
  it.each(transports)(
    'is in no answer to a query of a member or a key that is limited to one site, by %s, and in those of an owner',
    async (transport) => {
      const leaks: string[] = [];
      const seen = new Set<string>();
      let probes = 0;
      const queries = [...procedures.api.keys()].filter((name) => typeOf(name) === 'query');
      for (const name of queries)
        for (const input of inputsOf(name)) {
          const headers = { authorization: `Bearer ${world.owner.token}` };
          for (const asked of [input, withHiddenIds(input)])
            for (const what of shownIn(
              (await callProcedure(app, transport, { name, input: asked, headers })).body,
            ))
              seen.add(what);
          for (const { who, headers } of callers) {
            const answer = await callProcedure(app, transport, { name, input, headers });
            probes += 1;
            for (const what of shownIn(answer.body)) leaks.push(`${who} ${name} shows the ${what}`);
            if (name === 'usage.list' && JSON.stringify(answer.body).includes(hiddenOperation))
              leaks.push(`${who} usage.list shows the operation`);
          }
        }
      console.log(`limited to a site, queries by ${transport}: ${probes} attempted / ${leaks.length} leaks`);
      expect([...new Set(leaks)]).toEqual([]);
      expect([...seen].toSorted()).toEqual(Object.keys(hidden.canaries).toSorted());
    },
    120_000,
  );

  it.each(transports)(
    'does not exist by any of its ids, by %s: the answer is that for a random id',
    async (transport) => {
      const wrong: string[] = [];
      let probes = 0;
      const theirs = { ...hidden.ids, userId: hidden.userId, invitationId: hidden.invitationId };
      const before = await digestOfHidden();
      for (const { name } of accountProcedures) {
        const sample = samples[name]?.(world) ?? {};
        for (const [field, id] of Object.entries(theirs).filter(([key]) => key in sample))
          for (const { who, headers } of callers) {
            const ask = (value: string) => {
              const input = { ...sample, [field]: value };
              const probed = field === 'sectorId' ? { ...input, siteId: hidden.siteId } : input;
              return callProcedure(app, transport, { name, input: probed, headers });
            };
            const [answer, random] = [await ask(id), await ask(newId())];
            probes += 1;
            if (sameBytes(answer) !== sameBytes(random))
              wrong.push(`${who} ${name} ${field}: ${sameBytes(answer)}, not ${sameBytes(random)}`);
            if (answer.status < 400) wrong.push(`${who} ${name} ${field} was served`);
          }
      }
      console.log(`limited to a site, ids by ${transport}: ${probes} attempted / ${wrong.length} violated`);
      expect(wrong).toEqual([]);
      expect(probes).toBeGreaterThanOrEqual(60);
      expect(await digestOfHidden()).toEqual(before);
    },
    120_000,
  );
});

/** What belongs to the hidden site or to the account as a whole, as it is stored. */
async function digestOfHidden(): Promise<unknown> {
  const values = [world.owner.accountId, hidden.siteId, hidden.userId, hidden.invitationId];
  const tables = ['sector', 'api_key', 'credit_hold', 'credit_limit', 'ledger_entry'];
  const ofSite = tables.map(
    (table) => `select '${table}', t::text from ${table} t where account_id = $1 and site_id = $2::uuid`,
  );
  const ofAccount = ['invoice', 'payment', 'subscription'].map(
    (table) => `select '${table}', t::text from ${table} t where account_id = $1`,
  );
  const ofPeople = [
    "select 'membership', t::text from membership t where account_id = $1 and (site_ids is null or user_id = $3::uuid)",
    "select 'invitation', t::text from invitation t where account_id = $1 and (site_ids is null or id = $4::uuid)",
  ];
  return app.database.query(
    `select 'site', t::text from site t where account_id = $1 and id = $2::uuid
     union all select 'account', t::text from account t where id = $1
     union all select 'alerts', jsonb_path_query_array(low_balance_alerts, '$[*].threshold')::text from credit_balance where account_id = $1
     union all ${[...ofSite, ...ofAccount, ...ofPeople].join(' union all ')} order by 1, 2`,
    values,
  );
}

describe('a member or a key that is limited to one site', () => {
  it('changes nothing of the account or of another site, whatever it calls, and is answered nothing of them', async () => {
    const wrong: string[] = [];
    const served: string[] = [];
    const before = await digestOfHidden();
    const mutations = accountProcedures.filter(({ name }) => typeOf(name) === 'mutation');
    // Whoever leaves the account or deletes the site comes last, so that the calls before are served.
    const last = ['site.archive', 'site.restore', 'site.delete', 'member.leave'];
    const ordered = [
      ...mutations.filter(({ name }) => !last.includes(name)).map(({ name }) => name),
      ...last,
    ];
    for (const name of ordered.filter((one) => one !== 'member.leave'))
      for (const [index, { who, headers }] of callers.entries()) {
        const transport = transports[index % 2] ?? 'rest';
        const input = samples[name]?.(world) ?? {};
        const answer = await callProcedure(app, transport, { name, input, headers });
        if (answer.status < 300) served.push(`${who} ${name}`);
        for (const what of shownIn(answer.body)) wrong.push(`${who} ${name} shows the ${what}`);
      }
    console.log(
      `limited to a site, changes: ${ordered.length * callers.length} attempted, served: ${served.join(', ')}`,
    );
    expect(wrong).toEqual([]);
    expect(await digestOfHidden()).toEqual(before);
    for (const one of ['editor credit.hold', 'editor site.update', 'key site.update', 'key operation.run'])
      expect(served).toContain(one);
  }, 120_000);

  it('is told that it is limited where it asks for a change of the whole account', async () => {
    const other = await openWorld(app, 'Another world');
    const key = (await openLimitedCallers(app, other)).find(({ who }) => who === 'key');
    for (const transport of transports) {
      const input = { name: 'Renamed by a key of one site' };
      const answer = await callProcedure(app, transport, {
        name: 'account.update',
        input,
        headers: key?.headers ?? {},
      });
      expect(verdictOf(answer)).toBe('403 site_forbidden');
    }
  });
});
