import { newId } from '@tenantry/db/ids';
import { openOrm } from '@tenantry/db/orm';
import { noFailpoint } from '@tenantry/db/failpoint';
import { type Database, openDatabase } from '@tenantry/db/transaction';
import { webhookMessage } from '@tenantry/contract/webhook-message';
import { addDays } from '@tenantry/domain/time';
import { refuse } from '@tenantry/domain/refusals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forgetOutbox } from '../outbox/forget.ts';
import { leaseSeconds } from '../outbox/deliver.ts';
import { sendOperatorTests } from '../outbox/operator-tests.ts';
import type { SignedWebhook, WebhookSender } from '../ports.ts';
import { type ServiceTest, accepted, now, openServiceTest, secondsAfter } from '../service.fixture.ts';
import { createOperatorEndpoint, deleteOperatorEndpoint, switchOperatorEndpoint } from './manage.ts';
import { listOperatorTests, sendOperatorTest } from './send-test.ts';

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

/** A call by staff. */
const byStaff = () => {
  const actor = { kind: 'staff', staffId: newId(), role: 'platform_admin', sessionId: newId() } as const;
  const { identity, webhookTargets } = services.ports;
  const { admin } = services.database;
  const commit = <T>(work: Parameters<typeof admin.withoutAccount.write<T>>[1]) =>
    admin.withoutAccount.write({}, work);
  return { actor, requestId: newId(), now, identity, webhookTargets, commit };
};
const create = async () =>
  accepted(await createOperatorEndpoint(byStaff(), { url: 'https://hooks.example.com/operator' })).id;
const ask = (endpointId: string) => sendOperatorTest(byStaff(), { endpointId });
const list = (endpointId: string) =>
  services.database.admin.withoutAccount.read({}, (tx) => listOperatorTests(tx, { endpointId }));

/** Sends what waits as a worker does at a time; answers what it sent. */
async function send(
  answer: Awaited<ReturnType<WebhookSender['send']>> | Error = delivered,
  at = now,
): Promise<SignedWebhook[]> {
  const sent: SignedWebhook[] = [];
  await sendOperatorTests({
    database: worker,
    clock: () => at,
    random: () => 0.5,
    unseal: services.ports.identity.unseal,
    failpoint: noFailpoint,
    webhooks: {
      send: async (webhook) => {
        sent.push(webhook);
        if (answer instanceof Error) throw answer;
        return answer;
      },
    },
  }).catch((fault: unknown) => expect(fault).toBe(answer));
  return sent;
}
const delivered = { outcome: 'delivered', status: 204, answer: null } as const;

describe('a test of an endpoint of the operator', () => {
  it('is sent once, of no account, to that endpoint alone, and says what was answered', async () => {
    const [endpointId, other] = [await create(), await create()];
    const { id } = accepted(await ask(endpointId));
    expect(await list(endpointId)).toMatchObject([{ id, finishedAt: null, outcome: null }]);
    const sent = await send({ outcome: 'rejected', status: 500, answer: 'busy' });
    expect(sent.map((one) => [one.id, webhookMessage.parse(JSON.parse(one.body)).accountId])).toEqual([
      [id, null],
    ]);
    expect(await send()).toEqual([]);
    const rejected = { outcome: 'rejected', status: 500, answer: 'busy', durationMilliseconds: 0 };
    expect(await list(endpointId)).toMatchObject([{ id, endpointId, finishedAt: now, ...rejected }]);
    expect(await list(other)).toEqual([]);
  });

  it('of a worker that died is sent again, with the same id, when its lease ends', async () => {
    const { id } = accepted(await ask(await create()));
    expect(await send(new Error('died'))).toMatchObject([{ id }]);
    expect(await send(delivered, secondsAfter(leaseSeconds - 1))).toEqual([]);
    expect(await send(delivered, secondsAfter(leaseSeconds))).toMatchObject([{ id }]);
  });

  it('is refused for an endpoint that is not there, was deleted, or is disabled', async () => {
    const endpointId = await create();
    expect(await ask(newId())).toEqual(refuse('not_found'));
    await switchOperatorEndpoint(byStaff(), { endpointId, enabled: false });
    expect(await ask(endpointId)).toEqual(refuse('conflict'));
    await deleteOperatorEndpoint(byStaff(), { endpointId });
    expect(await ask(endpointId)).toEqual(refuse('not_found'));
    expect(await list(endpointId)).toEqual([]);
  });

  it('is not sent any more when the endpoint was disabled since', async () => {
    const endpointId = await create();
    accepted(await ask(endpointId));
    await switchOperatorEndpoint(byStaff(), { endpointId, enabled: false });
    expect(await send()).toEqual([]);
    expect(await list(endpointId)).toEqual([]);
  });

  it('is forgotten after 30 days', async () => {
    const endpointId = await create();
    accepted(await ask(endpointId));
    await send();
    await forgetOutbox({ database: worker, now: addDays(now, 30) });
    expect(await list(endpointId)).toHaveLength(1);
    await forgetOutbox({ database: worker, now: addDays(now, 31) });
    expect(await list(endpointId)).toEqual([]);
  });
});
