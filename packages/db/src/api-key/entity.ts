import { defineEntity, p } from '@mikro-orm/core';
import type { Scope } from '@tenantry/domain/permissions';
import { tenantFilter } from '../tenancy.ts';

const ApiKeySchema = defineEntity({
  name: 'ApiKey',
  tableName: 'api_key',
  filters: tenantFilter(),
  properties: {
    accountId: p.uuid().primary(),
    id: p.uuid().primary(),
    keyId: p.text(),
    name: p.text(),
    prefix: p.text(),
    digest: p.text(),
    scopes: p.json<Scope[]>(),
    siteId: p.uuid().nullable(),
    expiresAt: p.datetime().nullable(),
    revokedAt: p.datetime().nullable(),
    /** Addresses or blocks it may be used from; empty for all. */
    allowedAddresses: p.json<string[]>(),
    lastUsedAt: p.datetime().nullable(),
    /** The person who made it; null for one that was made before this was written down. */
    createdBy: p.uuid().nullable(),
    /** The key that it replaced, and the first key of these rotations; null for a key that replaced none. */
    predecessorId: p.uuid().nullable(),
    rootId: p.uuid().nullable(),
    createdAt: p.datetime(),
    version: p.integer().version(),
  },
});
/** A key of an account; only a digest of its secret is kept. */
export class ApiKey extends ApiKeySchema.class {}
ApiKeySchema.setClass(ApiKey);

const KeyDirectorySchema = defineEntity({
  name: 'KeyDirectoryEntry',
  tableName: 'key_directory',
  properties: { keyId: p.text().primary(), accountId: p.uuid(), apiKeyId: p.uuid() },
});
/** Where a presented key id lives; shows only the key that was presented. */
export class KeyDirectoryEntry extends KeyDirectorySchema.class {}
KeyDirectorySchema.setClass(KeyDirectoryEntry);
