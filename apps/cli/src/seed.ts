import { readDemoCatalogue } from '@tenantry/catalogue/file';
import type { SeedConfig } from '@tenantry/config/cli';
import { applyToEmpty, storedCatalogue } from '@tenantry/db/catalogue/apply';
import { insertStaff } from '@tenantry/db/seed';
import { openOrm } from '@tenantry/db/orm';
import { type CallInfo, openDatabase } from '@tenantry/db/transaction';
import type { Catalogue } from '@tenantry/domain/catalogue/catalogue';
import { isRunUnit } from '@tenantry/domain/credit/price';
import { isRefusal } from '@tenantry/domain/refusals';
import { openIdentity } from '@tenantry/identity/port';
import { createDemo } from '@tenantry/services/registration/create-demo';

const ownerEmail = 'owner@demo.tenantry.example';
/** The addresses of the staff of the demo. */
export const demoStaffEmails = {
  support: 'support@demo.tenantry.example',
  finance: 'finance@demo.tenantry.example',
  second: 'second@demo.tenantry.example',
  admin: 'admin@demo.tenantry.example',
} as const;
const staff = [
  { email: demoStaffEmails.support, role: 'support' },
  { email: demoStaffEmails.finance, role: 'finance' },
  { email: demoStaffEmails.second, role: 'finance' },
  { email: demoStaffEmails.admin, role: 'platform_admin' },
] as const;

/** What a person needs to look around in the demo. */
export interface Demo {
  login: { email: string; password: string };
  staff: { email: string; password: string; role: string }[];
  apiKey: string;
  /** An operation that the key can run with a prompt alone; undefined where none is sold. */
  operation: string | undefined;
}

/** The operation to try first: that of the demo while it is sold, or the first that a prompt alone runs. */
export function operationToTry({ operations }: Pick<Catalogue, 'operations'>): string | undefined {
  const names = Object.entries(operations)
    .filter(([, { kind, unit, promptTemplate }]) => isRunUnit(kind, unit) && promptTemplate === null)
    .map(([name]) => name);
  return names.includes('write_content') ? 'write_content' : names[0];
}

/**
 * Makes the demo account, its site and key, and the staff, and fills a database without plans with the demo's catalogue.
 * Idempotent. Throws outside mode `demo`.
 */
export async function seedDemo(config: SeedConfig, now: Date): Promise<Demo> {
  if (config.mode !== 'demo')
    throw new Error('seed makes demo people with known passwords; it needs MODE=demo');
  const identity = openIdentity({
    tokens: { secret: 'x'.repeat(32), issuer: 'seed', audience: 'seed' },
    apiKeyPepper: config.apiKeyPepper,
    // The demo's people have no authenticator app.
    secondFactorKeys: [],
  });
  const call: CallInfo = { actor: { kind: 'system', job: 'seed' }, requestId: 'seed', now };
  await applyToEmpty(config.ownerUrl, readDemoCatalogue(), call);
  const passwordHash = await identity.hashPassword(config.staffPassword);
  await insertStaff(
    config.ownerUrl,
    staff.map((one) => ({ ...one, emailDigest: identity.digestText(one.email), passwordHash })),
    now,
  );
  const database = openDatabase(await openOrm(config.databaseUrl, 2));
  try {
    const owner = { email: ownerEmail, password: config.ownerPassword };
    const apiKey = await createDemo({ ...call, database, identity }, { ...owner, apiKey: config.apiKey });
    if (isRefusal(apiKey)) throw new Error(`the demo could not be made: ${apiKey.refused}`);
    return {
      login: owner,
      staff: staff.map(({ email, role }) => ({ email, role, password: config.staffPassword })),
      apiKey: apiKey.secret,
      operation: operationToTry(await storedCatalogue(config.ownerUrl)),
    };
  } finally {
    await database.close();
  }
}
