import type { MigrateConfig } from '@tenantry/config/cli';
import { prepareJobs } from '@tenantry/db/jobs';
import { findMissingRoles, migrate } from '@tenantry/db/migrate';
import { seedReference } from '@tenantry/db/seed';

/** The setting from which each login role takes its name and password. */
const settingOf = {
  tenantry_api: 'DATABASE_URL',
  tenantry_admin: 'ADMIN_DATABASE_URL',
  tenantry_worker: 'WORKER_DATABASE_URL',
} as const;

/** Brings the database up to this version, and says what that took. Throws when a role has to be created without its URL. */
export async function migrateDatabase({ ownerUrl, roleUrls }: MigrateConfig): Promise<string> {
  const given = roleUrls.filter(({ url }) => url !== undefined).map(({ setting }) => setting);
  const missing = (await findMissingRoles(ownerUrl)).filter((role) => !given.includes(settingOf[role]));
  if (missing.length > 0) {
    const settings = missing.map((role) => settingOf[role]).join(', ');
    throw new Error(`${settings} is not set: migrate creates ${missing.join(', ')} with the password in it`);
  }
  const urls = roleUrls.flatMap(({ url }) => url ?? []);
  const applied = await migrate(ownerUrl, urls);
  await prepareJobs(ownerUrl);
  await seedReference(ownerUrl);
  return applied.length === 0 ? 'The schema is up to date.' : `Applied ${applied.join(', ')}.`;
}
