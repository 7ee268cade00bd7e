import { openOrm } from '@tenantry/db/orm';
import { type Database, openDatabase } from '@tenantry/db/transaction';
import { noFailpoint } from '@tenantry/db/failpoint';
import { claimOwnQueues, messagesOfQueues } from '@tenantry/db/outbox/deliver';
import { enqueueOutboxMessage } from '@tenantry/db/audit/queries';
import { insertDelivery } from '@tenantry/testing/webhook/delivery';
import { addDays } from '@tenantry/domain/time';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SignedWebhook } from '../ports.ts';
import {
  type ServiceTest,
  type Tenant,
  accepted,
  now,
  openServiceTest,
  secondsAfter,
} from '../service.fixture.ts';
import { createEndpoint } from '../webhook-endpoint/create.ts';
import { deleteEndpoint } from '../webhook-endpoint/delete.ts';
import { type RelayContext, relayCall } from './context.ts';
import { deliverQueue, leaseSeconds, takeQueues } from './deliver.ts';
import { forgetOutbox } from './forget.ts';
import { routeOutbox } from './route.ts';

let services: ServiceTest;
let worker: Database;
beforeAll(async () => {
  services = await openServiceTest();
  worker = openDatabase(await openOrm(services.database.url('tenantry_worker'), 5));
});
afterAll(async () => {
  await worker.close();
  await services.close();
});

let sent: SignedWebhook[];
let at: Date;
beforeEach(async () => {
  // Each test has the queues of its own account alone.
  await services.database.query(
    'update webhook_endpoint set enabled = false, disabled_reason = $1 where enabled',
    ['asked'],
  );
  await services.database.query('update webhook_queue set next_attempt_at = null');
  sent = [];
  at = now;
});

const contextOf = (
  outcome: 'delivered' | 'rejected' = 'delivered',
  during: () => Promise<void> = async () => undefined,
): RelayContext => ({
  database: worker,
  clock: () => at,
  random: () => 0.5,
  unseal: services.ports.identity.unseal,
  failpoint: noFailpoint,
  webhooks: {
    send: async (webhook) => {
      sent.push(webhook);
      await during();
      return { outcome, status: outcome === 'delivered' ? 204 : 500, answer: null };
    },
  },
});
const take = (context = contextOf()) =>
  takeQueues(context, (tx) => claimOwnQueues(tx, { now: at, leaseSeconds, queuesMax: 10 }, false));
const suspects = (context = contextOf()) =>
  takeQueues(context, (tx) => claimOwnQueues(tx, { now: at, leaseSeconds, queuesMax: 10 }, true));

async function withEndpoint(): Promise<Tenant & { endpointId: string }> {
  const tenant = await services.register();
  const made = await services.inAccount(tenant, (context) =>
    createEndpoint(context, { url: 'https://hooks.example.com/', events: ['credit.low_balance'] }),
  );
  return { ...tenant, endpointId: accepted(made).id };
}
const tell = (tenant: Tenant, ...available: number[]) =>
  services.inAccount(tenant, async ({ tx }) => {
    for (const one of available)
      await enqueueOutboxMessage(tx, 'credit.low_balance', { threshold: 9, available: one });
  });
const availableOf = ({ body }: SignedWebhook): number => JSON.parse(body).data.available;

