import type { WebhookEndpointInput } from '@tenantry/contract/webhook-endpoint';
import { newId } from '@tenantry/db/ids';
import { lockOperatorEndpoint } from '@tenantry/db/webhook/operator';
import { insertOperatorTest, listOperatorTests as findTests } from '@tenantry/db/webhook/operator-test';
import type { Transaction } from '@tenantry/db/transaction';
import { actorName } from '@tenantry/domain/actor';
import { refuse } from '@tenantry/domain/refusals';
import type { OperatorEndpointChange } from './manage.ts';

/** How many tests of an endpoint are listed. */
const testsMax = 10;

/**
 * Asks the worker to send one test to an endpoint of the operator, and answers the id that the endpoint gets it with. Refuses
 * `not_found`, and `conflict` for an endpoint that is disabled.
 */
export function sendOperatorTest(
  { commit, actor, now }: Pick<OperatorEndpointChange, 'commit' | 'actor' | 'now'>,
  { endpointId }: WebhookEndpointInput,
) {
  return commit(async (tx) => {
    const endpoint = await lockOperatorEndpoint(tx, endpointId);
    if (endpoint === null) return refuse('not_found');
    if (!endpoint.enabled) return refuse('conflict');
    const id = newId();
    await insertOperatorTest(tx, { id, endpointId, createdBy: actorName(actor), createdAt: now });
    return { id };
  });
}

/** The last tests of an endpoint of the operator, newest first, with what came of each; none for an endpoint that is not there. */
export function listOperatorTests(tx: Transaction, { endpointId }: WebhookEndpointInput) {
  return findTests(tx, endpointId, testsMax);
}
