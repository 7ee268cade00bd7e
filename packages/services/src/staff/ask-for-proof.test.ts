import { newId } from '@tenantry/db/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { moneyTest } from '../billing/money.fixture.ts';
import { submitBankTransfer } from '../payment/submit-bank-transfer.ts';
import { type ServiceTest, type Tenant, accepted, codeOf, now, openServiceTest } from '../service.fixture.ts';
import { askForProof } from './ask-for-proof.ts';
import { listPaymentsForStaff } from './list-payments.ts';

let services: ServiceTest;
beforeAll(async () => {
  services = await openServiceTest();
});
afterAll(() => services.close());

const { ask, confirm } = moneyTest(() => services);
const submit = async (tenant: Tenant) => {
  const { id: invoiceId } = await ask(tenant);
  const transfer = { invoiceId, payerName: 'A. Payer', amount: 2900, currency: 'USD' };
  return accepted(await services.inAccount(tenant, (context) => submitBankTransfer(context, transfer)));
};
const request = (tenant: Tenant, paymentId: string) =>
  services.asStaff(tenant, (context) =>
    askForProof(context, { paymentId, reason: 'Please send the receipt.' }),
  );

describe('asking for a proof', () => {
  it('leaves the payment waiting, tells the account, and shows in the queue when it was asked', async () => {
    const tenant = await services.register();
    const { id } = await submit(tenant);
    expect(accepted(await request(tenant, id))).toMatchObject({ id, status: 'pending_approval' });
    expect(await services.topicsOf(tenant)).toContain('payment.proof_asked');
    const context = { ...services.directory(), database: services.database.admin };
    const input = { status: 'pending_approval', order: 'newest', limit: 100 } as const;
    const { items } = await listPaymentsForStaff(context, input);
    expect(items.find((row) => row.id === id)).toMatchObject({ askedAt: now.toISOString() });
  });

  it('refuses a payment that was decided on, and one of another account', async () => {
    const [tenant, other] = [await services.register(), await services.register()];
    const { id } = await submit(tenant);
    expect(codeOf(await request(other, id))).toBe('not_found');
    expect(codeOf(await request(tenant, newId()))).toBe('not_found');
    accepted(await confirm(tenant, { paymentId: id }));
    expect(codeOf(await request(tenant, id))).toBe('payment_state');
  });

  it('refuses staff who are members of the account', async () => {
    const tenant = await services.register();
    const { id } = await submit(tenant);
    const refused = services.asStaff(
      tenant,
      (context) => askForProof(context, { paymentId: id, reason: 'x' }),
      { email: tenant.email },
    );
    expect(codeOf(await refused)).toBe('role_forbids');
  });
});

describe('the queue of payments', () => {
  it('is read from either end, page by page', async () => {
    for (let count = 0; count < 3; count += 1) await submit(await services.register());
    const context = { ...services.directory(), database: services.database.admin };
    const all = async (order: 'newest' | 'oldest') => {
      const ids: string[] = [];
      for (let cursor: string | undefined; ; ) {
        const input = { status: 'pending_approval', order, limit: 2, cursor } as const;
        const { items, nextCursor } = await listPaymentsForStaff(context, input);
        ids.push(...items.map(({ id }) => id));
        if (nextCursor === null) return ids;
        cursor = nextCursor;
      }
    };
    const oldest = await all('oldest');
    expect(oldest).toEqual(oldest.toSorted());
    expect(await all('newest')).toEqual(oldest.toReversed());
  });
});
