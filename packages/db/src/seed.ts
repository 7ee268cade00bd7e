import { type Feature, defaultThrottleRates } from '@tenantry/domain/plans';
import { newId } from './ids.ts';
import { listOperationNames } from './operation/queries.ts';
import { writeOperation } from './operation/write.ts';
import { openOrm } from './orm.ts';
import { Plan } from './plan/entity.ts';
import { Staff } from './staff/entity.ts';

const unthrottled = {
  auth: 1_000_000_000,
  auth_strict: 1_000_000_000,
  content_read: 1_000_000_000,
  content_write: 1_000_000_000,
  credit_hold: 1_000_000_000,
  credit_settle: 32_000_000_000,
  ai_function: 1_000_000_000,
  billing: 1_000_000_000,
  default: 1_000_000_000,
};

const common = {
  planVersion: 1,
  state: 'listed' as const,
  internal: false,
  currency: 'USD',
  cycle: 'monthly' as const,
  rolloverCreditsMax: 0,
  purchaseDays: null,
  features: ['sites', 'operations'] satisfies Feature[],
  ownLimits: {},
  throttleRates: defaultThrottleRates,
  trialDays: 0,
  graceDays: 7,
};

/** Fixed ids keep seeding idempotent on every database. */
const plans = [
  {
    ...common,
    id: '0198f000-0000-7000-8000-000000000001',
    slug: 'trial',
    name: 'Trial',
    priceAmount: 0,
    includedCredits: 1e3,
    usersMax: 2,
    sitesMax: 1,
    sectorsPerSiteMax: 3,
    apiKeysMax: 2,
    trialDays: 14,
  },
  {
    ...common,
    id: '0198f000-0000-7000-8000-000000000002',
    slug: 'starter',
    name: 'Starter',
    priceAmount: 2900,
    includedCredits: 5e3,
    usersMax: 3,
    sitesMax: 3,
    sectorsPerSiteMax: 5,
    apiKeysMax: 5,
  },
  {
    ...common,
    id: '0198f000-0000-7000-8000-000000000003',
    slug: 'growth',
    name: 'Growth',
    priceAmount: 8900,
    includedCredits: 2e4,
    usersMax: 10,
    sitesMax: 10,
    sectorsPerSiteMax: 5,
    apiKeysMax: 20,
  },
  {
    ...common,
    id: '0198f000-0000-7000-8000-000000000009',
    slug: 'unthrottled',
    name: 'Unthrottled',
    priceAmount: 0,
    includedCredits: 1e9,
    usersMax: 1e3,
    sitesMax: 1e3,
    sectorsPerSiteMax: 5,
    apiKeysMax: 1e3,
    internal: true,
    state: 'unlisted' as const,
    throttleRates: unthrottled,
  },
];

const operations = [
  { name: 'cluster_keywords', kind: 'text', unit: 'item', unitSize: 1, creditsPerUnit: 2, creditsMin: 2 },
  { name: 'generate_ideas', kind: 'text', unit: 'request', unitSize: 1, creditsPerUnit: 15, creditsMin: 15 },
  { name: 'write_content', kind: 'text', unit: 'token', unitSize: 1000, creditsPerUnit: 10, creditsMin: 1 },
  { name: 'summarise', kind: 'text', unit: 'word', unitSize: 100, creditsPerUnit: 1, creditsMin: 1 },
  { name: 'generate_image', kind: 'image', unit: 'image', unitSize: 1, creditsPerUnit: 25, creditsMin: 25 },
] as const;

/** What every operation of the list has. */
const run = {
  rates: null,
  outputTokensDefault: 500,
  outputTokensMax: 32_000,
  model: null,
  promptTemplate: null,
};

/** Writes the plans and the price list that every installation starts with. Idempotent; what is there already stays. */
export async function seedReference(ownerUrl: string): Promise<void> {
  const orm = await openOrm(ownerUrl, 1);
  try {
    await orm.em.transactional(async (em) => {
      await em.upsertMany(Plan, plans, { onConflictAction: 'ignore' });
      const known = new Set(await listOperationNames({ em }));
      for (const operation of operations)
        if (!known.has(operation.name)) await writeOperation({ em }, { ...operation, ...run });
    });
  } finally {
    await orm.close(true);
  }
}

/** Writes staff who are not there yet; the owner alone may, so no process of the app can make an operator. */
export async function insertStaff(
  ownerUrl: string,
  people: readonly Pick<Staff, 'email' | 'emailDigest' | 'role' | 'passwordHash'>[],
  now: Date,
): Promise<void> {
  const orm = await openOrm(ownerUrl, 1);
  try {
    const rows = people.map((person) => ({ ...person, id: newId(), createdAt: now }));
    await orm.em
      .fork()
      .upsertMany(Staff, rows, { onConflictFields: ['emailDigest'], onConflictAction: 'ignore' });
  } finally {
    await orm.close(true);
  }
}
