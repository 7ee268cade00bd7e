import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../caller.ts';
import { type TestApp, openTestApp } from '../../app.ts';
import { mailedToken } from '../../mailbox.ts';
import { unthrottle } from '../../plan.ts';
import { callProcedure, transports, verdictOf } from '../../procedures.ts';
import { type Owner, makeKey, registerOwner, signInCookie } from '../../users.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const headersOf = ({ token }: { token: string }, accountId?: string) => ({
  authorization: `Bearer ${token}`,
  ...(accountId === undefined ? {} : { 'tenantry-account': accountId }),
});
const make = (owner: { token: string }, more: Record<string, unknown> = {}): Promise<Answer> =>
  app.rest('POST', '/v1/accounts', { body: { name: 'One more', ...more }, bearer: owner.token });
const close = (
  owner: Owner,
  body: Record<string, unknown> = { password: owner.password },
  accountId = owner.accountId,
) => app.rest('POST', '/v1/account/close', { body, headers: headersOf(owner, accountId) });
const creditsOf = (answer: Answer) => answer.body.credits.granted;
const registrationGrants = async (userId: string) =>
  app.database.query(
    `select grants.amount::int from credit_grant grants join membership_directory place
     on place.account_id = grants.account_id join membership member on member.account_id = place.account_id
     and member.user_id = place.user_id and member.role = 'owner'
     where place.user_id = $1 and grants.reference = 'registration'`,
    [userId],
  );

/** Somebody who accepted an invitation and has no account of their own. */
async function joinOnly(by: Owner): Promise<{ token: string; userId: string }> {
  const email = `joined.${Math.random()}@example.test`;
  const invited = await app.rest('POST', '/v1/invitations', {
    body: { email, role: 'viewer' },
    bearer: by.token,
  });
  expect(invited.status).toBe(201);
  const token = await mailedToken(app, email, 'invitation');
  const password = 'correct horse battery';
  const accepted = await app.rest('POST', '/v1/invitations/accept', { body: { token, password } });
  const session = await app.rest('POST', '/v1/sessions', { body: { email, password } });
  return { token: session.body.accessToken, userId: accepted.body.userId };
}

describe('a signed-in person', () => {
  it('opens an account of their own, over both transports, and sees it at once', async () => {
    const owner = await registerOwner(app);
    for (const transport of transports) {
      const made = await callProcedure(app, transport, {
        name: 'account.create',
        input: { name: ' One\u00a0more ', planSlug: 'Starter', paymentMethod: 'bank_transfer' },
        headers: headersOf(owner),
      });
      expect(made.status).toBeLessThan(300);
      expect(made.body.account).toMatchObject({ name: 'One more', status: 'active' });
      expect(made.body.subscription).toMatchObject({ status: 'pending_payment', plan: { slug: 'starter' } });
      const headers = headersOf(owner, made.body.account.id);
      expect((await app.rest('GET', '/v1/account', { headers })).body).toEqual(made.body.account);
      expect((await app.rest('GET', '/v1/invoices', { headers })).body.items).toMatchObject([
        { status: 'open' },
      ]);
    }
    const me = await app.rest('GET', '/v1/me', { bearer: owner.token });
    expect(me.body.accounts.map(({ role, status }: Record<string, string>) => [role, status])).toEqual(
      Array(3).fill(['owner', 'active']),
    );
  });

  it('gets the credits of a trial once: not with a second account, nor after closing the first', async () => {
    const owner = await registerOwner(app);
    const second = await make(owner);
    expect([second.status, creditsOf(second)]).toEqual([201, 0]);
    expect(second.body.subscription).toMatchObject({
      status: 'expired',
      standing: { state: 'refused', code: 'trial_expired' },
    });
    expect(verdictOf(await close(owner))).toBe('ok');
    expect(creditsOf(await make(owner))).toBe(0);
    expect(await registrationGrants(owner.userId)).toEqual([{ amount: 1000 }]);
  });

  it('pays for a second account like for the first', async () => {
    const owner = await registerOwner(app);
    const second = await make(owner);
    const headers = headersOf(owner, second.body.account.id);
    const body = { planSlug: 'starter', paymentMethod: 'bank_transfer' };
    expect(verdictOf(await app.rest('POST', '/v1/subscription/change', { body, headers }))).toBe('ok');
  });

  it('who never had a trial gets it once, however many accounts are asked for at once', async () => {
    const by = await registerOwner(app);
    const person = await joinOnly(by);
    const made = await Promise.all(Array.from({ length: 100 }, () => make(person)));
    // Changes of one person wait for each other, and give up after two seconds.
    expect(made.filter(({ status }) => status !== 201 && status !== 503)).toEqual([]);
    expect(made.filter((answer) => answer.status === 201 && creditsOf(answer) > 0)).toHaveLength(1);
    expect(await registrationGrants(person.userId)).toEqual([{ amount: 1000 }]);
  }, 60_000);

  it('makes one account for one Idempotency-Key', async () => {
    const owner = await registerOwner(app);
    const ask = () =>
      app.rest('POST', '/v1/accounts', {
        body: { name: 'Once' },
        headers: { ...headersOf(owner), 'idempotency-key': 'once' },
      });
    const [first, second] = [await ask(), await ask()];
    expect([second.status, second.body, second.headers.get('idempotency-replayed')]).toEqual([
      201,
      first.body,
      'true',
    ]);
    expect((await app.rest('GET', '/v1/me', { bearer: owner.token })).body.accounts).toHaveLength(2);
  });

  it('is refused a plan that is not sold, and nobody and no key makes an account', async () => {
    const owner = await registerOwner(app);
    const key = await makeKey(app, owner, ['account:read', 'account:write']);
    expect(verdictOf(await make(owner, { planSlug: 'unthrottled' }))).toBe('404 not_found');
    expect(verdictOf(await make({ token: key }))).toBe('403 scope_missing');
    expect(verdictOf(await app.rest('POST', '/v1/accounts', { body: { name: 'A' } }))).toBe(
      '401 unauthenticated',
    );
    expect((await app.rest('GET', '/v1/me', { bearer: owner.token })).body.accounts).toHaveLength(1);
  });
});

