import { type Environment, type KeySetting, forms, readSettings } from './read.ts';

/** What the admin process is configured with. */
export interface AdminConfig {
  mode: 'demo' | 'production';
  databaseUrl: string;
  databaseConnectionsMax: number;
  redisUrl: string | undefined;
  host: string;
  port: number;
  /** Without a slash at its end. */
  publicUrl: string;
  filesFolder: string;
  /** The folder of the console as it was built; undefined for the one that `npm run build:console` makes. */
  consoleFolder: string | undefined;
  /** The pepper of the digests of service keys: the one of the API. */
  apiKeyPepper: string;
  /** The keys that encrypt secrets, as those of authenticator apps of staff. The first encrypts, and each of them decrypts. */
  secondFactorKeys: KeySetting[];
  throttle: 'on' | 'off';
  throttleStore: 'process' | 'postgres';
  trustedProxies: string[];
  /** Whether an import of bank statements confirms the lines that are certain. */
  statementAutoConfirm: 'off' | 'exact';
  /** Whether webhooks may go to this machine; production refuses that. */
  webhooksAllowLoopback: boolean;
  logLevel: string;
  /** Above which amounts, by currency, two members of staff confirm money; empty where one always does. */
  secondApproverAmounts: Readonly<Record<string, number>>;
  /** Above how many credits two members of staff decide a correction; undefined where one always does. */
  secondApproverCredits: number | undefined;
  /** Whether bank transfers are offered, as the API is told. */
  bankTransfer: 'on' | 'off';
}

/** Reads the admin app's configuration. Throws a ConfigFault that names every fault at once. */
export function readAdminConfig(env: Environment): AdminConfig {
  const read = readSettings(
    env,
    {
      MODE: forms.mode.default('production'),
      ADMIN_DATABASE_URL: forms.database,
      DATABASE_POOL_MAX: forms.count.default(10),
      REDIS_URL: forms.redis.optional(),
      ADMIN_HOST: forms.text.default('127.0.0.1'),
      ADMIN_PORT: forms.port.default(4001),
      ADMIN_PUBLIC_URL: forms.web.optional(),
      FILES_FOLDER: forms.text,
      CONSOLE_FOLDER: forms.text.optional(),
      API_KEY_PEPPER: forms.secret,
      SECOND_FACTOR_KEYS: forms.keys,
      THROTTLE: forms.throttle.default('on'),
      THROTTLE_STORE: forms.throttleStore.default('process'),
      WEBHOOK_LOOPBACK: forms.loopback.default('refuse'),
      STATEMENT_AUTO_CONFIRM: forms.autoConfirm.default('off'),
      TRUSTED_PROXIES: forms.list.default([]),
      LOG_LEVEL: forms.logLevel.default('info'),
      CONFIRM_SECOND_APPROVER_AMOUNT: forms.amounts.default({}),
      CREDIT_SECOND_APPROVER_CREDITS: forms.credits.optional(),
      BANK_TRANSFER: forms.bankTransfer.default('on'),
    },
    { THROTTLE: 'off', WEBHOOK_LOOPBACK: 'allow' },
  );
  return {
    mode: read.MODE,
    databaseUrl: read.ADMIN_DATABASE_URL,
    databaseConnectionsMax: read.DATABASE_POOL_MAX,
    redisUrl: read.REDIS_URL,
    host: read.ADMIN_HOST,
    port: read.ADMIN_PORT,
    publicUrl: read.ADMIN_PUBLIC_URL ?? `http://${read.ADMIN_HOST}:${read.ADMIN_PORT}`,
    filesFolder: read.FILES_FOLDER,
    consoleFolder: read.CONSOLE_FOLDER,
    apiKeyPepper: read.API_KEY_PEPPER,
    secondFactorKeys: read.SECOND_FACTOR_KEYS,
    throttle: read.THROTTLE,
    throttleStore: read.THROTTLE_STORE,
    trustedProxies: read.TRUSTED_PROXIES,
    webhooksAllowLoopback: read.WEBHOOK_LOOPBACK === 'allow',
    statementAutoConfirm: read.STATEMENT_AUTO_CONFIRM,
    logLevel: read.LOG_LEVEL,
    secondApproverAmounts: read.CONFIRM_SECOND_APPROVER_AMOUNT,
    secondApproverCredits: read.CREDIT_SECOND_APPROVER_CREDITS,
    bankTransfer: read.BANK_TRANSFER,
  };
}
