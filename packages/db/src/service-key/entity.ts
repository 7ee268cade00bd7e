import { defineEntity, p } from '@mikro-orm/core';
import type { ServiceScope } from '@tenantry/domain/permissions';

const ServiceKeySchema = defineEntity({
  name: 'ServiceKey',
  tableName: 'service_key',
  properties: {
    id: p.uuid().primary(),
    keyId: p.text(),
    name: p.text(),
    prefix: p.text(),
    digest: p.text(),
    /** A `test` key acts for sandbox accounts alone. */
    mode: p.text().$type<'live' | 'test'>(),
    scopes: p.json<ServiceScope[]>(),
    /** Addresses or blocks it may be used from; empty for all. */
    allowedAddresses: p.json<string[]>(),
    /** The rate of its own bucket, for each scope of the throttle. */
    callsPerMinute: p.integer(),
    expiresAt: p.datetime().nullable(),
    revokedAt: p.datetime().nullable(),
    lastUsedAt: p.datetime().nullable(),
    /** The staff or the command that made it, such as `staff:0190…` or `system:cli`. */
    createdBy: p.text(),
    /** The key that it replaced in a rotation; null for none. */
    predecessorId: p.uuid().nullable(),
    createdAt: p.datetime(),
    version: p.integer().version(),
  },
});
/** A key of the operator's own backend; only a digest of its secret is kept. */
export class ServiceKey extends ServiceKeySchema.class {}
ServiceKeySchema.setClass(ServiceKey);
