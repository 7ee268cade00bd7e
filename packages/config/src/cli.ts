import {
  type Environment,
  type FailpointSetting,
  type KeySetting,
  ConfigFault,
  forms,
  readSettings,
} from './read.ts';

const ownerReasons = {
  migrate: 'migrate changes the schema, which its owner alone may',
  seed: 'seed writes staff, which the owner of the schema alone may',
  'seed-history':
    'seed-history acts for accounts, staff and the worker, which the owner of the schema alone may',
  catalogue: 'the catalogue is read and written by the owner of the schema alone',
  'system-account': 'system-account writes a flag that the owner of the schema alone may',
  staff: 'staff are written by the owner of the schema alone',
  statement: 'lines of bank statements are written by the owner of the schema, or by staff at the admin app',
  'import-igny8': 'accounts of another product are written by the owner of the schema alone',
  'webhook-endpoint': 'webhook endpoints of the operator are written by the owner of the schema alone',
  'service-key': 'service keys are written by the owner of the schema, or by staff at the admin app',
} as const;

/** What `migrate` is configured with. */
export interface MigrateConfig {
  /** The URL of the schema's owner. */
  ownerUrl: string;
  /** URLs of the login roles that may have to be created, by the setting that holds them. */
  roleUrls: { setting: string; url: string | undefined }[];
}

/** Reads what `migrate` needs: the owner's URL, and that of a login role which does not exist yet. Throws a ConfigFault. */
export function readMigrateConfig(env: Environment): MigrateConfig {
  const read = readSettings(
    env,
    { MIGRATION_DATABASE_URL: forms.database, ...roleSettings },
    {},
    { MIGRATION_DATABASE_URL: ownerReasons.migrate },
  );
  const roleUrls = roleNames.map((setting) => ({ setting, url: read[setting] }));
  return { ownerUrl: read.MIGRATION_DATABASE_URL, roleUrls };
}

/** Reads the owner's URL, which `system-account` needs. Throws a ConfigFault. */
export function readSystemAccountConfig(env: Environment): { ownerUrl: string } {
  return readOwnerUrl(env, ownerReasons['system-account']);
}

/** Reads the owner's URL, which `catalogue` needs, and the failpoint of a fault test. Throws a ConfigFault. */
export function readCatalogueConfig(env: Environment): OwnerConfig {
  return readOwnerAndFailpoint(env, ownerReasons.catalogue);
}

/** What a command of the owner is configured with that a fault test may end. */
export interface OwnerConfig {
  ownerUrl: string;
  failpoint: FailpointSetting | undefined;
}

/** Reads the owner's URL, which `import-igny8` needs, and the failpoint of a fault test. Throws a ConfigFault. */
export function readImportConfig(env: Environment): OwnerConfig {
  return readOwnerAndFailpoint(env, ownerReasons['import-igny8']);
}

function readOwnerAndFailpoint(env: Environment, reason: string): OwnerConfig {
  const read = readSettings(
    env,
    { MIGRATION_DATABASE_URL: forms.database, FAILPOINT: forms.failpoint.optional() },
    { FAILPOINT: true },
    { MIGRATION_DATABASE_URL: reason },
  );
  return { ownerUrl: read.MIGRATION_DATABASE_URL, failpoint: read.FAILPOINT };
}

function readOwnerUrl(env: Environment, reason: string): { ownerUrl: string } {
  const shape = { MIGRATION_DATABASE_URL: forms.database };
  const { MIGRATION_DATABASE_URL: ownerUrl } = readSettings(
    env,
    shape,
    {},
    { MIGRATION_DATABASE_URL: reason },
  );
  return { ownerUrl };
}

