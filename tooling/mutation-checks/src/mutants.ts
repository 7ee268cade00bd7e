import type { Mutant } from './mutant.ts';
import { aiMutants } from './mutants/ai.ts';
import { billingMutants } from './mutants/billing.ts';
import { cliMutants } from './mutants/cli.ts';
import { clientMutants } from './mutants/client.ts';
import { dbMutants } from './mutants/db.ts';
import { domainMutants } from './mutants/domain.ts';
import { gateWorkMutants } from './mutants/gate-work.ts';
import { gateMutants } from './mutants/gate.ts';
import { identityMutants } from './mutants/identity.ts';
import { ledgerMutants } from './mutants/ledger.ts';
import { outboxMutants } from './mutants/outbox.ts';
import { overviewMutants } from './mutants/overview.ts';
import { racesMutants } from './mutants/races.ts';
import { restMutants } from './mutants/rest.ts';
import { serviceKeyMutants } from './mutants/service-keys.ts';
import { servicesMutants } from './mutants/services.ts';
import { sitesMutants } from './mutants/sites.ts';
import { staffAccountMutants } from './mutants/staff-account.ts';
import { statementMutants } from './mutants/statements.ts';

/** Every mutant, by the package that it changes. Each must be killed by the test that it names. */
export const mutants: readonly Mutant[] = [
  ...aiMutants,
  ...billingMutants,
  ...clientMutants,
  ...dbMutants,
  ...domainMutants,
  ...overviewMutants,
  ...gateMutants,
  ...gateWorkMutants,
  ...identityMutants,
  ...ledgerMutants,
  ...outboxMutants,
  ...racesMutants,
  ...restMutants,
  ...serviceKeyMutants,
  ...servicesMutants,
  ...cliMutants,
  ...sitesMutants,
  ...staffAccountMutants,
  ...statementMutants,
];
