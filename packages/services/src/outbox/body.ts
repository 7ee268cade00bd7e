import type { WaitingMessage } from '@tenantry/db/outbox/route';
import { messageVersion } from '@tenantry/domain/outbox/messages';

/**
 * The body of a message; a test of the operator is of no account. It is made once and stored, so that every attempt sends
 * the same bytes.
 */
export function bodyOf({
  topic,
  at,
  accountId,
  externalAccountId,
  payload,
}: Omit<WaitingMessage, 'id' | 'accountId'> & { accountId: string | null }): string {
  return JSON.stringify({
    type: topic,
    version: messageVersion,
    timestamp: at.toISOString(),
    accountId,
    externalAccountId,
    data: payload,
  });
}
