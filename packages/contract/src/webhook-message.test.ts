import { messageMeanings, messageTypes, messageVersion } from '@tenantry/domain/outbox/messages';
import { describe, expect, it } from 'vitest';
import { sample } from './named.ts';
import { webhookMessage } from './webhook-message.ts';

const message = {
  type: 'credit.low_balance',
  version: messageVersion,
  timestamp: sample.createdAt,
  accountId: sample.accountId,
  externalAccountId: null,
  data: { threshold: 100, available: 99 },
};

describe('the body of a webhook', () => {
  it('has the data of its type, and nothing else', () => {
    expect(webhookMessage.parse(message)).toEqual(message);
    for (const changed of [
      { ...message, type: 'credit.adjusted' },
      { ...message, type: 'credit.unknown' },
      { ...message, secret: 'x' },
      { ...message, data: { ...message.data, secret: 'x' } },
      { ...message, data: { threshold: '100', available: '99' } },
      { ...message, version: messageVersion + 1 },
    ])
      expect(webhookMessage.safeParse(changed).success).toBe(false);
  });

  it('has a type of the closed list, each named by its noun and with a meaning of one sentence', () => {
    expect(messageTypes.length).toBeGreaterThan(25);
    for (const type of messageTypes) {
      expect(type).toMatch(/^[a-z_]+\.[a-z_]+$/);
      expect(messageMeanings[type]).toMatch(/^[A-Z].*\.$/);
    }
  });
});
