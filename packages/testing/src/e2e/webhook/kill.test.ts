import type { FailpointName } from '@tenantry/db/failpoint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { runProgram, startProgram } from '../../process.ts';
import { type Owner, registerOwner } from '../../users.ts';
import { enqueue, lowBalances, makeEndpoint } from '../../webhook/endpoints.ts';
import { type MailServer, openMailServer } from '../../webhook/mail-server.ts';
import { type Receiver, openReceiver } from '../../webhook/receiver.ts';

/** Every step of the relay, and the passes at which it dies there. */
const points: readonly [FailpointName, ...passes: number[]][] = [
  ['outbox_routed', 1],
  ['outbox_route_committed', 1],
  ['outbox_claimed', 1, 1],
  ['outbox_sent', 1, 3, 7],
  ['outbox_record_written', 1, 2],
  ['outbox_recorded', 1, 2],
  ['mail_claimed', 1],
  ['mail_counted', 1, 2],
  ['mail_sent', 1, 2],
  ['mail_recorded', 1, 2],
];
const kills = points.flatMap(([point, ...passes]) => passes.map((nth) => ({ point, nth })));

/**
 * How much later the next relay looks at its clock, so that the lease of the dead one has ended, and for e-mails so that the
 * hour of their bound is over.
 */
const shiftOf = (point: FailpointName) => (isOfEmails(point) ? 3601 : 61);
const isOfEmails = (point: FailpointName) => point.startsWith('mail_');

const accounts = 4;

let app: TestApp;
let receiver: Receiver;
let mail: MailServer;
beforeAll(async () => {
  app = await openTestApp();
  receiver = await openReceiver();
  mail = await openMailServer();
});
afterAll(async () => {
  await receiver.close();
  await mail.close();
  await app.close();
});

const words = (shift: number) => [
  '--url',
  app.database.url('tenantry_worker'),
  '--smtp',
  mail.url,
  '--shift',
  String(shift),
];
const waiting = async () =>
  Number(
    (
      await app.database.query(`select (select count(*) from outbox_message where sent_at is null and queued_at is not null)
        + (select count(*) from webhook_delivery where status = 'pending')
        + (select count(*) from email_delivery where status = 'pending') as count`)
    )[0]?.['count'],
  );

describe('a relay that is killed', () => {
  it(`at every step, ${kills.length} times, loses no message and no e-mail, keeps the order of each account, and repeats with the same id`, async () => {
    const owners: Owner[] = [];
    for (let one = 0; one < accounts; one += 1) {
      const owner = await registerOwner(app);
      owners.push(owner);
      await makeEndpoint(app, owner, `${receiver.url}/${owner.accountId}`, [
        'credit.low_balance',
        'credit.adjusted',
      ]);
    }
    const sent = new Map(owners.map(({ accountId }) => [accountId, [] as string[]]));
    let shift = 0;
    const mailed: string[] = [];
    for (const { point, nth } of kills) {
      for (const { accountId } of owners) {
        const ids = isOfEmails(point)
          ? await enqueue(app, accountId, 'credit.low_balance', lowBalances(1))
          : await enqueue(
              app,
              accountId,
              'credit.adjusted',
              Array(3).fill({ entryId: accountId, amount: 1 }),
            );
        sent.get(accountId)?.push(...ids);
        if (isOfEmails(point)) mailed.push(...ids);
      }
      const failpoint = ['--point', point, '--nth', String(nth)];
      expect(await runProgram('fault-test/relay.ts', [...words(shift), ...failpoint]), point).toBe('SIGKILL');
      shift += shiftOf(point);
    }
    for (let rounds = 0; (await waiting()) > 0; rounds += 1) {
      expect(rounds).toBeLessThan(8);
      const relay = startProgram('fault-test/relay.ts', words(shift));
      await relay.ready;
      await expect
        .poll(waiting, { timeout: 8000 })
        .toBe(0)
        .catch(() => undefined);
      relay.signal('SIGTERM');
      expect(await relay.ended).toBe(0);
      shift += 3601;
    }
    let repeated = 0;
    for (const [accountId, ids] of sent) {
      const got = receiver.received.filter(({ path }) => path === `/${accountId}`);
      const order = got.map(({ headers }) => String(headers['webhook-id']));
      repeated += order.length - ids.length;
      // A repetition goes back to a message that was sent before; without these the order is that of the account.
      expect([...new Set(order)]).toEqual(ids);
      const bodies = new Map<string, string>();
      for (const { headers, body } of got) {
        const id = String(headers['webhook-id']);
        expect(bodies.get(id) ?? body).toBe(body);
        bodies.set(id, body);
      }
    }
    expect(repeated).toBeGreaterThan(0);
    const all = [...sent.values()].flat();
    const taken = mail.taken.map(({ source }) => /^Message-ID:\s+<([\w-]{36})\./m.exec(source)?.[1] ?? '');
    expect(new Set(taken)).toEqual(new Set(mailed));
    console.log(
      `${kills.length} kills of the relay: ${all.length} messages, 0 lost, ${repeated} repeated; ` +
        `${mailed.length} e-mails, 0 lost, ${taken.length - mailed.length} repeated`,
    );
  }, 400_000);
});
