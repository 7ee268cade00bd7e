import type { Failpoint } from '@tenantry/db/failpoint';
import type { Ledger } from '@tenantry/ledger/group-commit';
import type { Database } from '@tenantry/db/transaction';
import type { Clock } from '@tenantry/domain/time';
import type { ProofStore } from '@tenantry/files/proof-store';
import type { Authentication } from '@tenantry/gate/authenticate';
import type { KeyUses } from '@tenantry/gate/key-uses';
import type { Throttle } from '@tenantry/gate/throttle';
import type { Identity, Emails, Provider } from '@tenantry/services/ports';
import type { Flows } from './flows.ts';
import type { Background } from './background.ts';
import type { FastifyBaseLogger } from 'fastify';

/** Everything a call may need, built once in `compose.ts`. */
export interface App {
  database: Database;
  /** Where credits are taken and settled. */
  ledger: Ledger;
  clock: Clock;
  authentication: Authentication;
  /** When keys were used, on its way to the database. */
  keyUses: KeyUses;
  throttle: Throttle;
  identity: Identity;
  provider: Provider;
  proofs: ProofStore;
  emails: Emails;
  /** Calls that wait for a provider. */
  flows: Flows;
  failpoint: Failpoint;
  /** Work that no answer waits for. */
  background: Background;
  log: FastifyBaseLogger;
  cookie: { name: string; secure: boolean };
}
