import { sessionCookieName } from '@tenantry/contract/headers';
import { estimateTokens } from '@tenantry/ai/estimate-tokens';
import { absentProvider, withFailureLog } from '@tenantry/ai/failure-log';
import { openProvider } from '@tenantry/ai/openai-compatible';
import type { ApiConfig } from '@tenantry/config/api';
import { openFailpoint } from '@tenantry/db/failpoint';
import { openLedger } from '@tenantry/ledger/group-commit';
import { openListener } from '@tenantry/db/listen';
import { openOrm } from '@tenantry/db/orm';
import { openPool } from '@tenantry/db/pool';
import { openDatabase } from '@tenantry/db/transaction';
import type { Clock } from '@tenantry/domain/time';
import { openProofStore } from '@tenantry/files/proof-store';
import { openInvoicePrinter } from '@tenantry/invoice-pdf/printer';
import { openAccessCache } from '@tenantry/gate/access-cache';
import { openKeyUses } from '@tenantry/gate/key-uses';
import { openRedis } from '@tenantry/gate/redis';
import { makeThrottle, openThrottle } from '@tenantry/gate/throttle';
import { openBackground } from '@tenantry/gate/work/background';
import { trackOpenCalls } from '@tenantry/gate/work/open-calls';
import { openLinks } from '@tenantry/mail/links';
import { openMailer } from '@tenantry/mail/mailer';
import { openIdentity } from '@tenantry/identity/port';
import type { Provider } from '@tenantry/services/ports';
import { openWebhookTargets } from '@tenantry/webhooks/port';
import type { FastifyBaseLogger } from 'fastify';
import type { App } from './app.ts';

/** Opens everything a process needs from its configuration; `close` gives it back in reverse. */
export async function compose(
  config: ApiConfig,
  log: FastifyBaseLogger,
  clock: Clock,
): Promise<{ app: App; close(): Promise<void> }> {
  // Half of the connections serve the ledger of credits, half everything else.
  const connectionsMax = Math.ceil(config.databaseConnectionsMax / 2);
  const failpoint = openFailpoint(config.failpoint);
  const database = openDatabase(await openOrm(config.databaseUrl, connectionsMax), failpoint);
  const ledger = openLedger(config.databaseUrl, {
    connectionsMax,
    clock,
    onFault: (fault) => log.warn({ reason: fault.message }, 'the ledger lost a connection'),
    failpoint,
  });
  const listener = openListener(config.listenDatabaseUrl, log);
  const redis = config.redisUrl === undefined ? undefined : openRedis(config.redisUrl, log);
  const isShared = redis === undefined && config.throttleStore === 'postgres';
  const pool = isShared
    ? openPool(config.databaseUrl, (fault) =>
        log.warn({ reason: fault.message }, 'the throttle lost its connection'),
      )
    : undefined;
  const store = redis === undefined ? pool && { pool } : { redis };
  const keyUses = openKeyUses(database, (fault) =>
    log.warn({ err: fault }, 'a key use was not written down'),
  );
  const accessCache = openAccessCache(database, listener);
  const mailer = openMailer(config.mail);
  const openCalls = trackOpenCalls();
  const background = openBackground(log);
  const tokens = { secret: config.accessTokenSecret, issuer: config.publicUrl, audience: 'tenantry-api' };
  const secure = config.publicUrl.startsWith('https:');
  const invoices = openInvoicePrinter();
  const app: App = {
    database,
    ledger,
    clock,
    log,
    authentication: {
      accessCache,
      apiKeyPepper: config.apiKeyPepper,
      noteUse: keyUses.note,
      tokens,
      origins: new Set([new URL(config.publicUrl).origin, ...config.allowedOrigins]),
    },
    keyUses,
    throttle: config.throttle === 'off' ? openThrottle : makeThrottle(store),
    openCalls,
    fingerprintKey: config.apiKeyPepper,
    background,
    cookie: { name: sessionCookieName({ secure }), secure, sameSite: 'lax' },
    ports: {
      identity: openIdentity({
        tokens,
        apiKeyPepper: config.apiKeyPepper,
        secondFactorKeys: config.secondFactorKeys,
      }),
      provider: providerOf(config, log),
      proofs: await openProofStore({ folder: config.filesFolder }),
      invoices,
      emails: {
        send: mailer.send,
        ...openLinks(config.portalUrl),
      },
      background,
      webhookTargets: openWebhookTargets(config.webhooksAllowLoopback),
      sessionCache: accessCache,
      paymentMethods: { bankTransfer: config.bankTransfer === 'on' },
      billing: { renewalInvoiceDays: config.renewalInvoiceDays },
      failpoint,
    },
  };
  const close = async () => {
    openCalls.end();
    await openCalls.settle();
    await background.settle();
    mailer.close();
    await listener.close();
    await keyUses.close();
    await ledger.close();
    await database.close();
    redis?.disconnect();
    await pool?.end();
  };
  return { app, close };
}

/** The provider that is configured, with its failures logged. Without one every run fails, and gives its hold back. */
function providerOf({ ai }: ApiConfig, log: FastifyBaseLogger): Provider {
  const deadlineSeconds = ai?.deadlineSeconds ?? 1;
  return { ...withFailureLog(openConfigured(ai), log), estimateTokens, deadlineSeconds };
}

function openConfigured(ai: ApiConfig['ai']) {
  if (ai === undefined) return absentProvider;
  const { apiKey, ...settings } = ai;
  return openProvider({ ...settings, ...(apiKey === undefined ? {} : { apiKey }) });
}