/** Reads what `service-key` needs: the owner's URL, and the pepper of the digests of keys. Throws a ConfigFault. */
export function readServiceKeyConfig(env: Environment): { ownerUrl: string; apiKeyPepper: string } {
  const shape = { MIGRATION_DATABASE_URL: forms.database, API_KEY_PEPPER: forms.secret };
  const reasons = { MIGRATION_DATABASE_URL: ownerReasons['service-key'] };
  const read = readSettings(env, shape, {}, reasons);
  return { ownerUrl: read.MIGRATION_DATABASE_URL, apiKeyPepper: read.API_KEY_PEPPER };
}

/** What `webhook-endpoint` is configured with. */
export interface WebhookEndpointConfig {
  ownerUrl: string;
  secondFactorKeys: KeySetting[];
  webhooksAllowLoopback: boolean;
}

/** Reads what `webhook-endpoint` needs: the owner's URL, and the keys that seal secrets. Throws a ConfigFault. */
export function readWebhookEndpointConfig(env: Environment): WebhookEndpointConfig {
  const shape = {
    MODE: forms.mode.default('production'),
    MIGRATION_DATABASE_URL: forms.database,
    SECOND_FACTOR_KEYS: forms.keys,
    WEBHOOK_LOOPBACK: forms.loopback.default('refuse'),
  };
  const reasons = { MIGRATION_DATABASE_URL: ownerReasons['webhook-endpoint'] };
  const read = readSettings(env, shape, { WEBHOOK_LOOPBACK: 'allow' }, reasons);
  return {
    ownerUrl: read.MIGRATION_DATABASE_URL,
    secondFactorKeys: read.SECOND_FACTOR_KEYS,
    webhooksAllowLoopback: read.WEBHOOK_LOOPBACK === 'allow',
  };
}

/** Reads the owner's URL, which `statement import` needs. Throws a ConfigFault. */
export function readStatementConfig(env: Environment): { ownerUrl: string } {
  return readOwnerUrl(env, ownerReasons.statement);
}

/** Reads the owner's URL, which `staff` needs. Throws a ConfigFault. */
export function readStaffConfig(env: Environment): { ownerUrl: string } {
  const shape = { MIGRATION_DATABASE_URL: forms.database };
  const reasons = { MIGRATION_DATABASE_URL: ownerReasons.staff };
  return { ownerUrl: readSettings(env, shape, {}, reasons).MIGRATION_DATABASE_URL };
}

/** Reads the admin app's URL, which `verify-audit` needs: that role reads the records of every account. Throws a ConfigFault. */
export function readVerifyAuditConfig(env: Environment): { adminUrl: string } {
  const shape = { ADMIN_DATABASE_URL: forms.database };
  const reasons = {
    ADMIN_DATABASE_URL: 'verify-audit reads every account, as the role tenantry_admin may',
  };
  return { adminUrl: readSettings(env, shape, {}, reasons).ADMIN_DATABASE_URL };
}

/** Reads the worker's URL, which `verify-ledger` needs: that role reads the ledger of every account. Throws a ConfigFault. */
export function readVerifyLedgerConfig(env: Environment): { workerUrl: string } {
  const shape = { WORKER_DATABASE_URL: forms.database };
  const reasons = {
    WORKER_DATABASE_URL: 'verify-ledger reads every account, as the role tenantry_worker may',
  };
  return { workerUrl: readSettings(env, shape, {}, reasons).WORKER_DATABASE_URL };
}

/** Reads the URLs that `doctor` examines: those that are set of the three login roles, at least one. Throws a ConfigFault. */
export function readDoctorConfig(env: Environment): { urls: string[] } {
  const read = readSettings(env, roleSettings);
  const urls = roleNames.flatMap((setting) => read[setting] ?? []);
  if (urls.length > 0) return { urls };
  throw new ConfigFault([
    `none of ${roleNames.join(', ')} is set: doctor examines the database as the processes see it`,
  ]);
}

const roleNames = ['DATABASE_URL', 'ADMIN_DATABASE_URL', 'WORKER_DATABASE_URL'] as const;
const roleSettings = {
  DATABASE_URL: forms.database.optional(),
  ADMIN_DATABASE_URL: forms.database.optional(),
  WORKER_DATABASE_URL: forms.database.optional(),
};

