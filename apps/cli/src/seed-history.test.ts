import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { invoiceStatuses } from '@tenantry/domain/invoice/status';
import { paymentStatuses } from '@tenantry/domain/payment/status';
import { standingCodes } from '@tenantry/domain/standing';
import { getSubscription } from '@tenantry/services/subscription/get';
import { type TestDatabase, openTestDatabase } from '@tenantry/testing/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedHistory } from './seed-history.ts';
import { seedDemo } from './seed.ts';
import { verifyBooks } from './verify-ledger.ts';

const now = new Date('2026-11-20T10:00:00Z');
const password = 'correct horse battery';
let app: TestDatabase;
let folder: string;
let said: string;
const common = () => ({
  mode: 'demo' as const,
  ownerUrl: app.url('tenantry_owner'),
  apiKeyPepper: 'q8V3nKxw2ZrT7yBd5LmP0sHc9JfG4aEu',
  ownerPassword: password,
});
const seed = () =>
  seedDemo(
    { ...common(), databaseUrl: app.url('tenantry_api'), staffPassword: password, apiKey: undefined },
    now,
  );
const history = (at = now) =>
  seedHistory(
    {
      ...common(),
      secondFactorKeys: [{ id: '1', secret: 's'.repeat(32) }],
      filesFolder: folder,
      secondApproverAmounts: { USD: 25_000 },
    },
    at,
  );
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tenantry-demo-'));
  app = await openTestDatabase();
  await seed();
  said = await history();
}, 600_000);
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

/** How many rows there are of each value of a column. */
async function counted(sql: string): Promise<Record<string, number>> {
  const found = await app.query(
    `select value, count(*)::int as rows from (${sql}) one group by 1 order by 1`,
  );
  return Object.fromEntries(found.map(({ value, rows }) => [String(value), Number(rows)]));
}

/** The standing of every account at the end of the history, as its state and code. */
async function standings(): Promise<string[]> {
  const found: string[] = [];
  for (const { id } of await app.query('select id from account')) {
    const call = { actor: { kind: 'system', job: 'test' }, requestId: 'test', now } as const;
    const { standing } = await app.api.inAccount.read({ accountId: String(id) }, call, (tx) =>
      getSubscription({ tx, now }),
    );
    found.push(`${standing.state} ${standing.code}`);
  }
  return [...new Set(found)].toSorted();
}

describe('the history of the demo', () => {
  it('has an account in every standing, and transfers and invoices in every state', async () => {
    expect(said).toBe('Made 37 accounts with their history.');
    // No service writes the status `expired`, from which alone that code follows.
    const reached = standingCodes.filter((code) => code !== 'subscription_expired');
    const refused = reached.map((code) => `refused ${code}`);
    expect(await standings()).toEqual(['good null', 'grace null', ...refused.toSorted()]);
    expect(await counted('select status as value from invoice')).toMatchObject(
      Object.fromEntries(invoiceStatuses.map((status) => [status, expect.any(Number)])),
    );
    expect(await counted('select status as value from payment')).toMatchObject(
      Object.fromEntries(paymentStatuses.map((status) => [status, expect.any(Number)])),
    );
  });

  it('has transfers that wait, of which one is short, one is too much and one is approved by one of two', async () => {
    const waiting = await app.query(
      `select p.amount - (i.amount - i.amount_paid) as difference, a.payment_id is not null as approved,
        exists (select from payment_proof f where f.payment_id = p.id) as shown
       from payment p join invoice i on i.id = p.invoice_id left join payment_approval a on a.payment_id = p.id
       where p.status = 'pending_approval'`,
    );
    const signs = waiting.map(({ difference }) => Math.sign(Number(difference)));
    expect([signs.includes(-1), signs.includes(0), signs.includes(1)]).toEqual([true, true, true]);
    expect(waiting.filter(({ approved }) => approved === true)).toHaveLength(1);
    expect(new Set(waiting.map(({ shown }) => shown))).toEqual(new Set([true, false]));
    expect((await readdir(folder)).length).toBeGreaterThan(5);
    const lines = await counted('select status as value from provider_event');
    expect(lines['waiting']).toBeGreaterThan(3);
  });

  it('has books that verify, and money and credits that add up', async () => {
    const { lines, faults } = await verifyBooks({ workerUrl: app.url('tenantry_worker') }, undefined);
    expect([faults, lines.length]).toEqual([0, expect.any(Number)]);
    const [money] = await app.query(
      `select (select sum(amount - refunded_amount) from payment where status in ('succeeded', 'refunded')) as received,
        (select sum(amount_paid) from invoice) as invoiced,
        (select sum(case kind when 'payment' then amount when 'apply' then -amount when 'release' then amount else -amount end) from money_entry) as balances`,
    );
    expect(Number(money?.['received'])).toBe(Number(money?.['invoiced']) + Number(money?.['balances']));
    const [late] = await app.query('select count(*)::int as rows from audit_entry where at > $1', [now]);
    expect(late).toEqual({ rows: 0 });
  });

  it('has messages that were relayed at their time, and an endpoint that fails', async () => {
    expect(await counted('select status as value from email_delivery')).toEqual({ sent: expect.any(Number) });
    const [queue] = await app.query('select count(*)::int as rows from webhook_queue where is_suspect');
    expect(queue).toEqual({ rows: 1 });
  });

  it('makes nothing twice', async () => {
    const figures = () => app.query('select count(*)::int as rows, max(at) as newest from audit_entry');
    const before = await figures();
    expect(await history(new Date(now.getTime() + 86_400_000))).toBe('The accounts of the demo are there.');
    expect(await figures()).toEqual(before);
  });

  it('is made in demos alone', async () => {
    const config = { ...common(), mode: 'production' as const, secondFactorKeys: [], filesFolder: folder };
    await expect(seedHistory({ ...config, secondApproverAmounts: {} }, now)).rejects.toThrow(
      'needs MODE=demo',
    );
  });
});
