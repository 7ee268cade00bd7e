import type { WebhookEndpointInput } from '@tenantry/contract/webhook-endpoint';
import type { DirectoryContext } from '../context.ts';
import { listOperatorEndpoints } from './manage.ts';
import { listOperatorTests } from './send-test.ts';

/** Every endpoint of the operator, oldest first. */
export async function listEndpointsForConsole({ database, now }: DirectoryContext) {
  return { items: await database.withoutAccount.read({}, (tx) => listOperatorEndpoints(tx, now)) };
}

/** The last tests of an endpoint of the operator, newest first. */
export async function listTestsForConsole({ database }: DirectoryContext, input: WebhookEndpointInput) {
  return { items: await database.withoutAccount.read({}, (tx) => listOperatorTests(tx, input)) };
}
