import { newId } from '@tenantry/db/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { submitTransfer } from '../../bank-transfers.ts';
import { addMembership } from '../../memberships.ts';
import { callProcedure, transports, verdictOf } from '../../procedures.ts';
import { type Owner, makeKey, registerOwner, signInStaff } from '../../users.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const details = {
  legalName: 'Example Holding GmbH',
  address: ['Beispielweg 1', '10115 Berlin'],
  country: 'DE',
  taxId: 'DE123456789',
  email: 'invoices@example.test',
};
type Call = { bearer: string; transport?: 'rest' | 'trpc'; account?: string };
const call = (name: string, input: Record<string, unknown>, { bearer, transport = 'rest', account }: Call) =>
  callProcedure(app, transport, {
    name,
    input,
    headers: {
      authorization: `Bearer ${bearer}`,
      ...(account === undefined ? {} : { 'tenantry-account': account }),
    },
  });
const get = (by: Call) => call('billingDetails.get', {}, by);
const set = (by: Call, more: Record<string, unknown> = {}) =>
  call('billingDetails.set', { ...details, ...more }, by);

describe('billing details', () => {
  it('are said by the owner, unpaid or not, and are on the next invoice, over both transports', async () => {
    for (const transport of transports) {
      const owner = await registerOwner(app, { planSlug: 'starter', paymentMethod: 'bank_transfer' });
      const by = { bearer: owner.token, transport };
      expect((await call('subscription.get', {}, by)).body.standing.code).toBe('payment_pending');
      expect((await get(by)).body.legalName).toBeNull();
      const answer = await set(by);
      expect([answer.status, answer.body]).toEqual([200, details]);
      expect((await get(by)).body).toEqual(details);
      const wish = { planSlug: 'growth', paymentMethod: 'bank_transfer' };
      const { customer } = (await call('subscription.change', wish, by)).body.invoice;
      const { legalName: name, ...rest } = details;
      expect(customer).toEqual({ name, ...rest });
    }
  });

  it('come with a registration, or with the account that a person makes', async () => {
    const owner = await registerOwner(app, { billingDetails: details });
    expect((await get({ bearer: owner.token })).body).toEqual(details);
    const body = { name: 'A second', billingDetails: { ...details, country: 'AT' } };
    const made = await app.rest('POST', '/v1/accounts', { body, bearer: owner.token });
    const second = { bearer: owner.token, account: made.body.account.id };
    expect((await get(second)).body).toEqual({ ...details, country: 'AT' });
    const wrong = { name: 'A third', billingDetails: { ...details, country: 'UK' } };
    expect(verdictOf(await app.rest('POST', '/v1/accounts', { body: wrong, bearer: owner.token }))).toBe(
      '400 invalid_input',
    );
  });

  it('are shown to staff with the account', async () => {
    const owner = await registerOwner(app, { billingDetails: details });
    const bearer = await signInStaff(app, 'support');
    const shown = await app.admin.rest('GET', `/v1/accounts/${owner.accountId}`, { bearer });
    expect(shown.body.billingDetails).toEqual(details);
  });

  it.each([
    ['a country in small letters', { country: 'de' }, 'country'],
    ['a country that is none', { country: 'UK' }, 'country'],
    ['a country in words', { country: 'Germany' }, 'country'],
    ['no address', { address: [] }, 'address'],
    ['a blank line of the address', { address: ['  '] }, 'address.0'],
    ['a line of the address with a line break', { address: ['1 Road\n2 Road'] }, 'address.0'],
    ['seven lines of address', { address: Array.from({ length: 7 }, () => 'line') }, 'address'],
    ['a tax id of 51 characters', { taxId: '1'.repeat(51) }, 'taxId'],
    ['an empty tax id', { taxId: '' }, 'taxId'],
    ['an address that is no e-mail address', { email: 'invoices' }, 'email'],
    ['a name with a character that turns the text around', { legalName: 'A\u202Egbm' }, 'legalName'],
    ['a field that is not known', { vat: 'DE1' }, 'vat'],
  ])('with %s are refused, and stay as they were', async (_what, more, path) => {
    const owner = await registerOwner(app, { billingDetails: details });
    for (const transport of transports) {
      const answer = await set({ bearer: owner.token, transport }, more);
      expect(verdictOf(answer)).toBe('400 invalid_input');
      expect(answer.body.errors[0].path).toBe(path);
    }
    expect((await get({ bearer: owner.token })).body).toEqual(details);
  });

  it('are refused to every role below admin, to keys, to strangers and while the account is suspended', async () => {
    const [owner, stranger] = [await registerOwner(app), await registerOwner(app)];
    const inAccount = (other: Owner) => ({ bearer: other.token, account: owner.accountId });
    expect(verdictOf(await get(inAccount(stranger)))).toBe('404 not_found');
    expect(verdictOf(await set(inAccount(stranger)))).toBe('404 not_found');
    for (const role of ['viewer', 'editor'] as const) {
      const member = await registerOwner(app);
      await addMembership(app.database, { accountId: owner.accountId, userId: member.userId, role });
      expect(verdictOf(await get(inAccount(member)))).toBe('403 role_forbids');
      expect(verdictOf(await set(inAccount(member)))).toBe('403 role_forbids');
    }
    const key = await makeKey(app, owner, ['billing:read']);
    expect(verdictOf(await get({ bearer: key }))).toBe('ok');
    expect(verdictOf(await set({ bearer: key }))).toBe('403 scope_missing');
    const { owner: suspended } = await submitTransfer(app);
    await app.database.query("update account set status = 'suspended' where id = $1", [suspended.accountId]);
    app.api.authentication.accessCache.forget();
    expect(verdictOf(await set({ bearer: suspended.token }))).toBe('403 account_suspended');
  });

  it('are written once under an Idempotency-Key, with who said them', async () => {
    const owner = await registerOwner(app);
    const headers = { authorization: `Bearer ${owner.token}`, 'idempotency-key': newId() };
    const put = (more = {}) =>
      app.rest('PUT', '/v1/account/billing-details', { body: { ...details, ...more }, headers });
    expect((await put()).status).toBe(200);
    expect((await put()).headers.get('idempotency-replayed')).toBe('true');
    expect(verdictOf(await put({ country: 'AT' }))).toBe('422 idempotency_mismatch');
    const entries = await app.database.query(
      "select facts from audit_entry where account_id = $1 and action = 'billingDetails.set'",
      [owner.accountId],
    );
    const { legalName, country, taxId } = details;
    expect(entries).toEqual([{ facts: { legalName, country, taxId } }]);
  });
});
