import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyScopes } from '@tenantry/domain/permissions';
import { type TestApp, openTestApp } from '../../app.ts';
import { type World, openWorld } from '../../fixture.ts';
import { callProcedure, procedures, termsOf, transports, verdictOf } from '../../procedures.ts';
import {
  type AccountCopy,
  type AccountTemplate,
  copyAccount,
  readTemplate,
} from '../../race/account-copy.ts';
import { type RacedCall, opponentsOf } from '../../race/opponents.ts';
import { rightInputs } from '../../right-inputs.ts';
import { insertServiceKey } from '../../service-keys.ts';
import { openStaff } from '../../staff.ts';

/** How often each pair of calls is raced. */
const rounds = Number(process.env['RACE_ROUNDS'] ?? 3);

let app: TestApp;
let world: World;
let template: AccountTemplate;
/** The entry of a charge that can be given back. */
let chargeId: string;
/** A service key with every scope. */
let service: string;
let staffFor: (procedureName: string) => string;
beforeAll(async () => {
  app = await openTestApp();
  world = await openWorld(app, 'Raced');
  staffFor = await openStaff(app);
  service = (await insertServiceKey(app)).secret;
  chargeId = await charge();
  template = await readTemplate(app.database, world.owner.accountId);
}, 60_000);
afterAll(() => app.close());

/** Settles a hold; answers the entry of the charge. */
async function charge(): Promise<string> {
  const bearer = world.owner.token;
  const hold = await app.rest('POST', '/v1/credits/holds', { body: { amount: 4 }, bearer });
  await app.rest('POST', `/v1/credits/holds/${hold.body.id}/settle`, { body: { amount: 4 }, bearer });
  const { items } = (await app.rest('GET', '/v1/credits/entries', { bearer })).body;
  return items.find(({ kind }: { kind: string }) => kind === 'settle').id;
}

/** Inputs of mutations that name more than the sample of a world does, and those of staff. */
function inputOf(side: 'api' | 'admin', name: string): Record<string, unknown> {
  const { accountId } = world.owner;
  const { siteId, paymentId } = world.ids;
  const own: Record<string, Record<string, unknown>> = {
    'api invitation.create': { email: `raced-${siteId}@example.test`, role: 'viewer', siteIds: [siteId] },
    'admin account.suspend': { accountId, reason: 'A race' },
    'admin account.reactivate': { accountId, reason: 'A race' },
    'admin credit.adjust': { accountId, amount: 5, reason: 'A race', kind: 'promo' },
    'admin credit.reverse': { accountId, entryId: chargeId, amount: 1, reason: 'A race' },
    'admin payment.reject': { paymentId, reason: 'A race' },
    'admin billing.confirmBankTransfer': {
      accountId,
      paymentId,
      externalPaymentId: 'FT RACE',
      amount: 2900,
      currency: 'USD',
      payerName: 'A. Payer',
    },
  };
  return own[`${side} ${name}`] ?? rightInputs(side, name, world);
}

/** Every mutation of an account, of both routers. */
const raced: RacedCall[] = (['api', 'admin'] as const).flatMap((side) =>
  [...procedures[side].values()].flatMap(({ name, type }): RacedCall[] => {
    const terms = termsOf(side, name);
    const isOfAccount =
      terms?.audience === 'tenant' || (terms?.audience === 'staff' && terms.account !== undefined);
    return type === 'mutation' && isOfAccount ? [{ app: side, name }] : [];
  }),
);

/** Whether a service key may call a procedure: it races the owner, or itself. */
function servesKeys({ app: side, name }: RacedCall): boolean {
  const terms = termsOf(side, name);
  if (terms?.audience !== 'tenant' || terms.person === true) return false;
  return terms.scope === 'any' || keyScopes.some((scope) => scope === terms.scope);
}

