import { type Environment, forms, readSettings } from './read.ts';

/** What commands that touch the schema are configured with. */
export interface MigrationConfig {
  mode: 'demo' | 'production';
  migrationDatabaseUrl: string;
  /** URLs of the three login roles: api, admin, worker. */
  roleUrls: string[];
}

/** Reads what `migrate` and `doctor` need. Throws a ConfigFault that names every fault at once. */
export function readMigrationConfig(env: Environment): MigrationConfig {
  const read = readSettings(env, {
    MODE: forms.mode.default('production'),
    MIGRATION_DATABASE_URL: forms.database,
    DATABASE_URL: forms.database,
    ADMIN_DATABASE_URL: forms.database,
    WORKER_DATABASE_URL: forms.database,
  });
  const roleUrls = [read.DATABASE_URL, read.ADMIN_DATABASE_URL, read.WORKER_DATABASE_URL];
  return { mode: read.MODE, migrationDatabaseUrl: read.MIGRATION_DATABASE_URL, roleUrls };
}

/** What the demo is seeded with. */
export interface SeedConfig {
  mode: 'demo' | 'production';
  databaseUrl: string;
  migrationDatabaseUrl: string;
  apiKeyPepper: string;
  ownerPassword: string;
  staffPassword: string;
  /** The demo's API key once it was made, so that later starts print the same. */
  apiKey: string | undefined;
}

/** Reads what `seed` needs. Throws a ConfigFault that names every fault at once. */
export function readSeedConfig(env: Environment): SeedConfig {
  const read = readSettings(env, {
    MODE: forms.mode.default('production'),
    DATABASE_URL: forms.database,
    MIGRATION_DATABASE_URL: forms.database,
    API_KEY_PEPPER: forms.secret,
    DEMO_OWNER_PASSWORD: forms.text,
    DEMO_STAFF_PASSWORD: forms.text,
    DEMO_API_KEY: forms.text.optional(),
  });
  return {
    mode: read.MODE,
    databaseUrl: read.DATABASE_URL,
    migrationDatabaseUrl: read.MIGRATION_DATABASE_URL,
    apiKeyPepper: read.API_KEY_PEPPER,
    ownerPassword: read.DEMO_OWNER_PASSWORD,
    staffPassword: read.DEMO_STAFF_PASSWORD,
    apiKey: read.DEMO_API_KEY,
  };
}
