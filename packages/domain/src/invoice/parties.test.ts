import { describe, expect, it } from 'vitest';
import { customerOf, wholeCustomer } from './parties.ts';

const nameAlone = { name: 'Example', address: [], country: null, taxId: null, email: null };
const billingDetails = {
  legalName: 'Example Holding GmbH',
  address: ['Beispielweg 1', '10115 Berlin'],
  country: 'DE',
  taxId: 'DE123456789',
  email: 'invoices@example.test',
};

describe('the customer of an invoice', () => {
  it('is the legal person of the billing details, or the name of the account where there are none', () => {
    const { legalName: name, ...rest } = billingDetails;
    expect(customerOf({ name: 'Example', billingDetails })).toEqual({ name, ...rest });
    expect(customerOf({ name: 'Example', billingDetails: null })).toEqual(nameAlone);
    expect(customerOf({ name: 'Example', billingDetails: undefined })).toEqual(nameAlone);
  });

  it('that is stored as a name alone has nothing else', () => {
    expect(wholeCustomer({ name: 'Example' })).toEqual(nameAlone);
    expect(wholeCustomer({ ...nameAlone, country: 'DE' })).toEqual({ ...nameAlone, country: 'DE' });
  });
});
