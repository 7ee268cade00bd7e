import { removed } from '@tenantry/contract/fields';
import { listOf, pageInput } from '@tenantry/contract/page';
import {
  createServiceKeyInput,
  rotateServiceKeyInput,
  serviceKey,
  serviceKeyInput,
  serviceKeyWithSecret,
} from '@tenantry/contract/service-key';
import {
  createServiceKey,
  listServiceKeys,
  revokeServiceKey,
  rotateServiceKey,
} from '@tenantry/services/service-key/manage';
import { router, runForPerson, runWithoutAccount, staff } from '../procedures.ts';

const tags = ['serviceKey'];
const manages = { power: 'service-key:manage', throttle: 'default' } as const;

export const serviceKeyRouter = router({
  list: staff(manages, {
    method: 'GET',
    path: '/service-keys',
    tags,
    summary: 'The service keys, newest first, and those that have ended',
  })
    .input(pageInput)
    .output(listOf(serviceKey))
    .query(runWithoutAccount(listServiceKeys)),

  create: staff(
    {
      ...manages,
      secrets: ['secret'],
      audit: { facts: ['name', 'mode', 'scopes', 'expiresAt', 'allowedAddresses'] },
      refusals: ['invalid_input'],
    },
    {
      method: 'POST',
      path: '/service-keys',
      status: 201,
      tags,
      summary: 'Create a service key',
      description: 'Your own backend acts with it for any account that its calls name.',
    },
  )
    .input(createServiceKeyInput)
    .output(serviceKeyWithSecret)
    .mutation(runForPerson(createServiceKey)),

  rotate: staff(
    {
      ...manages,
      secrets: ['secret'],
      audit: { facts: ['serviceKeyId', 'overlapSeconds'] },
      refusals: ['not_found', 'conflict'],
    },
    {
      method: 'POST',
      path: '/service-keys/{serviceKeyId}/rotate',
      status: 201,
      tags,
      summary: 'Replace a service key, with a time in which both work',
    },
  )
    .input(rotateServiceKeyInput)
    .output(serviceKeyWithSecret)
    .mutation(runForPerson(rotateServiceKey)),

  revoke: staff(
    { ...manages, audit: { subject: 'serviceKeyId' }, refusals: ['not_found'] },
    {
      method: 'DELETE',
      path: '/service-keys/{serviceKeyId}',
      tags,
      summary: 'Revoke a service key, now and for good',
    },
  )
    .input(serviceKeyInput)
    .output(removed)
    .mutation(runForPerson(revokeServiceKey)),
});
