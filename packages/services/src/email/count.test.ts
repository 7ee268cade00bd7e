import { openTestDatabase } from '@tenantry/testing/database';
import type { TestDatabase } from '@tenantry/testing/database';
import { newId } from '@tenantry/db/ids';
import { refuse } from '@tenantry/domain/refusals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRecordedPorts } from '../ports.fixture.ts';
import { codeOf, now, secondsAfter } from '../service.fixture.ts';
import { type EmailKind, countEmail, countSandboxEmail } from './count.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const { identity } = openRecordedPorts().ports;
const newAddress = () => `${newId()}@example.test`;
const count = (email: string, kind: EmailKind = 'invitation', at = now) =>
  database.api.withoutAccount.write({}, async (tx) => countEmail(tx, { kind, email }, { identity, now: at }));

const countSandbox = (email: string, accountId: string, at: Date, realTime = now) =>
  database.api.withoutAccount.write({}, (tx) =>
    countSandboxEmail(tx, { kind: 'invoice.paid', email, accountId, at }, { identity, now: realTime }),
  );

describe('the e-mails of a sandbox', () => {
  it('are counted by the clock of the account, in any order, and leave the bound of others alone', async () => {
    const [email, accountId] = [newAddress(), newId()];
    const months = [5, 1, 3, 0, 4, 2].map((month) => secondsAfter(month * 30 * 86_400));
    for (const at of months)
      for (const more of [0, 1, 2])
        expect(codeOf(await countSandbox(email, accountId, new Date(at.getTime() + more)))).toBe('ok');
    // Times before the last one count no more.
    for (const at of months.slice(-2))
      expect(codeOf(await countSandbox(email, accountId, at))).toBe('throttled');
    expect(codeOf(await count(email, 'invoice.paid'))).toBe('ok');
    expect(codeOf(await countSandbox(email, newId(), now))).toBe('ok');
  });

  it('are 200 a real day to a mailbox and from an account, however far the clock is moved', async () => {
    const [email, accountId] = [newAddress(), newId()];
    const daysOn = (number: number) => secondsAfter(number * 86_400);
    for (let number = 0; number < 200; number += 1)
      expect(codeOf(await countSandbox(email, accountId, daysOn(number)))).toBe('ok');
    expect(await countSandbox(email, newId(), daysOn(300))).toEqual(
      refuse('throttled', { retryAfterSeconds: 86_400 }),
    );
    expect(codeOf(await countSandbox(newAddress(), accountId, daysOn(300)))).toBe('throttled');
    expect(codeOf(await countSandbox(newAddress(), newId(), daysOn(300)))).toBe('ok');
    expect(codeOf(await countSandbox(email, accountId, daysOn(300), secondsAfter(86_400)))).toBe('ok');
  });
});

describe('the e-mails of one kind to one mailbox', () => {
  it('are three within an hour, however many are asked for at once', async () => {
    const email = newAddress();
    // Who waits longer than two seconds for the others gives up; the rest is counted.
    const raced = await Promise.allSettled(Array.from({ length: 100 }, () => count(email)));
    const passed = raced.filter((one) => one.status === 'fulfilled' && one.value === undefined);
    expect(passed).toHaveLength(3);
    expect(await count(email)).toEqual(refuse('throttled', { retryAfterSeconds: 3600 }));
  });

  it('may be sent again an hour after the oldest of the three', async () => {
    const email = newAddress();
    for (const seconds of [0, 600, 1200])
      expect(await count(email, 'invitation', secondsAfter(seconds))).toBeUndefined();
    expect(await count(email, 'invitation', secondsAfter(3000))).toEqual(
      refuse('throttled', { retryAfterSeconds: 600 }),
    );
    expect(codeOf(await count(email, 'invitation', secondsAfter(3600)))).toBe('ok');
    expect(codeOf(await count(email, 'invitation', secondsAfter(3601)))).toBe('throttled');
    expect(codeOf(await count(email, 'invitation', secondsAfter(4200)))).toBe('ok');
  });

  it('are counted for the mailbox, whatever the tag, and for each kind by itself', async () => {
    const mailbox = newId();
    for (const tag of ['', '+a', '+b']) await count(`${mailbox}${tag}@example.test`);
    expect(codeOf(await count(`${mailbox}+c@example.test`))).toBe('throttled');
    expect(codeOf(await count(`${mailbox}@other.test`))).toBe('ok');
    expect(codeOf(await count(`${mailbox}@example.test`, 'password_reset'))).toBe('ok');
  });

  it('do not count when their transaction is rolled back', async () => {
    const email = newAddress();
    for (let tries = 0; tries < 4; tries += 1)
      await database.api.withoutAccount.write({}, async (tx) => {
        expect(await countEmail(tx, { kind: 'invitation', email }, { identity, now })).toBeUndefined();
        return refuse('conflict');
      });
    expect(codeOf(await count(email))).toBe('ok');
  });

  it('are known to no transaction that does not present their key', async () => {
    await count(newAddress());
    const seen = await database.api.withoutAccount.read({}, ({ em }) =>
      em.execute('select bound_key from email_bound'),
    );
    expect(seen).toEqual([]);
  });
});
