import { type Environment, type FailpointSetting, type KeySetting, forms, readSettings } from './read.ts';

/** What the API process is configured with. */
export interface ApiConfig {
  mode: 'demo' | 'production';
  databaseUrl: string;
  listenDatabaseUrl: string;
  databaseConnectionsMax: number;
  redisUrl: string | undefined;
  host: string;
  port: number;
  /** Without a slash at its end. */
  publicUrl: string;
  /** The origins besides that of `publicUrl` whose pages may call the API. */
  allowedOrigins: string[];
  accessTokenSecret: string;
  apiKeyPepper: string;
  /** The keys that encrypt the secrets of authenticator apps. The first encrypts, and each of them decrypts. */
  secondFactorKeys: KeySetting[];
  ai: { baseUrl: string; apiKey: string | undefined; model: string; deadlineSeconds: number } | undefined;
  mail: { smtpUrl: string | undefined; folder: string | undefined; from: string };
  /** The base URL of the links in emails, without a slash at its end. */
  portalUrl: string;
  filesFolder: string;
  throttle: 'on' | 'off';
  throttleStore: 'process' | 'postgres';
  trustedProxies: string[];
  /** Whether webhooks may go to this machine; production refuses that. */
  webhooksAllowLoopback: boolean;
  logLevel: string;
  /** How many days before the end of what was paid the next period is invoiced. */
  renewalInvoiceDays: number;
  /** Whether bank transfers are offered. */
  bankTransfer: 'on' | 'off';
  /** The failpoint of a fault test; production refuses it. */
  failpoint: FailpointSetting | undefined;
}

/** Reads the API's configuration. Throws a ConfigFault that names every fault at once. */
export function readApiConfig(env: Environment): ApiConfig {
  const read = readSettings(
    env,
    {
      MODE: forms.mode.default('production'),
      DATABASE_URL: forms.database,
      LISTEN_DATABASE_URL: forms.database.optional(),
      DATABASE_POOL_MAX: forms.count.default(10),
      REDIS_URL: forms.redis.optional(),
      API_HOST: forms.text.default('127.0.0.1'),
      API_PORT: forms.port.default(4000),
      PUBLIC_URL: forms.web.optional(),
      ALLOWED_ORIGINS: forms.origins.default([]),
      ACCESS_TOKEN_SECRET: forms.secret,
      API_KEY_PEPPER: forms.secret,
      SECOND_FACTOR_KEYS: forms.keys,
      AI_BASE_URL: forms.web.optional(),
      AI_API_KEY: forms.text.optional(),
      AI_MODEL: forms.text.default('default'),
      AI_DEADLINE_SECONDS: forms.deadline.default(120),
      PORTAL_URL: forms.web.optional(),
      SMTP_URL: forms.smtp.optional(),
      MAIL_FOLDER: forms.text.optional(),
      MAIL_FROM: forms.text.default('Tenantry <no-reply@localhost>'),
      FILES_FOLDER: forms.text,
      THROTTLE: forms.throttle.default('on'),
      THROTTLE_STORE: forms.throttleStore.default('process'),
      TRUSTED_PROXIES: forms.list.default([]),
      WEBHOOK_LOOPBACK: forms.loopback.default('refuse'),
      LOG_LEVEL: forms.logLevel.default('info'),
      RENEWAL_INVOICE_DAYS: forms.renewalInvoiceDays.default(7),
      BANK_TRANSFER: forms.bankTransfer.default('on'),
      FAILPOINT: forms.failpoint.optional(),
    },
    { THROTTLE: 'off', WEBHOOK_LOOPBACK: 'allow', FAILPOINT: true },
  );
  const ai = { apiKey: read.AI_API_KEY, model: read.AI_MODEL, deadlineSeconds: read.AI_DEADLINE_SECONDS };
  return {
    mode: read.MODE,
    databaseUrl: read.DATABASE_URL,
    listenDatabaseUrl: read.LISTEN_DATABASE_URL ?? read.DATABASE_URL,
    databaseConnectionsMax: read.DATABASE_POOL_MAX,
    redisUrl: read.REDIS_URL,
    host: read.API_HOST,
    port: read.API_PORT,
    publicUrl: read.PUBLIC_URL ?? `http://${read.API_HOST}:${read.API_PORT}`,
    allowedOrigins: read.ALLOWED_ORIGINS,
    accessTokenSecret: read.ACCESS_TOKEN_SECRET,
    apiKeyPepper: read.API_KEY_PEPPER,
    secondFactorKeys: read.SECOND_FACTOR_KEYS,
    ai: read.AI_BASE_URL === undefined ? undefined : { baseUrl: read.AI_BASE_URL, ...ai },
    mail: { smtpUrl: read.SMTP_URL, folder: read.MAIL_FOLDER, from: read.MAIL_FROM },
    portalUrl: read.PORTAL_URL ?? read.PUBLIC_URL ?? `http://${read.API_HOST}:${read.API_PORT}`,
    filesFolder: read.FILES_FOLDER,
    throttle: read.THROTTLE,
    throttleStore: read.THROTTLE_STORE,
    trustedProxies: read.TRUSTED_PROXIES,
    webhooksAllowLoopback: read.WEBHOOK_LOOPBACK === 'allow',
    logLevel: read.LOG_LEVEL,
    renewalInvoiceDays: read.RENEWAL_INVOICE_DAYS,
    bankTransfer: read.BANK_TRANSFER,
    failpoint: read.FAILPOINT,
  };
}
