import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsOfBooks } from '../../ledger-faults.ts';
import type { Answer } from '../../caller.ts';
import { runConcurrently } from '../../concurrent-clients.ts';
import { contentOf, failWrites } from '../../failpoint.ts';
import { type TestApp, openTestApp } from '../../app.ts';
import { verdictOf } from '../../procedures.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const person = (email: string) => ({ email, password: 'correct horse battery', accountName: 'A name' });
/** Registers, and waits for the e-mail that follows the answer. */
async function register(body: Record<string, unknown>): Promise<Answer> {
  const answer = await app.rest('POST', '/v1/registrations', { body });
  await app.api.background.settle();
  return answer;
}

/** Every write of a registration, in its order, and the commit itself. */
const steps = [
  ['app_user', 'insert'],
  ['account', 'insert'],
  ['credit_balance', 'insert'],
  ['membership', 'insert'],
  ['membership_directory', 'insert'],
  ['trial_claim', 'insert'],
  ['subscription', 'insert'],
  ['subscription_due', 'insert'],
  ['credit_grant', 'insert'],
  ['ledger_entry', 'insert'],
  ['credit_balance', 'update'],
  ['audit_entry', 'insert'],
  ['audit_head', 'insert'],
  ['outbox_message', 'insert'],
  ['account', 'commit'],
] as const;

describe('a registration', () => {
  it.each(steps)(
    'leaves nothing when the write to %s fails at %s, and succeeds on the next try (L7)',
    async (table, verb) => {
      const email = `${table}.${verb}@example.test`;
      const before = await contentOf(app.database);
      const removeFault = await failWrites(app.database, table, verb);
      const failed = await register(person(email));
      await removeFault();
      expect(failed.status).toBe(500);
      expect(JSON.stringify(failed.body)).not.toMatch(/injected|insert|app_user|credit_/);
      expect(await contentOf(app.database)).toEqual(before);
      const again = await register(person(email));
      expect(again.status).toBe(201);
      expect(await faultsOfBooks(app.database, again.body.account.id)).toEqual([]);
    },
  );

  it('writes only to the tables that the steps above name', async () => {
    const before = await contentOf(app.database);
    await register(person('all.steps@example.test'));
    const after = await contentOf(app.database);
    const written = Object.keys(after).filter((table) => after[table] !== before[table]);
    const ofEmail = ['email_bound', 'email_token'];
    expect(written).toEqual([...new Set([...ofEmail, ...steps.map(([table]) => table)])].toSorted());
  });

  it('makes one account and one grant when twenty requests register one address at once (L8)', async () => {
    const spellings = ['Shared@Example.test', 'shared@example.test', ' shared@example.test'.trim()];
    const outcomes = await runConcurrently(20, 20, async (index) =>
      verdictOf(await register(person(spellings[index % spellings.length] ?? ''))),
    );
    expect(outcomes).toEqual({ ok: 1, '409 email_taken': 19 });
    const [row] = await app.database.query(
      `select count(distinct m.account_id)::int as accounts, count(g.id)::int as grants from app_user u
       join membership m on m.user_id = u.id left join credit_grant g on g.account_id = m.account_id
       where lower(u.email) = 'shared@example.test'`,
    );
    expect(row).toEqual({ accounts: 1, grants: 1 });
  });

  it('gives a paid plan no credits before it is paid, and sells no internal plan', async () => {
    const paid = await register({ ...person('paid@example.test'), planSlug: 'starter' });
    expect(paid.body).toMatchObject({
      subscription: { status: 'pending_payment', standing: { state: 'refused', code: 'payment_pending' } },
      credits: { granted: 0, available: 0 },
    });
    expect(verdictOf(await register({ ...person('internal@example.test'), planSlug: 'unthrottled' }))).toBe(
      '404 not_found',
    );
  });
});
