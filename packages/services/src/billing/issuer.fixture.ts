import { readDemoCatalogue } from '@tenantry/catalogue/file';
import { applyCatalogue, withCatalogue } from '@tenantry/db/catalogue/apply';
import type { CatalogueIssuer } from '@tenantry/domain/catalogue/catalogue';
import { type ServiceTest, now } from '../service.fixture.ts';

/** An issuer who charges tax and is paid in euros. */
export const european: CatalogueIssuer = {
  name: 'Beispiel GmbH',
  address: ['Beispielweg 1', '10115 Berlin'],
  taxId: 'DE123456789',
  email: null,
  taxRateBasisPoints: 1900,
  invoicePrefix: 'BG-',
  payees: {
    EUR: { name: 'Beispiel GmbH', bank: 'Bank', iban: 'DE89370400440532013000', bic: null, account: [] },
  },
};

/** Applies the catalogue of the demo with another issuer. */
export async function becomeIssuer({ database }: ServiceTest, issuer: CatalogueIssuer): Promise<void> {
  const call = { actor: { kind: 'system', job: 'cli' }, requestId: 'test', now } as const;
  await withCatalogue(database.url('tenantry_owner'), (catalogue) =>
    applyCatalogue(catalogue, { ...readDemoCatalogue(), issuer }, call),
  );
}
