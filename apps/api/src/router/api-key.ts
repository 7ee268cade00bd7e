import { keyScopes, scopes } from '@tenantry/domain/permissions';
import { createKey } from '@tenantry/services/api-key/create';
import { getKey } from '@tenantry/services/api-key/get';
import { listKeys } from '@tenantry/services/api-key/list';
import { revokeKey } from '@tenantry/services/api-key/revoke';
import { rotateKey } from '@tenantry/services/api-key/rotate';
import { z } from 'zod';
import { accountProcedure, router } from '../procedure.ts';
import { read, verb } from '../verb.ts';
import { id, listOf, moment, nameText, page } from '@tenantry/rest/schemas';

const tags = ['apiKey'];
const reads = { scope: 'key:read', standing: 'unpaid', throttle: 'content_read' } as const;
const writes = { scope: 'key:write', throttle: 'content_write' } as const;

const key = z.object({
  id: z.uuid(),
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(z.enum(scopes)),
  siteId: z.uuid().nullable(),
  expiresAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
  allowedAddresses: z.array(z.string()),
  lastUsedAt: z.string().nullable(),
  creditsPerDayMax: z.int().nullable(),
  createdAt: z.string(),
});
const one = z.strictObject({ keyId: id });
const addressBlock = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);

export const apiKeyRouter = router({
  create: accountProcedure(writes, {
    method: 'POST',
    path: '/api-keys',
    status: 201,
    tags,
    summary: 'Create a key',
  })
    .input(
      z.strictObject({
        name: nameText,
        scopes: z.array(z.enum(keyScopes)).min(1).max(keyScopes.length),
        siteId: id.optional(),
        expiresAt: moment.transform((at) => new Date(at)).optional(),
        allowedAddresses: z.array(addressBlock).max(20).optional(),
        creditsPerDayMax: z.int().min(0).optional(),
      }),
    )
    .output(key.extend({ secret: z.string().nullable() }))
    .mutation(verb((tx, input, { identity }) => createKey(tx, identity, input))),

  get: accountProcedure(reads, { method: 'GET', path: '/api-keys/{keyId}', tags, summary: 'One key' })
    .input(one)
    .output(key)
    .query(read(getKey)),

  list: accountProcedure(reads, {
    method: 'GET',
    path: '/api-keys',
    tags,
    summary: 'The keys of the account',
  })
    .input(page)
    .output(listOf(key))
    .query(read(listKeys)),

  rotate: accountProcedure(writes, {
    method: 'POST',
    path: '/api-keys/{keyId}/rotate',
    status: 201,
    tags,
    summary: 'Replace a key, with a time in which both work',
  })
    .input(one.extend({ overlapSeconds: z.int().min(0).max(604_800).default(86_400) }))
    .output(key.extend({ secret: z.string().nullable() }))
    .mutation(verb((tx, input, { identity }) => rotateKey(tx, identity, input))),

  revoke: accountProcedure(writes, {
    method: 'DELETE',
    path: '/api-keys/{keyId}',
    tags,
    summary: 'Revoke a key',
  })
    .input(one)
    .output(z.object({ id: z.uuid() }))
    .mutation(verb(revokeKey)),
});
