import { amount, id, metadata, text } from '@tenantry/rest/schemas';
import { z } from 'zod';

export const creditOutput = z.object({
  granted: z.int(),
  available: z.int(),
  held: z.int(),
  spent: z.int(),
  expired: z.int(),
  byKind: z.object({ plan: z.int(), promo: z.int(), adjustment: z.int(), purchase: z.int() }),
});
export const entry = z.object({
  id: z.uuid(),
  sequence: z.int(),
  at: z.string(),
  kind: z.string(),
  from: z.string(),
  to: z.string(),
  amount: z.int(),
  availableAfter: z.int(),
  holdId: z.uuid().nullable(),
  grantId: z.uuid().nullable(),
  operation: z.string().nullable(),
  siteId: z.uuid().nullable(),
  reversesId: z.uuid().nullable(),
  actor: z.string(),
  hash: z.string(),
});
export const hold = z.object({
  id: z.uuid(),
  amount: z.int(),
  status: z.enum(['open', 'settled', 'released', 'expired']),
  settledAmount: z.int().nullable(),
  estimated: z.boolean(),
  operation: z.string().nullable(),
  siteId: z.uuid().nullable(),
  metadata: z.record(z.string(), z.string()),
  expiresAt: z.string(),
  createdAt: z.string(),
});
const usageSource = z.enum(['reported', 'estimated']);
const grantKind = z.enum(['plan', 'promo', 'adjustment', 'purchase']);
export const grant = z.object({
  id: z.uuid(),
  kind: grantKind,
  amount: z.int(),
  available: z.int(),
  held: z.int(),
  expiresAt: z.string().nullable(),
  reference: z.string(),
  createdAt: z.string(),
});
export const explanation = z.object({
  entry,
  rule: z.string(),
  hold: hold.nullable(),
  grants: z.array(grant.pick({ id: true, kind: true, reference: true, expiresAt: true, amount: true })),
  reverses: entry.nullable(),
  reversedBy: z.array(entry),
  reason: z.string().nullable(),
  price: z
    .object({ unit: z.string(), unitSize: z.int(), creditsPerUnit: z.int(), creditsMin: z.int() })
    .nullable(),
  units: z.int().nullable(),
  usage: z.object({ inputTokens: z.int(), outputTokens: z.int(), source: usageSource }).nullable(),
});
/** The most credits a UTC day may cost; null lifts the limit. */
export const dailyCap = { creditsPerDayMax: z.int().min(0).nullable() };
export const limit = z.object({
  siteId: z.uuid().nullable(),
  keyId: z.uuid().nullable(),
  creditsPerDayMax: z.int().nullable(),
  usedToday: z.int(),
});
export const alerts = { lowBalanceThresholds: z.array(amount).max(10) };
export const resolvedHold = hold.extend({ settledAmount: z.int(), unbilledAmount: z.int() });

export const holdInput = z
  .strictObject({
    amount: amount.optional(),
    operation: text(100).optional(),
    units: z.int().min(1).optional(),
    siteId: id.optional(),
    ttlSeconds: z.int().min(10).max(86_400).default(900),
    metadata,
  })
  .refine(
    ({ amount: sum, operation, units }) =>
      sum === undefined
        ? operation !== undefined && units !== undefined
        : operation === undefined && units === undefined,
    'names either an amount or units of an operation',
  );
export const settleInput = z
  .strictObject({
    holdId: id,
    amount: z.int().min(0).optional(),
    units: z.int().min(0).optional(),
    allowExcess: z.boolean().default(false),
    usageSource: usageSource.default('reported'),
  })
  .refine(namesOne, 'names an amount or units');
export const trueUpInput = z
  .strictObject({
    holdId: id,
    amount: z.int().min(0).optional(),
    units: z.int().min(0).optional(),
  })
  .refine(namesOne, 'names an amount or units');

function namesOne({
  amount: sum,
  units,
}: {
  amount?: number | undefined;
  units?: number | undefined;
}): boolean {
  return (sum === undefined) !== (units === undefined);
}
