import { newId } from '@tenantry/db/ids';
import type { CallInfo } from '@tenantry/db/transaction';
import type { Actor } from '@tenantry/domain/actor';
import { change } from '@tenantry/ledger/change';
import { grantCredits } from '@tenantry/services/credit/grant';
import { holdCredits } from '@tenantry/services/credit/hold';
import { settleHold } from '@tenantry/services/credit/settle';
import { trueUpHold } from '@tenantry/services/credit/true-up';
import { type ServiceTest, type Tenant, accepted, actorOf } from '@tenantry/services/service.fixture';
import { reverseCharge } from '@tenantry/services/staff/reverse-charge';
import fc from 'fast-check';

/** What one thing that happened adds to usage, where, and when. */
export interface Part {
  at: Date;
  operation: string | null;
  site: string | null;
  key: string | null;
  spent: number;
  estimated: number;
  /** 1 for a charge, 0 for a correction. */
  charges: number;
}

/** A hold that was settled, with what is left of it. */
interface Work extends Pick<Part, 'operation' | 'site' | 'key'> {
  holdId: string;
  settled: number;
  isEstimated: boolean;
  isReversed: boolean;
}

/** Everything that an account spent and corrected. */
export interface History {
  tenant: Tenant;
  sites: readonly [null, string, string];
  keys: readonly [null, string, string];
  parts: Part[];
  work: Work[];
}

interface SettleStep {
  settle: number;
  excess: number;
  site: 0 | 1 | 2;
  key: 0 | 1 | 2;
  operation: string | null;
  isEstimated: boolean;
}
interface TrueUpStep {
  trueUp: number;
  change: number;
  key: 0 | 1 | 2;
}
interface ReverseStep {
  reverse: number;
  share: 'half' | 'whole';
}
/** What happens some seconds after the step before. */
export type Step = { after: number } & (SettleStep | TrueUpStep | ReverseStep);

const after = fc.oneof(fc.nat(30_000), fc.constantFrom(0, 0, 43_200));
const index = fc.constantFrom(0 as const, 1 as const, 2 as const);

export const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      after,
      settle: fc.integer({ min: 1, max: 30 }),
      excess: fc.constantFrom(0, 0, 5),
      site: index,
      key: index,
      operation: fc.constantFrom(null, 'write_content', 'summarise'),
      isEstimated: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ after, trueUp: fc.nat(20), change: fc.constantFrom(-2, 0, 3), key: index }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ after, reverse: fc.nat(20), share: fc.constantFrom('half', 'whole') }),
  },
);

/** Opens an account with two sites, two keys and enough credits. */
export async function openHistory(services: ServiceTest, at: Date): Promise<History> {
  const tenant = await services.register();
  const [sites, keys] = [[null, newId(), newId()] as const, [null, newId(), newId()] as const];
  for (const id of [sites[1], sites[2]])
    await services.database.query(
      "insert into site (account_id, id, name, created_at) values ($1, $2, 'A site', $3)",
      [tenant.accountId, id, at],
    );
  for (const id of [keys[1], keys[2]])
    await services.database.query(
      `insert into api_key (account_id, id, key_id, name, prefix, digest, scopes, created_at)
       values ($1, $2, $3, 'A key', 'tny', $3, '[]', $4)`,
      [tenant.accountId, id, id.replaceAll('-', ''), at],
    );
  const grant = { id: newId(), kind: 'promo', amount: 100_000, expiresAt: null, reference: 'test' } as const;
  await services.inAccount(tenant, ({ tx }) => change(tx, grantCredits, grant));
  return { tenant, sites, keys, parts: [], work: [] };
}

/** Makes a step happen, and notes what it adds to usage. */
export function happen(services: ServiceTest, history: History, one: Step, at: Date): Promise<void> {
  if ('settle' in one) return settle(services, history, one, at);
  if ('trueUp' in one) return trueUp(services, history, one, at);
  return reverse(services, history, one, at);
}

function actorWith({ tenant }: History, keyId: string | null): Actor {
  if (keyId === null) return actorOf(tenant.userId);
  return { kind: 'api_key', keyId, accountId: tenant.accountId, scopes: [], siteId: null };
}

async function settle(services: ServiceTest, history: History, one: SettleStep, at: Date): Promise<void> {
  const [site, key] = [history.sites[one.site], history.keys[one.key]];
  const { operation } = one;
  const call: Partial<CallInfo> = { actor: actorWith(history, key), now: at };
  const wanted = operation === null ? { amount: one.settle } : { operation, units: one.settle * 1000 };
  const input = { ...wanted, ...(site === null ? {} : { siteId: site }), ttlSeconds: 900, metadata: {} };
  const hold = accepted(
    await services.inAccount(history.tenant, ({ tx }) => change(tx, holdCredits, input), call),
  );
  const amount = hold.amount + one.excess;
  const usageSource = one.isEstimated ? 'estimated' : 'reported';
  const bill = { holdId: hold.id, amount, allowExcess: true, usageSource } as const;
  accepted(await services.inAccount(history.tenant, ({ tx }) => change(tx, settleHold, bill), call));
  const place = { operation, site, key };
  const estimated = one.isEstimated ? amount : 0;
  history.parts.push({ at, ...place, spent: amount, estimated, charges: 1 });
  const { isEstimated } = one;
  history.work.push({ ...place, holdId: hold.id, settled: amount, isEstimated, isReversed: false });
}

async function trueUp(services: ServiceTest, history: History, one: TrueUpStep, at: Date): Promise<void> {
  const open = history.work.filter(({ isEstimated, isReversed }) => isEstimated && !isReversed);
  const work = open[one.trueUp % Math.max(1, open.length)];
  if (work === undefined) return;
  const amount = Math.max(0, work.settled + one.change);
  const call: Partial<CallInfo> = { actor: actorWith(history, history.keys[one.key]), now: at };
  const input = { holdId: work.holdId, amount };
  accepted(await services.inAccount(history.tenant, ({ tx }) => change(tx, trueUpHold, input), call));
  const { operation, site, key } = work;
  const spent = amount - work.settled;
  history.parts.push({ at, operation, site, key, spent, estimated: -work.settled, charges: 0 });
  work.settled = amount;
  work.isEstimated = false;
}

const chargeOf = `select id, amount::int from ledger_entry
  where account_id = $1 and hold_id = $2 and to_book = 'spent' order by sequence limit 1`;

async function reverse(services: ServiceTest, history: History, one: ReverseStep, at: Date): Promise<void> {
  const open = history.work.filter(({ isReversed, settled }) => !isReversed && settled > 0);
  const work = open[one.reverse % Math.max(1, open.length)];
  if (work === undefined) return;
  const { accountId } = history.tenant;
  const [charge] = await services.database.query(chargeOf, [accountId, work.holdId]);
  const [back] = await services.database.query(
    'select coalesce(sum(amount), 0)::int as amount from ledger_entry where account_id = $1 and reverses_id = $2',
    [accountId, charge?.['id']],
  );
  const left = Number(charge?.['amount']) - Number(back?.['amount']);
  if (left <= 0) return;
  const amount = one.share === 'half' ? Math.ceil(left / 2) : left;
  const input = { accountId, entryId: String(charge?.['id']), amount, reason: 'test' };
  accepted(await services.asStaff(history.tenant, (context) => reverseCharge(context, input), { at }));
  const { operation, site, key } = work;
  const estimated = work.isEstimated ? -amount : 0;
  history.parts.push({ at, operation, site, key, spent: -amount, estimated, charges: 0 });
  work.isReversed = true;
}
