import { type Environment, type FailpointSetting, type KeySetting, forms, readSettings } from './read.ts';

/** What the worker process is configured with. */
export interface WorkerConfig {
  mode: 'demo' | 'production';
  databaseUrl: string;
  databaseConnectionsMax: number;
  /** The keys that seal the secrets of webhook endpoints. */
  secondFactorKeys: KeySetting[];
  /** Whether webhooks may go to this machine; production refuses that. */
  webhooksAllowLoopback: boolean;
  mail: { smtpUrl: string | undefined; folder: string | undefined; from: string };
  /** The base URL of the links in emails, without a slash at its end. */
  portalUrl: string;
  logLevel: string;
  /** How many days before the end of what was paid the next period is invoiced. */
  renewalInvoiceDays: number;
  /** The failpoint of a fault test; production refuses it. */
  failpoint: FailpointSetting | undefined;
}

/** Reads the worker's configuration. Throws a ConfigFault that names every fault at once. */
export function readWorkerConfig(env: Environment): WorkerConfig {
  const read = readSettings(
    env,
    {
      MODE: forms.mode.default('production'),
      WORKER_DATABASE_URL: forms.database,
      DATABASE_POOL_MAX: forms.count.default(10),
      SECOND_FACTOR_KEYS: forms.keys,
      WEBHOOK_LOOPBACK: forms.loopback.default('refuse'),
      API_HOST: forms.text.default('127.0.0.1'),
      API_PORT: forms.port.default(4000),
      PUBLIC_URL: forms.web.optional(),
      PORTAL_URL: forms.web.optional(),
      SMTP_URL: forms.smtp.optional(),
      MAIL_FOLDER: forms.text.optional(),
      MAIL_FROM: forms.text.default('Tenantry <no-reply@localhost>'),
      LOG_LEVEL: forms.logLevel.default('info'),
      RENEWAL_INVOICE_DAYS: forms.renewalInvoiceDays.default(7),
      FAILPOINT: forms.failpoint.optional(),
    },
    { WEBHOOK_LOOPBACK: 'allow', FAILPOINT: true },
  );
  return {
    mode: read.MODE,
    databaseUrl: read.WORKER_DATABASE_URL,
    databaseConnectionsMax: read.DATABASE_POOL_MAX,
    secondFactorKeys: read.SECOND_FACTOR_KEYS,
    webhooksAllowLoopback: read.WEBHOOK_LOOPBACK === 'allow',
    mail: { smtpUrl: read.SMTP_URL, folder: read.MAIL_FOLDER, from: read.MAIL_FROM },
    portalUrl: read.PORTAL_URL ?? read.PUBLIC_URL ?? `http://${read.API_HOST}:${read.API_PORT}`,
    logLevel: read.LOG_LEVEL,
    renewalInvoiceDays: read.RENEWAL_INVOICE_DAYS,
    failpoint: read.FAILPOINT,
  };
}
