import type { MigrationConfig } from '@tenantry/config/cli';
import { examineDatabase, examineRole } from '@tenantry/db/doctor';

/** Everything that would make this house unsafe to run, as sentences. */
export async function examine({ migrationDatabaseUrl, roleUrls }: MigrationConfig): Promise<string[]> {
  const roles = await Promise.all(roleUrls.map(examineRole));
  return [...new Set([...(await examineDatabase(migrationDatabaseUrl)), ...roles.flat()])];
}
