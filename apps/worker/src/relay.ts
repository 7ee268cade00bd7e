import type { WorkerConfig } from '@tenantry/config/worker';
import type { Failpoint } from '@tenantry/db/failpoint';
import type { Database } from '@tenantry/db/transaction';
import type { Clock } from '@tenantry/domain/time';
import { digestText } from '@tenantry/identity/opaque-token';
import { openVault } from '@tenantry/identity/vault';
import { openLinks } from '@tenantry/mail/links';
import { openMailer } from '@tenantry/mail/mailer';
import { startRelay } from '@tenantry/services/outbox/relay';
import { openWebhooks } from '@tenantry/webhooks/port';

/** What the relay of a worker runs with. */
export interface RelaySettings {
  config: Pick<WorkerConfig, 'secondFactorKeys' | 'webhooksAllowLoopback' | 'mail' | 'portalUrl'>;
  database: Database;
  clock: Clock;
  failpoint: Failpoint;
  onFault: (fault: unknown) => void;
}

/** Starts the relay of the outbox. Answers a function that stops it, after the attempts that are being made. */
export function openRelay({ config, onFault, ...rest }: RelaySettings): () => Promise<void> {
  const webhooks = openWebhooks({ allowsLoopback: config.webhooksAllowLoopback });
  const mailer = openMailer(config.mail);
  const { unseal } = openVault(config.secondFactorKeys);
  const emails = { send: mailer.send, page: openLinks(config.portalUrl).page };
  const context = { ...rest, random: Math.random, webhooks, unseal, emails, digestText };
  const relay = startRelay(context, onFault);
  return async () => {
    await relay.stop();
    webhooks.close();
    mailer.close();
  };
}
