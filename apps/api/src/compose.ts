import { openProvider } from '@tenantry/ai/openai-compatible';
import { estimateTokens } from '@tenantry/ai/estimate-tokens';
import type { ApiConfig } from '@tenantry/config/api';
import { openFailpoint } from '@tenantry/db/failpoint';
import { openLanes } from '@tenantry/db/lane/lanes';
import { openListener } from '@tenantry/db/listen';
import { openOrm } from '@tenantry/db/orm';
import { openPool } from '@tenantry/db/pool';
import { openDatabase } from '@tenantry/db/transact';
import type { Clock } from '@tenantry/domain/time';
import { openProofStore } from '@tenantry/files/proof-store';
import { openFacts } from '@tenantry/gate/facts';
import { openKeyUses } from '@tenantry/gate/key-uses';
import { openRedis } from '@tenantry/gate/redis';
import { makeThrottle, openThrottle } from '@tenantry/gate/throttle';
import { openMailer } from '@tenantry/mail/mailer';
import { openIdentity } from '@tenantry/identity/port';
import type { Provider } from '@tenantry/services/ports';
import type { FastifyBaseLogger } from 'fastify';
import { openFlows } from './flows.ts';
import type { House } from './house.ts';
import { openLater } from './later.ts';

/** Opens everything a process needs from its configuration; `close` gives it back in reverse. */
export async function compose(
  config: ApiConfig,
  log: FastifyBaseLogger,
  clock: Clock,
): Promise<{ house: House; close(): Promise<void> }> {
  // Half of the connections serve the lanes of credits, half everything else.
  const connectionsMax = Math.ceil(config.databaseConnectionsMax / 2);
  const failpoint = openFailpoint(config.failpoint);
  const database = openDatabase(await openOrm(config.databaseUrl, connectionsMax), failpoint);
  const lanes = openLanes(config.databaseUrl, {
    connectionsMax,
    clock,
    onFault: (fault) => log.warn({ reason: fault.message }, 'a lane lost its connection'),
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
  const later = openLater(log);
  const tokens = { secret: config.accessTokenSecret, issuer: config.publicUrl, audience: 'tenantry-api' };
  const secure = config.publicUrl.startsWith('https:');
  const house: House = {
    database,
    lanes,
    clock,
    log,
    authentication: {
      facts: openFacts(database, listener),
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
    letters: {
      send: mailer.send,
      link: (page, token) => `${config.portalUrl}/${page}#token=${token}`,
    },
    flows,
    failpoint,
    later,
    cookie: {
      name: secure ? '__Host-tenantry' : 'tenantry',
      secure,
    },
  };
  const close = async () => {
    flows.end();
    await flows.settle();
    await later.settle();
    mailer.close();
    await listener.close();
    await keyUses.close();
    await lanes.close();
    await database.close();
    redis?.disconnect();
    await pool?.end();
  };
  return { house, close };
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
