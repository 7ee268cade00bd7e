import { createStaffClient, problemOf } from '@tenantry/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { registerOwner, signInStaff } from '../../users.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const refusalOf = async (call: Promise<unknown>) =>
  problemOf(await call.catch((refused: unknown) => refused));

describe('the typed client of staff', () => {
  it('signs in without a credential, acts with its token, and signs out', async () => {
    const email = `client.${process.pid}@staff.test`;
    await signInStaff(app, 'finance', email);
    const anybody = createStaffClient({ url: app.admin.url });
    expect(await refusalOf(anybody.account.list.query())).toMatchObject({ code: 'unauthenticated' });
    const session = await anybody.session.create.mutate({ email, password: 'correct horse battery' });
    expect(session.staff.role).toBe('finance');
    const staff = createStaffClient({ url: app.admin.url, credential: async () => session.token ?? '' });
    const owner = await registerOwner(app);
    const { items } = await staff.account.list.query();
    expect(items.map(({ id }) => id)).toContain(owner.accountId);
    expect(await staff.session.delete.mutate()).toEqual({});
    expect(await refusalOf(staff.account.list.query())).toMatchObject({
      status: 401,
      code: 'unauthenticated',
    });
  });

  it('sends no direction of an infinite query, which a list does not take', async () => {
    const staff = createStaffClient({ url: app.admin.url, credential: await signInStaff(app, 'support') });
    const page = { limit: 1, direction: 'forward' };
    expect((await staff.account.list.query(page)).items).toHaveLength(1);
    const other = { limit: 1, direction: 'up' };
    expect(await refusalOf(staff.account.list.query(other))).toMatchObject({ code: 'invalid_input' });
  });

  it('sends several queries in one request, and each mutation alone with its idempotency key', async () => {
    const { accountId } = await registerOwner(app);
    const requests: string[] = [];
    const staff = createStaffClient({
      url: `${app.admin.url}/`,
      credential: await signInStaff(app, 'finance'),
      fetch: (input, init) => {
        requests.push(new URL(input instanceof Request ? input.url : input).pathname);
        return fetch(input, init);
      },
    });
    const [account, credits] = await Promise.all([
      staff.account.get.query({ accountId }),
      staff.credit.get.query({ accountId }),
    ]);
    expect(account.credits).toEqual(credits);
    const adjust = () =>
      staff.credit.adjust.mutate(
        { accountId, amount: 50, reason: 'Outage.' },
        { context: { idempotencyKey: 'one' } },
      );
    const [first, again] = [await adjust(), await adjust()];
    expect(first.credits.available).toBe(credits.available + 50);
    expect(again).toEqual(first);
    expect(requests).toEqual(['/trpc/account.get,credit.get', '/trpc/credit.adjust', '/trpc/credit.adjust']);
  });

  it('reports a refusal as a problem', async () => {
    const { accountId } = await registerOwner(app);
    const staff = createStaffClient({ url: app.admin.url, credential: await signInStaff(app, 'support') });
    const adjustment = staff.credit.adjust.mutate({ accountId, amount: 1_000_000, reason: 'Outage.' });
    expect(await refusalOf(adjustment)).toMatchObject({ status: 403, code: 'role_forbids' });
    const unknown = staff.account.get.query({ accountId: crypto.randomUUID() });
    expect(await refusalOf(unknown)).toMatchObject({ status: 404, code: 'not_found' });
  });
});