/** Calls a procedure in a copy of the account. */
async function call(
  { app: side, name, input = {}, by }: RacedCall,
  copy: AccountCopy,
  index = 0,
): Promise<string> {
  const ofTenant = by === 'service key' ? service : world.owner.token;
  const token = side === 'admin' ? staffFor(name) : ofTenant;
  const headers = {
    authorization: `Bearer ${token}`,
    ...(side === 'api' ? { 'tenantry-account': copy.accountId } : {}),
  };
  const caller = side === 'api' ? app : app.admin;
  const transport = transports[index % transports.length] ?? 'rest';
  return verdictOf(
    await callProcedure(caller, transport, { app: side, name, input: copy.translate(input), headers }),
  );
}

/** Runs work in a new copy of the account, and answers its verdicts with what the account then holds. */
async function inCopy(
  work: (copy: AccountCopy) => Promise<string[]>,
): Promise<{ verdicts: string[]; content: string }> {
  const copy = await copyAccount(app.database, template);
  app.api.authentication.accessCache.forget();
  // Every copy of the account invites the same mailbox, which gets few invitations an hour.
  await app.database.query('delete from email_bound');
  try {
    const verdicts = await work(copy);
    await app.api.background.settle();
    return { verdicts, content: (await copy.content()).join('\n') };
  } finally {
    await copy.delete();
  }
}

/** What one call after the other does, in either order. */
async function serialOutcomes(
  one: RacedCall,
  other: RacedCall,
): Promise<{ verdicts: string[]; content: string }[]> {
  const first = await inCopy(async (copy) => {
    const verdict = await call(one, copy);
    app.api.authentication.accessCache.forget();
    return [verdict, await call(other, copy)];
  });
  const second = await inCopy(async (copy) => {
    const verdict = await call(other, copy);
    app.api.authentication.accessCache.forget();
    return [await call(one, copy), verdict];
  });
  return [first, second];
}

describe('two changes of one account at once', () => {
  it('end as one after the other, whatever they change, and neither is a fault', async () => {
    const table: string[] = [];
    const wrong: string[] = [];
    for (const mutation of raced) {
      const by = servesKeys(mutation) ? 'service key' : 'owner';
      const one = { ...mutation, input: inputOf(mutation.app, mutation.name), by } as const;
      for (const other of opponentsOf(one, world, inputOf)) {
        const serial = await serialOutcomes(one, other);
        const seen: Record<string, number> = {};
        for (let round = 0; round < rounds; round += 1) {
          const outcome = await inCopy((copy) =>
            Promise.all([call(one, copy, round), call(other, copy, round + 1)]),
          );
          const verdicts = outcome.verdicts.join(' | ');
          seen[verdicts] = (seen[verdicts] ?? 0) + 1;
          const label = `${one.name} by ${one.by} x ${other.name}: ${verdicts}`;
          if (outcome.verdicts.some((verdict) => verdict.startsWith('5'))) wrong.push(label);
          else if (!serial.some(({ content }) => content === outcome.content))
            wrong.push(
              `${label} ends otherwise\n${differenceOf(
                serial.map(({ content }) => content),
                outcome.content,
              )}`,
            );
        }
        table.push(`${one.name} by ${one.by} x ${other.name}: ${JSON.stringify(seen)}`);
      }
    }
    console.log(
      `races: ${table.length} pairs, ${table.length * rounds} rounds, ${wrong.length} wrong\n${table.join('\n')}`,
    );
    expect(wrong).toEqual([]);
  }, 1_800_000);
});

/** The rows that neither serial order has. */
function differenceOf(serial: readonly string[], content: string): string {
  const known = new Set(serial.flatMap((one) => one.split('\n')));
  const rows = content.split('\n');
  const missing = serial[0]?.split('\n').filter((row) => !rows.includes(row)) ?? [];
  return [
    ...rows.filter((row) => !known.has(row)).map((row) => `  + ${row}`),
    ...missing.map((row) => `  - ${row}`),
  ].join('\n');
}
