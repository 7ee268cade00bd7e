import type { StaffApp } from '@tenantry/gate/audience/staff';
import type { CookieSettings } from '@tenantry/rest/request-context';
import type { Ports } from '@tenantry/services/context';
import type { ServiceKeyIdentity, StaffIdentity } from '@tenantry/services/ports';
import type { FastifyBaseLogger } from 'fastify';

/** Everything that a call of staff may need. `compose.ts` builds it once for a process. */
export interface App extends StaffApp {
  readonly log: FastifyBaseLogger;
  readonly cookie: CookieSettings;
  readonly ports: Pick<
    Ports,
    | 'adminSettings'
    | 'approvals'
    | 'catalogueFiles'
    | 'invoices'
    | 'paymentMethods'
    | 'proofs'
    | 'statements'
    | 'webhookTargets'
  > & {
    readonly identity: StaffIdentity & ServiceKeyIdentity;
  };
}