describe('the relay', () => {
  it('routes once, however many route at a time, in the order of the outbox', async () => {
    const tenant = await withEndpoint();
    await tell(tenant, 3, 2, 1);
    const routed = await Promise.all(Array.from({ length: 5 }, () => routeOutbox(contextOf())));
    expect(routed.reduce((sum, one) => sum + one, 0)).toBeGreaterThanOrEqual(3);
    const [queue, ...others] = await take();
    expect(others).toEqual([]);
    expect(queue?.messages.map(({ body }) => JSON.parse(body).data.available)).toEqual([3, 2, 1]);
    expect(await routeOutbox(contextOf())).toBe(0);
  });

  it('gives a queue to one worker until its lease ends, and then to another', async () => {
    await tell(await withEndpoint(), 1);
    await routeOutbox(contextOf());
    const taken = await Promise.all([take(), take(), take()]);
    expect(taken.flat()).toHaveLength(1);
    at = secondsAfter(leaseSeconds - 1);
    expect(await take()).toEqual([]);
    at = secondsAfter(leaseSeconds);
    expect(await take()).toHaveLength(1);
  });

  it('writes nothing of a worker whose lease has ended', async () => {
    const tenant = await withEndpoint();
    await tell(tenant, 1);
    await routeOutbox(contextOf());
    const [late] = await take();
    if (late === undefined) throw new Error('nothing was taken');
    const other = async () => {
      at = secondsAfter(leaseSeconds);
      const [again] = await take();
      if (again === undefined) throw new Error('nothing was taken again');
      await deliverQueue(contextOf(), again);
    };
    await deliverQueue(contextOf('rejected', other), late);
    const attempts = await services.database.query(
      'select outcome from webhook_attempt where account_id = $1',
      [tenant.accountId],
    );
    expect(attempts).toEqual([{ outcome: 'delivered' }]);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
  });

  it('sees what is routed while a queue is being sent', async () => {
    const tenant = await withEndpoint();
    await tell(tenant, 2);
    await routeOutbox(contextOf());
    const [first] = await take();
    if (first === undefined) throw new Error('nothing was taken');
    const more = async () => {
      await tell(tenant, 1);
      await routeOutbox(contextOf());
    };
    await deliverQueue(contextOf('delivered', more), first);
    const [second] = await take();
    expect(second?.messages.map(({ body }) => JSON.parse(body).data.available)).toEqual([1]);
  });

  it('stops at the first message that fails, and takes it again among those that failed', async () => {
    const tenant = await withEndpoint();
    await tell(tenant, 3, 2, 1);
    await routeOutbox(contextOf());
    const [taken] = await take();
    if (taken === undefined) throw new Error('nothing was taken');
    await deliverQueue(contextOf('rejected'), taken);
    expect(sent.map(availableOf)).toEqual([3]);
    expect([await take(), await suspects()]).toEqual([[], []]);
    at = secondsAfter(5);
    expect(await take()).toEqual([]);
    const [again] = await suspects();
    expect(again?.messages.map(({ attempts }) => attempts)).toEqual([1, 0, 0]);
  });

  it('holds up no queue beside one that another worker has taken', async () => {
    const [one, other] = [await withEndpoint(), await withEndpoint()];
    await tell(one, 1);
    await tell(other, 2);
    await routeOutbox(contextOf());
    const found = await worker.withoutAccount.write({}, async (tx) => {
      const [first, ...rest] = await claimOwnQueues(tx, { now: at, leaseSeconds, queuesMax: 1 }, false);
      // The first claim is not committed; a second one takes the other queue and does not wait.
      const second = await take();
      return {
        first,
        rest,
        second,
        messages: await messagesOfQueues(tx, first === undefined ? [] : [first], 5),
      };
    });
    expect(found.rest).toEqual([]);
    expect(new Set([found.first?.accountId, ...found.second.map(({ queue }) => queue.accountId)])).toEqual(
      new Set([one.accountId, other.accountId]),
    );
    expect(found.messages.size).toBe(1);
  });

  it('signs each attempt at its own time, with the id and the body of the first', async () => {
    await tell(await withEndpoint(), 1);
    await routeOutbox(contextOf());
    for (const queue of await take()) await deliverQueue(contextOf('rejected'), queue);
    at = secondsAfter(600);
    for (const queue of await suspects()) await deliverQueue(contextOf('rejected'), queue);
    expect(sent.map(({ timestamp }) => timestamp)).toEqual(
      [now, secondsAfter(600)].map((time) => time.getTime() / 1000),
    );
    expect(new Set(sent.map(({ id, body }) => id + body)).size).toBe(1);
  });

  it('loses no message whose transaction commits after a newer one was routed', async () => {
    const tenant = await withEndpoint();
    // The older message is written and not committed while the newer one commits and is routed.
    const { accountId } = tenant;
    await worker.inAccount.write({ accountId }, relayCall(now), async (tx) => {
      await enqueueOutboxMessage(tx, 'credit.low_balance', { threshold: 9, available: 2 });
      await tell(tenant, 1);
      await routeOutbox(contextOf());
    });
    await routeOutbox(contextOf());
    const [queue] = await take();
    expect(queue?.messages.map(({ body }) => JSON.parse(body).data.available)).toEqual([2, 1]);
  });

  it('fails what was routed to an endpoint that was deleted meanwhile, and sends nothing', async () => {
    const tenant = await withEndpoint();
    await tell(tenant, 1);
    await routeOutbox(contextOf());
    await services.inAccount(tenant, (context) => deleteEndpoint(context, { endpointId: tenant.endpointId }));
    await services.database.query(
      "update webhook_delivery set status = 'pending', finished_at = null where account_id = $1",
      [tenant.accountId],
    );
    const [taken, ...others] = await take();
    if (taken === undefined) throw new Error('nothing was taken');
    await deliverQueue(contextOf(), taken);
    expect([sent, others, await take()]).toEqual([[], [], []]);
    expect(
      await services.database.query('select status from webhook_delivery where account_id = $1', [
        tenant.accountId,
      ]),
    ).toEqual([{ status: 'failed' }]);
  });

  it('forgets what ended 30 days ago, and keeps the messages', async () => {
    const tenant = await withEndpoint();
    const id = await insertDelivery(services, tenant.accountId, tenant.endpointId);
    const [row] = await services.database.query('select finished_at from webhook_delivery where id = $1', [
      id,
    ]);
    const ended = new Date(String(row?.['finished_at']));
    await forgetOutbox({ database: worker, now: addDays(ended, 30) });
    expect(await services.database.query('select id from webhook_delivery where id = $1', [id])).toHaveLength(
      1,
    );
    await forgetOutbox({ database: worker, now: new Date(addDays(ended, 30).getTime() + 2000) });
    expect(await services.database.query('select id from webhook_delivery where id = $1', [id])).toEqual([]);
    expect(
      await services.database.query(
        "select id from outbox_message where account_id = $1 and topic = 'webhook_endpoint.test'",
        [tenant.accountId],
      ),
    ).toHaveLength(1);
  });
});
