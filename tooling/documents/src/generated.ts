import {
  adminRouterOfClient,
  apiRouterOfClient,
  interfacesOfClient,
  problemCodesOfClient,
} from './client.ts';
import { apiProceduresOfContract } from './api-procedures.ts';
import { billingPage } from './billing-page.ts';
import { gatePage, proceduresPage } from './contract.ts';
import { errorsPage } from './errors-page.ts';
import { guaranteesPage } from './guarantees-page.ts';
import { catalogueJsonSchema } from '@tenantry/catalogue/json-schema';
import { environmentExample, settingsTable } from './settings.ts';
import { staffPage } from './staff-page.ts';
import { timeoutsTable } from './timeouts.ts';
import { transitionTables } from './transitions.ts';
import { webhooksPage } from './webhooks-page.ts';

/** A file, or a part of one, that is made from code. */
export interface Generated {
  /** From the clone. */
  path: string;
  /** The file's text, from the text that it has now. */
  make(before: string): string;
}

/** Everything that is made from code; a stale one fails `verify`. */
export const generated: readonly Generated[] = [
  { path: 'packages/client/src/router.ts', make: apiRouterOfClient },
  { path: 'packages/client/src/admin-router.ts', make: adminRouterOfClient },
  { path: 'packages/contract/src/api-procedures.ts', make: apiProceduresOfContract },
  { path: 'packages/client/src/types.ts', make: interfacesOfClient },
  { path: 'packages/client/src/problem-code.ts', make: problemCodesOfClient },
  { path: 'catalogue.schema.json', make: () => `${JSON.stringify(catalogueJsonSchema(), null, 2)}\n` },
  { path: '.env.example', make: environmentExample },
  { path: 'docs/operate.md', make: (before) => timeoutsTable(settingsTable(before)) },
  { path: 'docs/webhooks.md', make: webhooksPage },
  { path: 'docs/bank-transfer.md', make: transitionTables },
  { path: 'docs/billing.md', make: billingPage },
  { path: 'docs/staff.md', make: staffPage },
  { path: 'docs/errors.md', make: errorsPage },
  { path: 'docs/procedures.md', make: proceduresPage },
  { path: 'docs/gate.md', make: gatePage },
  { path: 'docs/guarantees.md', make: guaranteesPage },
];
