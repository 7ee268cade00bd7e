import { join } from 'node:path';
import { apiKeyPepper } from './accounts.ts';

/**
 * The configuration of a server that a bench asks: as in production, on a free port, with nothing that calls abroad.
 * Its files go below the folder.
 */
export function serverConfig(databaseUrl: string, folder: string) {
  return {
    mode: 'demo' as const,
    databaseUrl,
    listenDatabaseUrl: databaseUrl,
    databaseConnectionsMax: 10,
    redisUrl: undefined,
    host: '127.0.0.1',
    port: 0,
    publicUrl: 'http://127.0.0.1',
    mail: { smtpUrl: undefined, folder: undefined, from: 'Bench' },
    portalUrl: 'http://127.0.0.1',
    // Of its own: files are closed to others, and PostgreSQL must pass.
    filesFolder: join(folder, 'files'),
    throttle: 'on' as const,
    throttleStore: 'process' as const,
    accessTokenSecret: 'a'.repeat(32),
    apiKeyPepper,
    secondFactorKeys: [{ id: 'bench', secret: 's'.repeat(32) }],
    trustedProxies: [],
    failpoint: undefined,
    logLevel: 'error',
    ai: undefined,
  };
}