describe('closing an account', () => {
  it('ends its keys, invitations and holds at once, and every later call is refused alike', async () => {
    const owner = await registerOwner(app);
    await unthrottle(app, owner.accountId);
    const cookie = await signInCookie(app, owner);
    const key = await makeKey(app, owner, ['credit:read', 'credit:spend']);
    for (const amount of [5, 7])
      await app.rest('POST', '/v1/credits/holds', { body: { amount }, bearer: key });
    const body = { email: `invited.${owner.userId}@example.test`, role: 'viewer' };
    await app.rest('POST', '/v1/invitations', { body, bearer: owner.token });
    const invitation = await mailedToken(app, body.email, 'invitation');
    const closed = await close(owner);
    expect([closed.status, closed.body.status]).toEqual([200, 'closed']);
    const answers = [
      await app.rest('GET', '/v1/credits', { bearer: owner.token }),
      await app.rest('GET', '/v1/sites', { headers: cookie }),
      await app.trpc('site.create', { name: 'A' }, { headers: headersOf(owner), type: 'mutation' }),
      await close(owner),
    ];
    expect(answers.map(verdictOf)).toEqual(Array(4).fill('403 account_closed'));
    await expect
      .poll(async () => verdictOf(await app.rest('GET', '/v1/credits', { bearer: key })), { timeout: 5000 })
      .toBe('401 unauthenticated');
    const accepted = await app.rest('POST', '/v1/invitations/accept', {
      body: { token: invitation, password: 'correct horse battery' },
    });
    expect(verdictOf(accepted)).toBe('404 not_found');
    expect(
      await app.database.query(
        `select available::int, held::int, spent::int, (select count(*)::int from credit_hold hold
         where hold.account_id = balance.account_id and hold.status = 'open') as open
         from credit_balance balance where account_id = $1`,
        [owner.accountId],
      ),
    ).toEqual([{ available: 1000, held: 0, spent: 0, open: 0 }]);
    const [audit] = await app.database.query(
      "select actor, facts from audit_entry where account_id = $1 and action = 'account.close'",
      [owner.accountId],
    );
    expect(audit).toEqual({ actor: `user:${owner.userId}`, facts: {} });
  });

  it('leaves the person their session, their other accounts, and the reads of invoices', async () => {
    const owner = await registerOwner(app);
    const { body } = await make(owner, { planSlug: 'starter' });
    const other: string = body.account.id;
    expect(verdictOf(await app.rest('GET', '/v1/account', { bearer: owner.token }))).toBe(
      '400 account_required',
    );
    expect(verdictOf(await close(owner))).toBe('ok');
    const me = await app.rest('GET', '/v1/me', { bearer: owner.token });
    const session = await app.rest('POST', '/v1/sessions', {
      body: { email: owner.email, password: owner.password },
    });
    for (const { accounts } of [me.body, session.body])
      expect(new Map(accounts.map(({ id, status }: Record<string, string>) => [id, status]))).toEqual(
        new Map([
          [owner.accountId, 'closed'],
          [other, 'active'],
        ]),
      );
    expect((await app.rest('GET', '/v1/account', { bearer: owner.token })).body.id).toBe(other);
    for (const path of ['/v1/invoices', '/v1/subscription'])
      expect(verdictOf(await app.rest('GET', path, { headers: headersOf(owner, owner.accountId) }))).toBe(
        'ok',
      );
  });

  it('asks an owner for the password, and counts wrong ones, and leaves the account open', async () => {
    const owner = await registerOwner(app);
    const inputs = [{ password: 'wrong' }, { totpCode: '123456' }];
    for (const input of inputs) expect(verdictOf(await close(owner, input))).toBe('401 unauthenticated');
    for (const input of [{}, { password: owner.password, totpCode: '123456' }])
      expect(verdictOf(await close(owner, input))).toBe('400 invalid_input');
    for (let tries = 0; tries < 9; tries += 1) await close(owner, { password: 'wrong' });
    expect(verdictOf(await close(owner))).toBe('429 throttled');
    expect((await app.rest('GET', '/v1/account', { bearer: owner.token })).body.status).toBe('active');
  });

  it('keeps no fingerprint of a password that could be guessed', async () => {
    const owner = await registerOwner(app);
    const answer = await app.rest('POST', '/v1/account/close', {
      body: { password: owner.password },
      headers: { ...headersOf(owner), 'idempotency-key': 'close' },
    });
    expect(answer.status).toBe(200);
    const other = await registerOwner(app);
    await app.rest('POST', '/v1/account/close', {
      body: { password: other.password },
      headers: { ...headersOf(other), 'idempotency-key': 'close' },
    });
    const stored = await app.database.query(
      "select fingerprint from idempotency_record where procedure = 'account.close'",
    );
    const { createHash } = await import('node:crypto');
    const guess = createHash('sha256').update(`{"password":"${owner.password}"}`).digest();
    expect(stored).toHaveLength(2);
    for (const { fingerprint } of stored)
      expect([guess.toString('hex'), guess.toString('base64url')]).not.toContain(fingerprint);
  });

  it('happens once, however often it is asked for at once, with new holds beside it', async () => {
    const owner = await registerOwner(app);
    await unthrottle(app, owner.accountId);
    const [closes, holds] = await Promise.all([
      Promise.all(Array.from({ length: 8 }, () => close(owner))),
      Promise.all(
        Array.from({ length: 20 }, () =>
          app.rest('POST', '/v1/credits/holds', { body: { amount: 1 }, bearer: owner.token }),
        ),
      ),
    ]);
    const verdicts = closes.map(verdictOf);
    expect(verdicts.filter((verdict) => verdict === 'ok')).toHaveLength(1);
    expect(new Set(verdicts)).toEqual(
      new Set(['ok', ...verdicts.filter((one) => one === '409 conflict' || one === '403 account_closed')]),
    );
    expect(holds.filter(({ status }) => status >= 500)).toEqual([]);
  });

  it('leaves no key and no invitation that was made while it was closed', async () => {
    const owner = await registerOwner(app);
    await unthrottle(app, owner.accountId);
    const post = (path: string, body: Record<string, unknown>) =>
      app.rest('POST', path, { body, bearer: owner.token });
    const made = await Promise.all([
      ...Array.from({ length: 10 }, () => post('/v1/api-keys', { name: 'A key', scopes: ['site:read'] })),
      close(owner),
      ...Array.from({ length: 10 }, (_none, index) =>
        post('/v1/invitations', { email: `late${index}.${owner.userId}@example.test`, role: 'viewer' }),
      ),
    ]);
    expect(made.filter(({ status }) => status >= 500)).toEqual([]);
    expect(
      await app.database.query(
        `select (select count(*)::int from api_key where account_id = $1 and revoked_at is null) as keys,
         (select count(*)::int from invitation where account_id = $1 and revoked_at is null) as invitations`,
        [owner.accountId],
      ),
    ).toEqual([{ keys: 0, invitations: 0 }]);
  });
});
