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
import { tenant, router, run } from '../procedures.ts';

const tags = ['apiKey'];
const reads = { scope: 'key:read', standing: 'unpaid', throttle: 'content_read' } as const;
const writes = { scope: 'key:write', throttle: 'content_write' } as const;

export const apiKeyRouter = router({
  create: tenant(
    { ...writes, secrets: ['secret'], refusals: ['invalid_input', 'not_found', 'plan_limit_reached'] },
    {
      method: 'POST',
      path: '/api-keys',
      status: 201,
      tags,
      summary: 'Create a key',
    },
  )
    .input(createApiKeyInput)
    .output(apiKeyWithSecret)
    .mutation(run(createKey)),

  get: tenant(
    { ...reads, refusals: ['not_found'] },
    { method: 'GET', path: '/api-keys/{keyId}', tags, summary: 'One key' },
  )
    .input(apiKeyInput)
    .output(apiKey)
    .query(run(getKey)),

  list: tenant(reads, {
    method: 'GET',
    path: '/api-keys',
    tags,
    summary: 'The keys of the account',
  })
    .input(pageInput)
    .output(listOf(apiKey))
    .query(run(listKeys)),

  rotate: tenant(
    { ...writes, secrets: ['secret'], refusals: ['not_found', 'conflict'] },
    {
      method: 'POST',
      path: '/api-keys/{keyId}/rotate',
      status: 201,
      tags,
      summary: 'Replace a key, with a time in which both work',
    },
  )
    .input(rotateApiKeyInput)
    .output(apiKeyWithSecret)
    .mutation(run(rotateKey)),

  revoke: tenant(
    { ...writes, refusals: ['not_found'] },
    {
      method: 'DELETE',
      path: '/api-keys/{keyId}',
      tags,
      summary: 'Revoke a key',
    },
  )
    .input(apiKeyInput)
    .output(removed)
    .mutation(run(revokeKey)),
});
