import { newId } from '@tenantry/db/ids';
import type { MessageData, MessageType } from '@tenantry/domain/outbox/messages';
import type { TestApp } from '../app.ts';
import type { Owner } from '../users.ts';

/** An endpoint of an account, as the call that made it answered it. */
export interface MadeEndpoint {
  id: string;
  secret: string;
}

/** Makes an endpoint of an account by the API. */
export async function makeEndpoint(
  app: TestApp,
  { token }: Pick<Owner, 'token'>,
  url: string,
  events: readonly MessageType[] = [],
): Promise<MadeEndpoint> {
  const made = await app.rest('POST', '/v1/webhook-endpoints', { bearer: token, body: { url, events } });
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  return made.body;
}

/** Puts messages into the outbox of an account as changes would, each in a transaction of its own; answers their ids. */
export async function enqueue<Type extends MessageType>(
  { database }: Pick<TestApp, 'database'>,
  accountId: string,
  topic: Type,
  payloads: readonly MessageData[Type][],
): Promise<string[]> {
  const ids: string[] = [];
  for (const payload of payloads) {
    const id = newId();
    await database.query(
      'insert into outbox_message (account_id, id, at, topic, payload) values ($1, $2, now(), $3, $4)',
      [accountId, id, topic, JSON.stringify(payload)],
    );
    ids.push(id);
  }
  return ids;
}

/** Low balances with these credits available. */
export const lowBalances = (...available: readonly number[]): MessageData['credit.low_balance'][] =>
  available.map((one) => ({ threshold: 1000, available: one }));
