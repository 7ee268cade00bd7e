import { type TakenTest, endOperatorTest, takeOperatorTests } from '@tenantry/db/webhook/operator-test';
import { bodyOf } from './body.ts';
import type { RelayContext } from './context.ts';
import { leaseSeconds } from './deliver.ts';

/** How many tests are sent at a time. */
const testsMax = 4;

/**
 * Sends the tests of the operator's endpoints that wait, each by one request, writes down what came of it, and answers how
 * many. A test of a worker that died is sent again when its lease ends, with the same id. What an endpoint answers to a test
 * counts for nothing else.
 */
export async function sendOperatorTests(context: RelayContext): Promise<number> {
  const { database, clock } = context;
  const taken = await database.withoutAccount.write({}, (tx) =>
    takeOperatorTests(tx, { now: clock(), leaseSeconds, testsMax }),
  );
  await Promise.all(taken.map((test) => sendOne(context, test)));
  return taken.length;
}

async function sendOne({ database, clock, webhooks, unseal }: RelayContext, test: TakenTest): Promise<void> {
  const { id, url, endpointId, createdAt, secret, previousSecret } = test;
  const begun = clock();
  const { outcome, status, answer } = await webhooks.send({
    url,
    id,
    timestamp: Math.floor(begun.getTime() / 1000),
    body: bodyOf({
      topic: 'webhook_endpoint.test',
      at: createdAt,
      accountId: null,
      externalAccountId: null,
      payload: { endpointId },
    }),
    secrets: (previousSecret === null ? [secret] : [secret, previousSecret]).map((one) => unseal(one).text),
  });
  const at = clock();
  const durationMilliseconds = Math.max(0, at.getTime() - begun.getTime());
  await database.withoutAccount.write({}, (tx) =>
    endOperatorTest(tx, id, { at, outcome, status, durationMilliseconds, answer }),
  );
}