/** The setting that holds the URL of each role. */
export const settingOfRole = {
  owner: 'MIGRATION_DATABASE_URL',
  api: 'DATABASE_URL',
  admin: 'ADMIN_DATABASE_URL',
  worker: 'WORKER_DATABASE_URL',
} as const;
export type DatabaseRole = keyof typeof settingOfRole;

/** Reads the URL of one role, with which `sql` opens the database. Throws a ConfigFault. */
export function readSqlConfig(env: Environment, role: DatabaseRole): { url: string } {
  const name = settingOfRole[role];
  const reasons = { [name]: `sql opens the database with the URL of the role ${role}` };
  const read: Record<string, string> = readSettings(env, { [name]: forms.database }, {}, reasons);
  return { url: read[name] ?? '' };
}

/** What the demo is seeded with. */
export interface SeedConfig {
  mode: 'demo' | 'production';
  databaseUrl: string;
  ownerUrl: string;
  apiKeyPepper: string;
  ownerPassword: string;
  staffPassword: string;
  /** The demo's API key once it was made, so that later starts print the same. */
  apiKey: string | undefined;
}

/** Reads what `seed` needs: it writes staff as the owner, and all else as the API would. Throws a ConfigFault. */
export function readSeedConfig(env: Environment): SeedConfig {
  const read = readSettings(
    env,
    {
      MODE: forms.mode.default('production'),
      DATABASE_URL: forms.database,
      MIGRATION_DATABASE_URL: forms.database,
      API_KEY_PEPPER: forms.secret,
      DEMO_OWNER_PASSWORD: forms.text,
      DEMO_STAFF_PASSWORD: forms.text,
      DEMO_API_KEY: forms.text.optional(),
    },
    {},
    {
      MIGRATION_DATABASE_URL: ownerReasons.seed,
      DATABASE_URL: 'seed makes the demo account as the API would',
    },
  );
  return {
    mode: read.MODE,
    databaseUrl: read.DATABASE_URL,
    ownerUrl: read.MIGRATION_DATABASE_URL,
    apiKeyPepper: read.API_KEY_PEPPER,
    ownerPassword: read.DEMO_OWNER_PASSWORD,
    staffPassword: read.DEMO_STAFF_PASSWORD,
    apiKey: read.DEMO_API_KEY,
  };
}

/** What the history of the demo is made with. */
export interface HistoryConfig {
  mode: 'demo' | 'production';
  ownerUrl: string;
  apiKeyPepper: string;
  secondFactorKeys: KeySetting[];
  filesFolder: string;
  ownerPassword: string;
  secondApproverAmounts: Readonly<Record<string, number>>;
}

/** Reads what `seed-history` needs: the owner's URL, and what the processes read of the accounts. Throws a ConfigFault. */
export function readHistoryConfig(env: Environment): HistoryConfig {
  const read = readSettings(
    env,
    {
      MODE: forms.mode.default('production'),
      MIGRATION_DATABASE_URL: forms.database,
      API_KEY_PEPPER: forms.secret,
      SECOND_FACTOR_KEYS: forms.keys,
      FILES_FOLDER: forms.text,
      DEMO_OWNER_PASSWORD: forms.text,
      CONFIRM_SECOND_APPROVER_AMOUNT: forms.amounts.default({}),
    },
    {},
    { MIGRATION_DATABASE_URL: ownerReasons['seed-history'] },
  );
  return {
    mode: read.MODE,
    ownerUrl: read.MIGRATION_DATABASE_URL,
    apiKeyPepper: read.API_KEY_PEPPER,
    secondFactorKeys: read.SECOND_FACTOR_KEYS,
    filesFolder: read.FILES_FOLDER,
    ownerPassword: read.DEMO_OWNER_PASSWORD,
    secondApproverAmounts: read.CONFIRM_SECOND_APPROVER_AMOUNT,
  };
}
