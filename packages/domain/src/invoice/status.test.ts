import { describe, expect, it } from 'vitest';
import { isRefusal } from '../refusals.ts';
import { invoiceEvents, invoiceStatuses, isPayable, nextInvoiceStatus } from './status.ts';

describe('the status of an invoice', () => {
  it('changes by these events and by no others', () => {
    const allowed = invoiceStatuses.flatMap((status) =>
      invoiceEvents.flatMap((event) => {
        const next = nextInvoiceStatus(status, event);
        return isRefusal(next) ? [] : [`${status} ${event} ${next}`];
      }),
    );
    expect(allowed).toEqual([
      'open pay_part partially_paid',
      'open pay paid',
      'open void void',
      'partially_paid pay_part partially_paid',
      'partially_paid pay paid',
      'partially_paid take_back_part partially_paid',
      'partially_paid take_back open',
      'partially_paid void void',
      'paid take_back_part partially_paid',
      'paid take_back open',
    ]);
  });

  it('refuses every other event as payment_state', () => {
    expect(nextInvoiceStatus('paid', 'pay')).toMatchObject({ refused: 'payment_state' });
    expect(nextInvoiceStatus('paid', 'void')).toMatchObject({ refused: 'payment_state' });
    expect(nextInvoiceStatus('void', 'pay')).toMatchObject({ refused: 'payment_state' });
    expect(nextInvoiceStatus('void', 'pay_part')).toMatchObject({ refused: 'payment_state' });
  });

  it('says whether money is due', () => {
    expect(invoiceStatuses.filter(isPayable)).toEqual(['open', 'partially_paid']);
  });
});
