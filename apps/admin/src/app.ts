import type { GateApp } from '@tenantry/gate/request-context';
import type { Ports } from '@tenantry/services/context';
import type { ServiceKeyIdentity, StaffIdentity } from '@tenantry/services/ports';
import type { FastifyBaseLogger } from 'fastify';

/** Everything that a call of staff may need. `compose.ts` builds it once for a process. */
export interface App extends GateApp {
  readonly log: FastifyBaseLogger;
  readonly ports: Pick<Ports, 'approvals' | 'invoices' | 'proofs' | 'statements'> & {
    readonly identity: StaffIdentity & ServiceKeyIdentity;
  };
}
