import {
  apiKey,
  apiKeyInput,
  apiKeyWithSecret,
  createApiKeyInput,
  rotateApiKeyInput,
} from '@tenantry/contract/api-key';
import { removed } from '@tenantry/contract/fields';
import { listOf, pageInput } from '@tenantry/contract/page';
import { createKey } from '@tenantry/services/api-key/create';
import { getKey } from '@tenantry/services/api-key/get';
import { listKeys } from '@tenantry/services/api-key/list';
import { revokeKey } from '@tenantry/services/api-key/revoke';
import { rotateKey } from '@tenantry/services/api-key/rotate';
import { accountProcedure, router } from '../procedure.ts';
import { read, verb } from '../verb.ts';

const tags = ['apiKey'];
const reads = { scope: 'key:read', standing: 'unpaid', throttle: 'content_read' } as const;
const writes = { scope: 'key:write', throttle: 'content_write' } as const;

export const apiKeyRouter = router({
  create: accountProcedure(writes, {
    method: 'POST',
    path: '/api-keys',
    status: 201,
    tags,
    summary: 'Create a key',
  })
    .input(createApiKeyInput)
    .output(apiKeyWithSecret)
    .mutation(verb((tx, input, { identity }) => createKey(tx, identity, input))),

  get: accountProcedure(reads, { method: 'GET', path: '/api-keys/{keyId}', tags, summary: 'One key' })
    .input(apiKeyInput)
    .output(apiKey)
    .query(read(getKey)),

  list: accountProcedure(reads, {
    method: 'GET',
    path: '/api-keys',
    tags,
    summary: 'The keys of the account',
  })
    .input(pageInput)
    .output(listOf(apiKey))
    .query(read(listKeys)),

  rotate: accountProcedure(writes, {
    method: 'POST',
    path: '/api-keys/{keyId}/rotate',
    status: 201,
    tags,
    summary: 'Replace a key, with a time in which both work',
  })
    .input(rotateApiKeyInput)
    .output(apiKeyWithSecret)
    .mutation(verb((tx, input, { identity }) => rotateKey(tx, identity, input))),

  revoke: accountProcedure(writes, {
    method: 'DELETE',
    path: '/api-keys/{keyId}',
    tags,
    summary: 'Revoke a key',
  })
    .input(apiKeyInput)
    .output(removed)
    .mutation(verb(revokeKey)),
});
