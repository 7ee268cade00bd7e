import { nothing } from '@tenantry/contract/fields';
import {
  changedOperatorEndpoint,
  operatorEndpointSecret,
  operatorEndpoints,
  operatorTests,
  switchOperatorEndpointInput,
} from '@tenantry/contract/operator-endpoint';
import {
  createWebhookEndpointInput,
  rotateWebhookSecretInput,
  webhookEndpointInput,
} from '@tenantry/contract/webhook-endpoint';
import { listEndpointsForConsole, listTestsForConsole } from '@tenantry/services/operator-endpoint/list';
import {
  createOperatorEndpoint,
  deleteOperatorEndpoint,
  rotateOperatorSecret,
  switchOperatorEndpoint,
} from '@tenantry/services/operator-endpoint/manage';
import { sendOperatorTest } from '@tenantry/services/operator-endpoint/send-test';
import { router, runForPerson, runWithoutAccount, staff } from '../procedures.ts';

const tags = ['operatorEndpoint'];
const manages = { power: 'webhook:manage', throttle: 'default' } as const;
const one = '/webhook-endpoints/{endpointId}';
const changes = { ...manages, audit: { subject: 'endpointId' }, refusals: ['not_found'] } as const;

export const operatorEndpointRouter = router({
  list: staff(manages, {
    method: 'GET',
    path: '/webhook-endpoints',
    tags,
    summary: 'Your own webhook endpoints, oldest first',
  })
    .input(nothing)
    .output(operatorEndpoints)
    .query(runWithoutAccount(listEndpointsForConsole)),

  create: staff(
    {
      ...manages,
      secrets: ['secret'],
      audit: { facts: ['description', 'events'] },
      refusals: ['invalid_input'],
    },
    {
      method: 'POST',
      path: '/webhook-endpoints',
      status: 201,
      tags,
      summary: 'Add an endpoint that gets the messages of every account',
    },
  )
    .input(createWebhookEndpointInput)
    .output(operatorEndpointSecret)
    .mutation(runForPerson(createOperatorEndpoint)),

  rotateSecret: staff(
    { ...changes, secrets: ['secret'] },
    { method: 'POST', path: `${one}/rotate-secret`, tags, summary: 'Give an endpoint a new secret' },
  )
    .input(rotateWebhookSecretInput)
    .output(operatorEndpointSecret)
    .mutation(runForPerson(rotateOperatorSecret)),

  update: staff(
    { ...changes, audit: { subject: 'endpointId', facts: ['enabled'] } },
    { method: 'PATCH', path: one, tags, summary: 'Enable or disable an endpoint' },
  )
    .input(switchOperatorEndpointInput)
    .output(changedOperatorEndpoint)
    .mutation(runForPerson(switchOperatorEndpoint)),

  delete: staff(changes, {
    method: 'DELETE',
    path: one,
    tags,
    summary: 'Delete an endpoint with its secrets',
  })
    .input(webhookEndpointInput)
    .output(changedOperatorEndpoint)
    .mutation(runForPerson(deleteOperatorEndpoint)),

  sendTest: staff(
    { ...changes, refusals: ['not_found', 'conflict'] },
    { method: 'POST', path: `${one}/test`, tags, summary: 'Send a test to an endpoint' },
  )
    .input(webhookEndpointInput)
    .output(changedOperatorEndpoint)
    .mutation(runForPerson(sendOperatorTest)),

  listTests: staff(manages, {
    method: 'GET',
    path: `${one}/tests`,
    tags,
    summary: 'The last tests of an endpoint, and what came of each',
  })
    .input(webhookEndpointInput)
    .output(operatorTests)
    .query(runWithoutAccount(listTestsForConsole)),
});
