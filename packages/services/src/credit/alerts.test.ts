import { newId } from '@tenantry/db/ids';
import { addGrant } from '@tenantry/domain/credit/grants';
import { change } from '@tenantry/ledger/change';
import type { LedgerService } from '@tenantry/ledger/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ServiceTest,
  type Tenant,
  accepted,
  now,
  openServiceTest,
  secondsAfter,
} from '../service.fixture.ts';
import { getAlerts, updateAlerts } from './alerts.ts';
import { holdCredits } from './hold.ts';
import { releaseHold } from './release.ts';

let services: ServiceTest;
beforeAll(async () => {
  services = await openServiceTest();
});
afterAll(() => services.close());

const update = (tenant: Tenant, lowBalanceThresholds: number[]) =>
  services.inAccount(tenant, (context) => updateAlerts(context, { lowBalanceThresholds }));
const get = (tenant: Tenant) => services.inAccount(tenant, (context) => getAlerts(context));
const hold = async (tenant: Tenant, amount: number, at = now) => {
  const input = { amount, ttlSeconds: 60, metadata: {} };
  return accepted(await services.inAccount(tenant, ({ tx }) => change(tx, holdCredits, input), { now: at }))
    .id;
};
const give: LedgerService<number, null> = {
  reads: () => ({}),
  decide: ({ view: { books } }, amount) => {
    const grant = { id: newId(), kind: 'purchase', amount, expiresAt: null, reference: 'more' } as const;
    return { books: addGrant(books, grant), answer: null };
  },
};
const release = async (tenant: Tenant, holdId: string) =>
  accepted(await services.inAccount(tenant, ({ tx }) => change(tx, releaseHold, { holdId })));
const messagesOf = async ({ accountId }: Tenant) => {
  const sql = `select payload->>'threshold' as threshold, payload->>'available' as available from outbox_message
    where account_id = $1 and topic = 'credit.low_balance' order by threshold, available`;
  return (await services.database.query(sql, [accountId])).map((row) => [row['threshold'], row['available']]);
};

describe('the alerts of a low balance', () => {
  it('are none at first, and keep each threshold once, the highest first', async () => {
    const tenant = await services.register();
    expect(await get(tenant)).toEqual({ lowBalanceThresholds: [] });
    const set = { lowBalanceThresholds: [500, 100] };
    expect(await update(tenant, [100, 500, 100])).toEqual(set);
    expect(await get(tenant)).toEqual(set);
    await update(tenant, []);
    expect(await get(tenant)).toEqual({ lowBalanceThresholds: [] });
  });

  it('are sent once for each crossing, with what is available then', async () => {
    const tenant = await services.register();
    await update(tenant, [500, 100]);
    await hold(tenant, 500);
    expect(await messagesOf(tenant)).toEqual([]);
    await hold(tenant, 1);
    await hold(tenant, 1);
    expect(await messagesOf(tenant)).toEqual([['500', '499']]);
    await hold(tenant, 450);
    expect(await messagesOf(tenant)).toEqual([
      ['100', '48'],
      ['500', '499'],
    ]);
  });

  it('are sent again only after ten minutes above the threshold and its tenth, or after a top-up', async () => {
    const tenant = await services.register();
    await update(tenant, [500]);
    const first = await hold(tenant, 600);
    await release(tenant, first);
    const second = await hold(tenant, 610);
    await update(tenant, [500, 20]);
    expect(await messagesOf(tenant)).toEqual([['500', '400']]);
    await release(tenant, second);
    await hold(tenant, 620, secondsAfter(599));
    expect(await messagesOf(tenant)).toEqual([['500', '400']]);
    // The hold runs out at 659 s, and nobody writes it.
    await hold(tenant, 630, secondsAfter(1259));
    expect(await messagesOf(tenant)).toEqual([
      ['500', '370'],
      ['500', '400'],
    ]);
    await services.inAccount(tenant, ({ tx }) => change(tx, give, 200), { now: secondsAfter(1260) });
    await hold(tenant, 100, secondsAfter(1261));
    expect(await messagesOf(tenant)).toEqual([
      ['500', '370'],
      ['500', '400'],
      ['500', '470'],
    ]);
  });
});
