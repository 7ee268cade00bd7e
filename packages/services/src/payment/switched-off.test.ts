import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { moneyTest } from '../billing/money.fixture.ts';
import { type ServiceTest, accepted, codeOf, openServiceTest } from '../service.fixture.ts';
import { orderPlan } from '../subscription/change.ts';
import { listPaymentMethods } from './methods.ts';
import { submitBankTransfer } from './submit-bank-transfer.ts';

let services: ServiceTest;
beforeAll(async () => {
  services = await openServiceTest();
});
afterAll(() => services.close());

const { ask, confirm, granted } = moneyTest(() => services);

describe('bank transfers that are switched off', () => {
  it('takes no report of one and offers none, and what is there is still confirmed', async () => {
    const tenant = await services.register();
    const { id: invoiceId } = await ask(tenant);
    const transfer = { invoiceId, payerName: 'A. Payer', amount: 2900, currency: 'USD' };
    const submit = () => services.inAccount(tenant, (context) => submitBankTransfer(context, transfer));
    const { id: paymentId } = accepted(await submit());
    services.ports.paymentMethods.bankTransfer = false;
    expect(codeOf(await submit())).toBe('provider_disabled');
    const wish = { planSlug: 'growth', paymentMethod: 'bank_transfer' } as const;
    expect(codeOf(await services.inAccount(tenant, (context) => orderPlan(context, wish)))).toBe(
      'provider_disabled',
    );
    const { methods } = await services.inAccount(tenant, listPaymentMethods);
    expect(methods.filter(({ available }) => available)).toEqual([]);
    accepted(await confirm(tenant, { paymentId }));
    expect(await granted(tenant)).toEqual({ grants: 1, periods: 1 });
    services.ports.paymentMethods.bankTransfer = true;
  });
});
