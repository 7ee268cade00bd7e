import { openProvider } from '@tenantry/ai/openai-compatible';
import { estimateTokens } from '@tenantry/ai/estimate-tokens';
import type { ApiConfig } from '@tenantry/config/api';
import { openFailpoint } from '@tenantry/db/failpoint';
import { openLedger } from '@tenantry/ledger/group-commit';
import { openListener } from '@tenantry/db/listen';
import { openOrm } from '@tenantry/db/orm';
import { openPool } from '@tenantry/db/pool';
import { openDatabase } from '@tenantry/db/transaction';
import type { Clock } from '@tenantry/domain/time';
import { openProofStore } from '@tenantry/files/proof-store';
import { openAccessCache } from '@tenantry/gate/access-cache';
import { openKeyUses } from '@tenantry/gate/key-uses';
import { openRedis } from '@tenantry/gate/redis';
import { makeThrottle, openThrottle } from '@tenantry/gate/throttle';
import { openMailer } from '@tenantry/mail/mailer';
import { openIdentity } from '@tenantry/identity/port';
import type { Provider } from '@tenantry/services/ports';
import type { FastifyBaseLogger } from 'fastify';
import { openFlows } from './flows.ts';
import type { App } from './app.ts';
import { openBackground } from './background.ts';

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
  const mailer = openMailer(config.mail);
  const flows = openFlows();
  const background = openBackground(log);
  const tokens = { secret: config.accessTokenSecret, issuer: config.publicUrl, audience: 'tenantry-api' };
  const secure = config.publicUrl.startsWith('https:');
  const app: App = {
    database,
    ledger,
    clock,
    log,
    authentication: {
      accessCache: openAccessCache(database, listener),
      apiKeyPepper: config.apiKeyPepper,
      noteUse: keyUses.note,
      tokens,
      origin: new URL(config.publicUrl).origin,
    },
    keyUses,
    throttle: config.throttle === 'off' ? openThrottle : makeThrottle(store),
    identity: openIdentity({
      tokens,
      apiKeyPepper: config.apiKeyPepper,
    }),
    provider: providerOf(config),
    proofs: await openProofStore({ folder: config.filesFolder }),
    emails: {
      send: mailer.send,
      link: (page, token) => `${config.portalUrl}/${page}#token=${token}`,
    },
    flows,
    failpoint,
    background,
    cookie: {
      name: secure ? '__Host-tenantry' : 'tenantry',
      secure,
    },
  };
  const close = async () => {
    flows.end();
    await flows.settle();
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

/** Without a provider every run is refused as unavailable, and gives its hold back. */
function providerOf({ ai }: ApiConfig): Provider {
  if (ai === undefined) {
    const complete = () => Promise.reject(new Error('no AI provider is configured'));
    const stream = async function* (): AsyncGenerator<string, never, void> {
      yield* [];
      return complete();
    };
    return { complete, stream, estimateTokens, deadlineSeconds: 1 };
  }
  const { apiKey, ...settings } = ai;
  const { complete, stream } = openProvider({ ...settings, ...(apiKey === undefined ? {} : { apiKey }) });
  return { complete, stream, estimateTokens, deadlineSeconds: ai.deadlineSeconds };
}
