import { apiKeyPepper } from './accounts.ts';

/** The configuration of a server that a bench asks: as in production, on a free port, with nothing that calls abroad. */
export function serverConfig(databaseUrl: string, filesFolder: string) {
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
    filesFolder,
    throttle: 'on' as const,
    throttleStore: 'process' as const,
    accessTokenSecret: 'a'.repeat(32),
    apiKeyPepper,
    trustedProxies: [],
    failpoint: undefined,
    logLevel: 'error',
    ai: undefined,
  };
}
