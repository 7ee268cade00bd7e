import { type Environment, type FailpointSetting, forms, readSettings } from './read.ts';

/** What the worker process is configured with. */
export interface WorkerConfig {
  mode: 'demo' | 'production';
  databaseUrl: string;
  databaseConnectionsMax: number;
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
      LOG_LEVEL: forms.logLevel.default('info'),
      RENEWAL_INVOICE_DAYS: forms.renewalInvoiceDays.default(7),
      FAILPOINT: forms.failpoint.optional(),
    },
    { FAILPOINT: true },
  );
  return {
    mode: read.MODE,
    databaseUrl: read.WORKER_DATABASE_URL,
    databaseConnectionsMax: read.DATABASE_POOL_MAX,
    logLevel: read.LOG_LEVEL,
    renewalInvoiceDays: read.RENEWAL_INVOICE_DAYS,
    failpoint: read.FAILPOINT,
  };
}
