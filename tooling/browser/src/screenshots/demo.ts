import type { TestApp } from '@tenantry/testing/app';
import { runTenantry } from '@tenantry/testing/tenantry';

/** Fills the database of an app with the demo and the history of its accounts, as `npm start` does. Throws what failed. */
export async function fillWithDemo(app: TestApp): Promise<void> {
  const settings = {
    MODE: 'demo',
    DATABASE_URL: app.database.url('tenantry_api'),
    MIGRATION_DATABASE_URL: app.database.url('tenantry_owner'),
    API_KEY_PEPPER: 'p'.repeat(32),
    SECOND_FACTOR_KEYS: `test:${'s'.repeat(32)}`,
    FILES_FOLDER: app.filesFolder,
    DEMO_OWNER_PASSWORD: 'correct horse battery',
    DEMO_STAFF_PASSWORD: 'correct horse battery',
  };
  for (const words of [['seed'], ['seed-history']]) {
    const { code, text } = await runTenantry(words, settings);
    if (code !== 0) throw new Error(`tenantry ${words.join(' ')}: ${text}`);
  }
}
