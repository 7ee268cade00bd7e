import { newId } from '@tenantry/db/ids';
import { mintApiKey } from '@tenantry/identity/api-key';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKey } from '../api-key/create.ts';
import { submitBankTransfer } from '../payment/submit-bank-transfer.ts';
import { type ServiceTest, type Tenant, accepted, openServiceTest } from '../service.fixture.ts';
import { confirmBankTransfer } from '../staff/confirm-bank-transfer.ts';
import { listAccountsForStaff } from '../staff/list-accounts.ts';
import { findAnything } from './find.ts';

let services: ServiceTest;
let needle: Tenant;
beforeAll(async () => {
  services = await openServiceTest();
  needle = await services.register({ accountName: "O'Hara & Söhne 100% (Zürich)" });
  for (let number = 0; number < 12; number += 1)
    await services.register({ accountName: `Haystack ${number % 7}` });
});
afterAll(() => services.close());

const staff = () => ({ ...services.directory(), database: services.database.admin });
const find = async (q: string) => (await findAnything(staff(), { q })).items;
const list = async (q: string) =>
  (await listAccountsForStaff(staff(), { q, limit: 100, sort: 'newest' })).items.map(({ id }) => id);
const kindsOf = async (q: string) =>
  (await find(q)).map(
    ({ kind, accountId }) => `${kind} ${accountId === needle.accountId ? 'needle' : 'other'}`,
  );

describe('a search', () => {
  it.each(["o'hara", 'söhne', 'zürich söhne', 'SÖH', 'hara & s', "o'hara & söhne 100%", '100'])(
    'finds an account by %s of its name',
    async (q) => {
      expect(await kindsOf(q)).toEqual(['account needle']);
      expect(await list(q)).toEqual([needle.accountId]);
    },
  );

  it.each([
    '%',
    '_',
    '\\',
    "'",
    '":*',
    '& | !',
    '<->',
    'hara | haystack',
    `'":*`,
    'ʼ＇',
    'a:b:*',
    "' or true --",
  ])('takes %s for a text and for nothing else', async (q) => {
    expect(await find(q)).toEqual([]);
    expect(await list(q)).toEqual([]);
  });

  it('leaves every account for a blank text, and names nothing by it', async () => {
    expect(await find('  ')).toEqual([]);
    expect(await list('  ')).toHaveLength(13);
  });

  it('has at most ten hits, and the list has them all', async () => {
    expect(await find('haystack')).toHaveLength(10);
    expect(await list('hay')).toHaveLength(12);
  });

  it('finds a member by the address or its beginning, in any case, and the accounts of the member', async () => {
    for (const q of [
      needle.email,
      needle.email.toUpperCase(),
      needle.email.slice(0, -3),
      `Ada <${needle.email}>`,
    ]) {
      expect(await find(q)).toMatchObject([
        { kind: 'member', id: needle.userId, label: needle.email, detail: 'owner' },
      ]);
      expect(await list(q)).toEqual([needle.accountId]);
    }
    expect(await find('%@example.test')).toEqual([]);
    expect(await find(`${newId()}@example.test`)).toEqual([]);
  });

  it('finds a key by all of it or by its prefix, and shows no secret', async () => {
    const key = accepted(
      await services.inAccount(needle, (context) =>
        createKey(context, { name: 'A', scopes: ['site:read'], allowedAddresses: [] }),
      ),
    );
    for (const q of [key.secret, key.prefix, key.prefix.slice(0, -3), key.id]) {
      const hits = await find(q);
      expect(hits, q).toMatchObject([{ kind: 'api_key', label: key.prefix, detail: 'A' }]);
      expect(JSON.stringify(hits)).not.toContain(key.secret);
      expect(await list(q)).toEqual([needle.accountId]);
    }
    expect(await find(mintApiKey('live').secret)).toEqual([]);
  });

  it('finds invoice and payment by number, reference in any spelling, bank’s reference and id', async () => {
    const starter = { payerName: 'A. Payer', amount: 2900, currency: 'USD' };
    const payment = accepted(
      await services.inAccount(needle, (context) =>
        submitBankTransfer(context, { planSlug: 'starter', ...starter }),
      ),
    );
    const { id, number, reference } = payment.invoice;
    const spelled = `${reference.slice(0, 4).toLowerCase()} ${reference.slice(4, 8)} ${reference.slice(8)}`;
    for (const q of [reference, spelled, number, number.toLowerCase().replaceAll('-', ' '), id])
      expect(await find(q), q).toMatchObject([{ kind: 'invoice', id, label: number, detail: reference }]);
    expect(await find(payment.id)).toMatchObject([{ kind: 'payment', id: payment.id }]);
    const confirmed = {
      accountId: needle.accountId,
      paymentId: payment.id,
      externalPaymentId: 'FT 26/117',
      ...starter,
    };
    accepted(await services.asStaff(needle, (context) => confirmBankTransfer(context, confirmed)));
    expect(await find('ft 26/117')).toMatchObject([{ kind: 'payment', id: payment.id, label: 'FT 26/117' }]);
    expect(await list('ft 26/117')).toEqual([needle.accountId]);
    expect(await find('FT 26/118')).toEqual([]);
  });

  it('finds an account by its id, its external id and its subscription, and nothing by another id', async () => {
    await services.database.query(
      "insert into account_directory (external_id, account_id, asked) values ('cust_1', $1, 'x')",
      [needle.accountId],
    );
    const [subscription] = await services.database.query(
      'select id from subscription where account_id = $1',
      [needle.accountId],
    );
    for (const q of [
      needle.accountId,
      needle.accountId.toUpperCase(),
      'cust_1',
      String(subscription?.['id']),
    ])
      expect(await kindsOf(q), q).toEqual(['account needle']);
    expect(await find(newId())).toEqual([]);
    expect(await find('CUST_1')).toEqual([]);
  });
});

describe('the filters of the list of accounts', () => {
  const filtered = async (filter: object) =>
    (await listAccountsForStaff(staff(), { limit: 100, sort: 'newest', ...filter })).items;

  it('leave accounts by plan, payment method and sandbox, together with a text', async () => {
    await services.usePlan(needle, 'growth');
    expect((await filtered({ planSlug: 'growth' })).map(({ id }) => id)).toEqual([needle.accountId]);
    expect(await filtered({ planSlug: 'growth', q: 'haystack' })).toEqual([]);
    expect(await filtered({ planSlug: 'no-such-plan' })).toEqual([]);
    await services.database.query("update subscription set payment_method = 'paypal' where account_id = $1", [
      needle.accountId,
    ]);
    expect((await filtered({ paymentMethod: 'paypal' })).map(({ id }) => id)).toEqual([needle.accountId]);
    expect(await filtered({ sandbox: true })).toEqual([]);
    expect(await filtered({ sandbox: false })).toHaveLength(13);
  });

  it.each(['newest', 'oldest', 'name'] as const)(
    'give each account once over the pages, by %s',
    async (sort) => {
      const seen: { id: string; name: string }[] = [];
      let cursor: string | undefined;
      do {
        const page: Awaited<ReturnType<typeof listAccountsForStaff>> = await listAccountsForStaff(staff(), {
          limit: 5,
          sort,
          cursor,
        });
        seen.push(...page.items);
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(new Set(seen.map(({ id }) => id)).size).toBe(13);
      const keys = seen.map(({ id, name }) => (sort === 'name' ? name.toLowerCase() : id));
      const sorted = keys.toSorted();
      expect(keys).toEqual(sort === 'newest' ? sorted.toReversed() : sorted);
    },
  );
});
