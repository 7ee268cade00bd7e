import { describe, expect, it } from 'vitest';
import { isRefusal } from '../refusals.ts';
import { invoiceEvents, invoiceStatuses, nextInvoiceStatus } from './status.ts';

describe('the status of an invoice', () => {
  it('changes by these events and by no others', () => {
    const allowed = invoiceStatuses.flatMap((status) =>
      invoiceEvents.flatMap((event) => {
        const next = nextInvoiceStatus(status, event);
        return isRefusal(next) ? [] : [`${status} ${event} ${next}`];
      }),
    );
    expect(allowed).toEqual(['open pay paid', 'open void void']);
  });

  it('refuses every other event as payment_state', () => {
    expect(nextInvoiceStatus('paid', 'pay')).toMatchObject({ refused: 'payment_state' });
    expect(nextInvoiceStatus('void', 'pay')).toMatchObject({ refused: 'payment_state' });
  });
});
