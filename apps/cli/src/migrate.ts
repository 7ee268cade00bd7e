import type { MigrationConfig } from '@tenantry/config/cli';
import { prepareJobs } from '@tenantry/db/jobs';
import { migrate } from '@tenantry/db/migrate';
import { seedReference } from '@tenantry/db/seed';

/** Brings the house's database up to this version, and says what that took. */
export async function migrateDatabase({ migrationDatabaseUrl, roleUrls }: MigrationConfig): Promise<string> {
  const applied = await migrate(migrationDatabaseUrl, roleUrls);
  await prepareJobs(migrationDatabaseUrl);
  await seedReference(migrationDatabaseUrl);
  return applied.length === 0 ? 'The schema is up to date.' : `Applied ${applied.join(', ')}.`;
}
