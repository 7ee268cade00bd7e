import { staffCookieName } from '@tenantry/contract/headers';
import { parseCatalogue } from '@tenantry/catalogue/parse';
import { writeCatalogue } from '@tenantry/catalogue/write';
import type { AdminConfig } from '@tenantry/config/admin';
import { openOrm } from '@tenantry/db/orm';
import { openPool } from '@tenantry/db/pool';
import { openDatabase } from '@tenantry/db/transaction';
import type { Clock } from '@tenantry/domain/time';
import { openProofStore } from '@tenantry/files/proof-store';
import { openInvoicePrinter } from '@tenantry/invoice-pdf/printer';
import { makeThrottle, openThrottle } from '@tenantry/gate/throttle';
import { openRedis } from '@tenantry/gate/redis';
import { openServiceKeyIdentity, openStaffIdentity } from '@tenantry/identity/port';
import { parseStatementFile } from '@tenantry/statements/parse';
import { openWebhookTargets } from '@tenantry/webhooks/port';
import type { FastifyBaseLogger } from 'fastify';
import type { App } from './app.ts';

/** Opens everything the admin process needs from its configuration; `close` gives it back in reverse. */
export async function compose(
  config: AdminConfig,
  log: FastifyBaseLogger,
  clock: Clock,
): Promise<{ app: App; close(): Promise<void> }> {
  const database = openDatabase(await openOrm(config.databaseUrl, config.databaseConnectionsMax));
  const redis = config.redisUrl === undefined ? undefined : openRedis(config.redisUrl, log);
  const isShared = redis === undefined && config.throttleStore === 'postgres';
  const pool = isShared
    ? openPool(config.databaseUrl, (fault) =>
        log.warn({ reason: fault.message }, 'the throttle lost its connection'),
      )
    : undefined;
  const store = redis === undefined ? pool && { pool } : { redis };
  const invoices = openInvoicePrinter();
  const requiresSecondFactor = config.mode === 'production';
  const secure = config.publicUrl.startsWith('https:');
  const app: App = {
    database,
    clock,
    log,
    authentication: { origins: originsOf(config.publicUrl), requiresSecondFactor },
    fingerprintKey: config.apiKeyPepper,
    cookie: { name: staffCookieName({ secure }), secure, sameSite: 'strict' },
    throttle: config.throttle === 'off' ? openThrottle : makeThrottle(store),
    ports: {
      identity: { ...openStaffIdentity(config), ...openServiceKeyIdentity(config.apiKeyPepper) },
      proofs: await openProofStore({ folder: config.filesFolder }),
      statements: {
        confirmsExact: config.statementAutoConfirm === 'exact',
        read: parseStatementFile,
      },
      invoices,
      catalogueFiles: { read: parseCatalogue, write: (catalogue) => writeCatalogue(catalogue) },
      webhookTargets: openWebhookTargets(config.webhooksAllowLoopback),
      adminSettings: { mode: config.mode, requiresSecondFactor },
      approvals: {
        secondApproverAmounts: config.secondApproverAmounts,
        secondApproverCredits: config.secondApproverCredits,
      },
      paymentMethods: { bankTransfer: config.bankTransfer === 'on' },
    },
  };
  return {
    app,
    close: async () => {
      await invoices.close();
      await database.close();
      redis?.disconnect();
      await pool?.end();
    },
  };
}

/** The origins of the console. A loopback address is one machine under each of its names. */
function originsOf(publicUrl: string): ReadonlySet<string> {
  const { protocol, hostname, port, origin } = new URL(publicUrl);
  const names = loopbackNames.includes(hostname) ? loopbackNames : [];
  return new Set([origin, ...names.map((name) => new URL(`${protocol}//${name}:${port}`).origin)]);
}

const loopbackNames = ['127.0.0.1', 'localhost', '[::1]'];
