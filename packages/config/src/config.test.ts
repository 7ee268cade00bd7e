import { describe, expect, it } from 'vitest';
import { readAdminConfig } from './admin.ts';
import { readApiConfig } from './api.ts';
import {
  readDoctorConfig,
  readMigrateConfig,
  readSeedConfig,
  readHistoryConfig,
  readSystemAccountConfig,
  readWebhookEndpointConfig,
  readVerifyLedgerConfig,
} from './cli.ts';
import { describeStartFault } from './process.ts';
import { ConfigFault, type Environment } from './read.ts';
import { type Reader, settings } from './settings.ts';
import { readWorkerConfig } from './worker.ts';

const secret = 'q8V3nKxw2ZrT7yBd5LmP0sHc9JfG4aEu';
const api = {
  DATABASE_URL: 'postgresql://tenantry_api:pw@db/tenantry',
  ACCESS_TOKEN_SECRET: secret,
  API_KEY_PEPPER: secret,
  SECOND_FACTOR_KEYS: `a:${secret}2`,
  FILES_FOLDER: '/var/lib/tenantry/files',
};

function faultsOf(env: Environment): readonly string[] {
  try {
    readApiConfig(env);
  } catch (fault) {
    if (fault instanceof ConfigFault) return fault.faults;
    throw fault;
  }
  return [];
}

describe('the configuration', () => {
  it('needs five settings, and defaults the rest to production on the loopback', () => {
    expect(readApiConfig(api)).toMatchObject({
      mode: 'production',
      host: '127.0.0.1',
      port: 4000,
      publicUrl: 'http://127.0.0.1:4000',
      throttle: 'on',
      ai: undefined,
      listenDatabaseUrl: api.DATABASE_URL,
    });
  });

  it('takes exact origins of pages, and no wildcard', () => {
    const origins = 'https://app.example.com, http://127.0.0.1:8080';
    expect(readApiConfig({ ...api, ALLOWED_ORIGINS: origins }).allowedOrigins).toEqual(origins.split(', '));
    for (const wrong of [
      '*',
      'null',
      'https://*.example.com',
      'https://a.test/',
      'https://A.test',
      'a.test',
      'ftp://a.test',
    ])
      expect([wrong, faultsOf({ ...api, ALLOWED_ORIGINS: wrong })]).toEqual([
        wrong,
        [expect.stringContaining('ALLOWED_ORIGINS must be origins')],
      ]);
  });

  it('names every fault at once, and no value', () => {
    const faults = faultsOf({
      API_PORT: '99999',
      DATABASE_URL: 'mysql://x',
      API_KEY_PEPPER: 'hunter2',
      LOG_LEVEL: 'loud',
    });
    expect(faults).toEqual([
      'DATABASE_URL must be a postgresql:// URL',
      'API_PORT is too large',
      'ACCESS_TOKEN_SECRET is not set',
      'API_KEY_PEPPER must have at least 32 bytes',
      'SECOND_FACTOR_KEYS is not set',
      'FILES_FOLDER is not set',
      'LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent',
    ]);
    expect(describeStartFault(new ConfigFault(faults))).not.toContain('hunter2');
  });

  it.each([
    ['a shown secret', { API_KEY_PEPPER: `change-me-${secret}` }],
    ['another shown secret', { ACCESS_TOKEN_SECRET: `demo-${secret}` }],
    ['a shown key', { SECOND_FACTOR_KEYS: `a:${secret}2,b:example-${secret}` }],
    ['an open throttle', { THROTTLE: 'off' }],
    ['a failpoint', { FAILPOINT: 'hold_committed:3:kill' }],
  ])('refuses %s in production and takes it in a demo', (_what, change) => {
    expect(faultsOf({ ...api, ...change })).toHaveLength(1);
    expect(faultsOf({ ...api, ...change, MODE: 'production' })).toHaveLength(1);
    expect(faultsOf({ ...api, ...change, MODE: 'demo' })).toEqual([]);
  });

  it('of the admin app needs the secret of the digests of service keys, and none that documents show', () => {
    const { DATABASE_URL: ADMIN_DATABASE_URL, FILES_FOLDER, SECOND_FACTOR_KEYS } = api;
    const admin = { ADMIN_DATABASE_URL, FILES_FOLDER, SECOND_FACTOR_KEYS };
    const read = (API_KEY_PEPPER: string | undefined) => () => readAdminConfig({ ...admin, API_KEY_PEPPER });
    expect(read(secret)().apiKeyPepper).toBe(secret);
    expect(read(undefined)).toThrow('API_KEY_PEPPER is not set');
    expect(read('hunter2')).toThrow('API_KEY_PEPPER must have at least 32 bytes');
    expect(read(`demo-${secret}`)).toThrow('API_KEY_PEPPER is a secret that documents show');
  });

  it('reads keys in their order, with the text after the first colon as the secret', () => {
    const keys = `b-2:${secret}:=, a_1:${secret}3`;
    expect(readApiConfig({ ...api, SECOND_FACTOR_KEYS: keys }).secondFactorKeys).toEqual([
      { id: 'b-2', secret: `${secret}:=` },
      { id: 'a_1', secret: `${secret}3` },
    ]);
  });

  it.each([
    [secret, 'must be id:secret'],
    [`a:${secret.slice(1)}`, 'must be id:secret'],
    [`:${secret}2`, 'must be id:secret'],
    [`a.b:${secret}2`, 'must be id:secret'],
    [`a:${secret}2,b:short`, 'must be id:secret'],
    [',', 'must be id:secret'],
    [`a:${secret}2,a:${secret}3`, 'names a key twice'],
    [`a:${secret}2,b:${secret}`, 'must differ from API_KEY_PEPPER'],
  ])('refuses %s for keys, in every mode', (keys, message) => {
    for (const MODE of ['demo', 'production']) {
      const env = { ...api, ACCESS_TOKEN_SECRET: `${secret}1`, SECOND_FACTOR_KEYS: keys, MODE };
      expect(faultsOf(env)).toEqual([expect.stringContaining(`SECOND_FACTOR_KEYS ${message}`)]);
      expect(faultsOf(env).join()).not.toContain(secret);
    }
  });

  it('takes an empty variable for one that is not set', () => {
    expect(readApiConfig({ ...api, REDIS_URL: '', AI_BASE_URL: '' })).toMatchObject({ redisUrl: undefined });
    expect(faultsOf({ ...api, FILES_FOLDER: '' })).toEqual(['FILES_FOLDER is not set']);
  });

  it('knows each setting by its table, and none besides', () => {
    const readers: [Reader, ((env: Environment) => unknown)[]][] = [
      ['api', [readApiConfig]],
      ['admin', [readAdminConfig]],
      ['worker', [readWorkerConfig]],
      [
        'cli',
        [
          readMigrateConfig,
          readSeedConfig,
          readHistoryConfig,
          readDoctorConfig,
          readVerifyLedgerConfig,
          readSystemAccountConfig,
          readWebhookEndpointConfig,
        ],
      ],
    ];
    for (const [reader, reads] of readers) {
      const asked = new Set<string>();
      const env = new Proxy<Record<string, string | undefined>>(
        {},
        {
          get: (_target, name) => {
            asked.add(String(name));
            return undefined;
          },
        },
      );
      for (const read of reads) expect(() => read(env)).toThrow(ConfigFault);
      const documented = settings
        .filter((setting) => setting.readers.includes(reader))
        .map(({ name }) => name);
      expect([...asked].filter((name) => !name.startsWith('DEMO_')).toSorted()).toEqual(
        documented.toSorted(),
      );
    }
  });
});
