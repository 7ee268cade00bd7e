import { readDemoCatalogue } from '@tenantry/catalogue/file';
import type { MigrateConfig } from '@tenantry/config/cli';
import { applyToEmpty } from '@tenantry/db/catalogue/apply';
import { newId } from '@tenantry/db/ids';
import { prepareJobs } from '@tenantry/db/jobs';
import { findMissingRoles, migrate } from '@tenantry/db/migrate';

/** The setting from which each login role takes its name and password. */
const settingOf = {
  tenantry_api: 'DATABASE_URL',
  tenantry_admin: 'ADMIN_DATABASE_URL',
  tenantry_worker: 'WORKER_DATABASE_URL',
} as const;

/** Brings the database up to this version, and says what that took. Throws when a role has to be created without its URL. */
export async function migrateDatabase({ ownerUrl, roleUrls }: MigrateConfig, now: Date): Promise<string> {
  const given = roleUrls.filter(({ url }) => url !== undefined).map(({ setting }) => setting);
  const missing = (await findMissingRoles(ownerUrl)).filter((role) => !given.includes(settingOf[role]));
  if (missing.length > 0) {
    const settings = missing.map((role) => settingOf[role]).join(', ');
    throw new Error(`${settings} is not set: migrate creates ${missing.join(', ')} with the password in it`);
  }
  const urls = roleUrls.flatMap(({ url }) => url ?? []);
  const applied = await migrate(ownerUrl, urls);
  await prepareJobs(ownerUrl);
  const actor = { kind: 'system', job: 'migrate' } as const;
  await applyToEmpty(ownerUrl, readDemoCatalogue(), { actor, requestId: newId(), now });
  return applied.length === 0 ? 'The schema is up to date.' : `Applied ${applied.join(', ')}.`;
}
