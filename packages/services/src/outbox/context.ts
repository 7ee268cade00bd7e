import type { Failpoint } from '@tenantry/db/failpoint';
import type { Database } from '@tenantry/db/transaction';
import type { Clock } from '@tenantry/domain/time';
import type { Emails, Identity, WebhookSender } from '../ports.ts';

/** What the relay works with. It runs as long as its process, so it reads the clock itself. */
export interface RelayContext {
  database: Database;
  clock: Clock;
  /** From 0 up to 1. */
  random(): number;
  webhooks: WebhookSender;
  /** Opens a sealed secret of an endpoint. */
  unseal(sealed: string): { text: string };
  failpoint: Failpoint;
}

/** What the part of the relay works with that sends e-mails. */
export interface MailContext extends Pick<RelayContext, 'database' | 'clock' | 'random' | 'failpoint'> {
  emails: Pick<Emails, 'send' | 'page'>;
  digestText: Identity['digestText'];
}

/** The call of a change that the relay makes. */
export function relayCall(now: Date) {
  return { actor: { kind: 'system', job: 'outbox' }, requestId: 'outbox', now } as const;
}
