import type { Database } from '@tenantry/db/transaction';
import type { Clock } from '@tenantry/domain/time';
import type { ProofStore } from '@tenantry/files/proof-store';
import type { Throttle } from '@tenantry/gate/throttle';
import type { Identity } from '@tenantry/services/ports';
import type { FastifyBaseLogger } from 'fastify';

/** Everything a call of staff may need, built once in `compose.ts`. */
export interface App {
  database: Database;
  clock: Clock;
  throttle: Throttle;
  identity: Pick<Identity, 'verifyPassword' | 'decoyHash' | 'normaliseEmail' | 'digestText' | 'mintToken'>;
  proofs: ProofStore;
  log: FastifyBaseLogger;
}
