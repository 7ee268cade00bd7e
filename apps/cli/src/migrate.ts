import type { MigrateConfig } from '@tenantry/config/cli';
import { storedCatalogue } from '@tenantry/db/catalogue/apply';
import { prepareJobs } from '@tenantry/db/jobs';
import { findMissingRoles, migrate } from '@tenantry/db/migrate';

/** The setting from which each login role takes its name and password. */
const settingOf = {
  tenantry_api: 'DATABASE_URL',
  tenantry_admin: 'ADMIN_DATABASE_URL',
  tenantry_worker: 'WORKER_DATABASE_URL',
} as const;

const withoutPlans = `
The database has no plan yet, so that nobody can register. Begin your catalogue with a copy of the demo's:

  tenantry catalogue example > my-catalogue.yaml
  tenantry catalogue plan my-catalogue.yaml     # when plans, prices and payees are yours
  tenantry catalogue apply my-catalogue.yaml`;

/**
 * Brings the database up to this version. Says what that took, and what to do next where nothing is sold yet. Throws when a
 * role has to be created without its URL.
 */
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
  const done = applied.length === 0 ? 'The schema is up to date.' : `Applied ${applied.join(', ')}.`;
  const { plans } = await storedCatalogue(ownerUrl);
  return Object.keys(plans).length === 0 ? `${done}\n${withoutPlans}` : done;
}
