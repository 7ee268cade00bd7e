import { newId } from '@tenantry/db/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { addMembership } from '../../memberships.ts';
import { registerOwner } from '../../users.ts';
import { enqueue, lowBalances } from '../../webhook/endpoints.ts';
import { type MailServer, openMailServer } from '../../webhook/mail-server.ts';
import { type TestRelay, openTestRelay } from '../../webhook/relay.ts';

let app: TestApp;
let mail: MailServer;
let relay: TestRelay;
/** As expect.poll, with patience for a slow machine. */
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 10_000 });

beforeAll(async () => {
  app = await openTestApp();
  mail = await openMailServer();
  relay = await openTestRelay(app.database, { smtpUrl: mail.url });
});
afterAll(async () => {
  await relay.close();
  await mail.close();
  await app.close();
});

const header = (source: string, name: string) =>
  new RegExp(`^${name}: (.*)$`, 'im').exec(headOf(source))?.[1];
/** The headers of an e-mail, each on one line. */
const headOf = (source: string) =>
  source
    .slice(0, source.indexOf('\r\n\r\n'))
    .replaceAll(/\r\n\s+/g, ' ')
    .replaceAll('\r', '');
const arrived = (address: string, count: number) => eventually(() => mail.to(address).length).toBe(count);
const statusOf = async (accountId: string) =>
  (
    await app.database.query('select status from email_delivery where account_id = $1 order by status', [
      accountId,
    ])
  ).map(({ status }) => status);

async function addMember(accountId: string, role: 'admin' | 'editor'): Promise<string> {
  const userId = newId();
  const email = `${userId}@example.test`;
  await app.database.query(
    `insert into app_user (id, email, email_digest, password_hash, created_at) values ($1::uuid, $2, $1::text, 'none', now())`,
    [userId, email],
  );
  await addMembership(app.database, { accountId, userId, role });
  return email;
}

describe('an e-mail of the outbox', () => {
  it('goes to the owners and admins of its account, in text and HTML, with an id of its own', async () => {
    const owner = await registerOwner(app);
    const [admin, editor] = [
      await addMember(owner.accountId, 'admin'),
      await addMember(owner.accountId, 'editor'),
    ];
    const [messageId] = await enqueue(app, owner.accountId, 'credit.low_balance', lowBalances(99));
    await enqueue(app, owner.accountId, 'account.reactivated', [{}]);
    await arrived(admin, 1);
    await arrived(owner.email, 1);
    const [{ source } = { source: '' }] = mail.to(owner.email);
    expect(header(source, 'Message-ID')).toBe(`<${messageId}.${owner.userId}@app.test>`);
    expect(header(source, 'Subject')).toContain('has_few_cred');
    expect(header(source, 'Auto-Submitted')).toBe('auto-generated');
    expect(source).toContain('Content-Type: multipart/alternative');
    expect(source.replaceAll('=\r\n', '')).toContain(
      `https://portal.test/credits?account=3D${owner.accountId}`,
    );
    expect(mail.to(editor)).toEqual([]);
    await eventually(() => statusOf(owner.accountId)).toEqual(['sent', 'sent']);
  });

  it('is sent when the server takes it again, and once', async () => {
    const owner = await registerOwner(app);
    mail.setVerdict('busy');
    await enqueue(app, owner.accountId, 'account.suspended', [{}]);
    const attempts = async () =>
      Number(
        (
          await app.database.query('select attempts from email_delivery where account_id = $1', [
            owner.accountId,
          ])
        )[0]?.['attempts'] ?? 0,
      );
    await eventually(attempts).toBe(1);
    mail.setVerdict('taken');
    relay.passSeconds(10);
    await arrived(owner.email, 1);
    relay.passSeconds(120);
    await enqueue(app, owner.accountId, 'credit.low_balance', lowBalances(1));
    await arrived(owner.email, 2);
    await eventually(() => statusOf(owner.accountId)).toEqual(['sent', 'sent']);
  });

  it('is given up at once where the server rejects the recipient for good', async () => {
    const owner = await registerOwner(app);
    mail.setVerdict('rejected');
    await enqueue(app, owner.accountId, 'account.suspended', [{}]);
    await eventually(() => statusOf(owner.accountId)).toEqual(['failed']);
    mail.setVerdict('taken');
  });

  it('waits above three of its kind within an hour, and another kind does not', async () => {
    const owner = await registerOwner(app);
    await enqueue(app, owner.accountId, 'credit.low_balance', lowBalances(5, 4, 3, 2, 1));
    await arrived(owner.email, 3);
    await enqueue(app, owner.accountId, 'account.suspended', [{}]);
    await arrived(owner.email, 4);
    relay.passSeconds(3601);
    await arrived(owner.email, 6);
    await eventually(() => statusOf(owner.accountId)).toEqual(Array(6).fill('sent'));
  });

  it('does not go to somebody who no longer manages the account', async () => {
    const owner = await registerOwner(app);
    const admin = await addMember(owner.accountId, 'admin');
    mail.setVerdict('busy');
    await enqueue(app, owner.accountId, 'account.suspended', [{}]);
    await eventually(async () =>
      Number(
        (
          await app.database.query('select sum(attempts) as sum from email_delivery where account_id = $1', [
            owner.accountId,
          ])
        )[0]?.['sum'],
      ),
    ).toBe(2);
    await app.database.query(
      `update membership set role = 'viewer' where account_id = $1 and user_id = (select id from app_user where email = $2)`,
      [owner.accountId, admin],
    );
    mail.setVerdict('taken');
    relay.passSeconds(10);
    await arrived(owner.email, 1);
    await eventually(() => statusOf(owner.accountId)).toEqual(['sent', 'skipped']);
    expect(mail.to(admin)).toEqual([]);
  });

  it('to a name of a malicious account has no link of that name and no header of it', async () => {
    const owner = await registerOwner(app, { accountName: 'evil.example/login <b>x</b>' });
    await app.database.query('update account set name = $2 where id = $1', [
      owner.accountId,
      'evil.example\r\nBcc: victim@example.test',
    ]);
    await enqueue(app, owner.accountId, 'account.suspended', [{}]);
    await arrived(owner.email, 1);
    const [{ source } = { source: '' }] = mail.to(owner.email);
    expect(header(source, 'Bcc')).toBeUndefined();
    expect(mail.to('victim@example.test')).toEqual([]);
    expect(source).not.toMatch(/evil\.example/);
  });
});
