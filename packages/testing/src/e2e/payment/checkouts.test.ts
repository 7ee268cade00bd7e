import { newId } from '@tenantry/db/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { addMembership } from '../../memberships.ts';
import { callProcedure, transports, verdictOf } from '../../procedures.ts';
import { makeKey, registerOwner } from '../../users.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const checkout = async (
  transport: 'rest' | 'trpc',
  bearer: string | undefined,
  input: Record<string, unknown> = { provider: 'stripe' },
  more: Record<string, string> = {},
) => {
  const headers = { ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }), ...more };
  return verdictOf(await callProcedure(app, transport, { name: 'checkout.create', input, headers }));
};

describe.each(transports)('a checkout over %s', (transport) => {
  it('passes the gate and is refused with provider_disabled, unpaid or not, and leaves nothing', async () => {
    const unpaid = { planSlug: 'starter', paymentMethod: 'bank_transfer' };
    for (const owner of [await registerOwner(app), await registerOwner(app, unpaid)])
      for (const provider of ['stripe', 'paypal'])
        expect(await checkout(transport, owner.token, { provider }, { 'idempotency-key': newId() })).toBe(
          '409 provider_disabled',
        );
    const [row] = await app.database.query(
      "select count(*)::int as written from audit_entry where action = 'checkout.create'",
    );
    expect(row).toEqual({ written: 0 });
  });

  it('is refused earlier to who may not pay: nobody, a key, an editor, a suspended account', async () => {
    const [owner, editor] = [await registerOwner(app), await registerOwner(app)];
    expect(await checkout(transport, undefined)).toBe('401 unauthenticated');
    expect(await checkout(transport, await makeKey(app, owner, ['billing:read']))).toBe('403 scope_missing');
    const { accountId } = owner;
    await addMembership(app.database, { accountId, userId: editor.userId, role: 'editor' });
    const inAccount = { 'tenantry-account': accountId };
    expect(await checkout(transport, editor.token, undefined, inAccount)).toBe('403 role_forbids');
    await app.database.query("update account set status = 'suspended' where id = $1", [accountId]);
    app.api.authentication.accessCache.forget();
    expect(await checkout(transport, owner.token)).toBe('403 account_suspended');
  });

  it.each([
    ['a bank transfer', { provider: 'bank_transfer' }],
    ['no provider', {}],
    ['another provider', { provider: 'Stripe' }],
    ['a field that is not known', { provider: 'stripe', amount: 1 }],
  ])('is an invalid input for %s', async (_what, input) => {
    const { token } = await registerOwner(app);
    expect(await checkout(transport, token, input)).toBe('400 invalid_input');
  });
});
