import { newId } from '@tenantry/db/ids';
import { refuse } from '@tenantry/domain/refusals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ServiceTest,
  accepted,
  codeOf,
  now,
  openServiceTest,
  password,
  secondsAfter,
} from '../service.fixture.ts';
import { listMembers } from '../member/list.ts';
import { register } from './create.ts';

let services: ServiceTest;
beforeAll(async () => {
  services = await openServiceTest();
});
afterAll(() => services.close());

const newAddress = () => `${newId()}@example.test`;
const registered = (email: string, more: { planSlug?: string; paymentMethod?: 'bank_transfer' } = {}) =>
  register(services.directory(), { email, password, accountName: 'An account', ...more });
const countOf = async (sql: string, value: string) =>
  Number((await services.database.query(`select count(*)::int as n from ${sql}`, [value]))[0]?.['n']);

describe('a registration', () => {
  it('makes the person the owner of a new account on trial, with the credits of the trial', async () => {
    const email = newAddress();
    const { user, account, subscription, credits } = accepted(await registered(email.toUpperCase()));
    expect(user).toEqual({ id: user.id, email, name: null, createdAt: now });
    expect(account).toMatchObject({ name: 'An account', status: 'active', sandbox: false });
    const periodEnd = secondsAfter(14 * 86_400);
    expect(subscription).toMatchObject({ status: 'trialing', periodStart: now, periodEnd });
    expect(credits).toMatchObject({ granted: 1000, available: 1000, byKind: { plan: 1000 } });
    const { items } = await services.inAccount({ accountId: account.id, userId: user.id, email }, (context) =>
      listMembers(context),
    );
    expect(items).toMatchObject([{ userId: user.id, email, role: 'owner' }]);
  });

  it('gives the credits until the trial ends', async () => {
    const { account } = accepted(await registered(newAddress()));
    const grants = await services.database.query(
      'select kind, amount::int, expires_at, reference from credit_grant where account_id = $1',
      [account.id],
    );
    const expires = secondsAfter(14 * 86_400);
    expect(grants).toEqual([{ kind: 'plan', amount: 1000, expires_at: expires, reference: 'registration' }]);
  });

  it('writes its audit entry and its message with it', async () => {
    const { account, user } = accepted(await registered(newAddress()));
    const [entry] = await services.database.query(
      'select action, actor, subject_id, facts from audit_entry where account_id = $1',
      [account.id],
    );
    const made = { action: 'registration.create', subject_id: user.id, facts: { plan: 'trial' } };
    expect(entry).toEqual({ ...made, actor: `user:${user.id}` });
    const messages = await services.database.query(
      'select topic, payload from outbox_message where account_id = $1',
      [account.id],
    );
    expect(messages).toEqual([{ topic: 'account.registered', payload: { userId: user.id, plan: 'trial' } }]);
  });

  it('sends the e-mail that confirms the address', async () => {
    const email = newAddress();
    accepted(await registered(email));
    expect(await services.tokenFor(email, 'email-verification')).toHaveLength(43);
  });

  it('with a paid plan waits for the payment, without credits', async () => {
    const { account, subscription, credits } = accepted(
      await registered(newAddress(), { planSlug: 'starter' }),
    );
    expect(subscription).toMatchObject({
      status: 'pending_payment',
      standing: { state: 'refused', code: 'payment_pending' },
    });
    expect(credits).toMatchObject({ granted: 0, available: 0 });
    expect(await countOf('invoice where account_id = $1', account.id)).toBe(0);
  });

  it('with a paid plan by bank transfer has an open invoice', async () => {
    const paid = { planSlug: 'starter', paymentMethod: 'bank_transfer' } as const;
    const { account } = accepted(await registered(newAddress(), paid));
    const invoices = await services.database.query(
      'select status, amount::int, currency from invoice where account_id = $1',
      [account.id],
    );
    expect(invoices).toEqual([{ status: 'open', amount: 2900, currency: 'USD' }]);
  });

  it('is refused for an address that somebody has, however it is spelled, and sends nothing', async () => {
    const email = newAddress();
    accepted(await registered(email));
    await services.settle();
    const sent = services.emails.length;
    expect(await registered(email.toUpperCase())).toEqual(refuse('email_taken'));
    await services.settle();
    expect(services.emails).toHaveLength(sent);
    expect(await countOf('app_user where email = $1', email)).toBe(1);
  });

  it.each(['unthrottled', 'no-such-plan'])(
    'is refused for the plan %s, which is not sold',
    async (planSlug) => {
      const email = newAddress();
      expect(codeOf(await registered(email, { planSlug }))).toBe('not_found');
      expect(await countOf('app_user where email = $1', email)).toBe(0);
    },
  );
});
