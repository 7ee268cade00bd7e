import type { TenantApp } from '@tenantry/gate/audience/tenant';
import type { KeyUses } from '@tenantry/gate/key-uses';
import type { Background } from '@tenantry/gate/work/background';
import type { OpenCalls } from '@tenantry/gate/work/open-calls';
import type { CookieSettings } from '@tenantry/rest/request-context';
import type { Ports } from '@tenantry/services/context';
import type { Ledger } from '@tenantry/ledger/group-commit';
import type { FastifyBaseLogger } from 'fastify';

/** Everything that a call of the API may need. `compose.ts` builds it once for a process. */
export interface App extends TenantApp {
  readonly log: FastifyBaseLogger;
  /** Where holds, settles and releases of one account share a commit. */
  readonly ledger: Ledger;
  /** Times of the last use of API keys, on their way to the database. */
  readonly keyUses: KeyUses;
  /** Calls that wait for a provider. */
  readonly openCalls: OpenCalls;
  /** Work that has begun after an answer. */
  readonly background: Background;
  readonly cookie: CookieSettings;
  readonly ports: Omit<Ports, 'adminSettings' | 'approvals' | 'catalogueFiles' | 'statements'>;
}
