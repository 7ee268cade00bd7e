import { getCredits } from '@tenantry/services/credit/get';
import { getHold } from '@tenantry/services/credit/get-hold';
import { holdCredits } from '@tenantry/services/credit/hold';
import { listEntries } from '@tenantry/services/credit/list-entries';
import { listHolds } from '@tenantry/services/credit/list-holds';
import { releaseHold } from '@tenantry/services/credit/release';
import { settleHold } from '@tenantry/services/credit/settle';
import { z } from 'zod';
import { accountProcedure, router } from '../procedure.ts';
import { lane, read } from '../verb.ts';
import { amount, id, listOf, metadata, nothing, page, text } from '@tenantry/rest/schemas';

const tags = ['credit'];
const reads = { scope: 'credit:read', standing: 'unpaid', throttle: 'content_read' } as const;
const spends = { scope: 'credit:spend', throttle: 'content_write', audit: 'ledger' } as const;
/** What was held in good standing may be resolved in any. */
const resolves = { ...spends, standing: 'any' } as const;

export const creditOutput = z.object({
  granted: z.int(),
  available: z.int(),
  held: z.int(),
  spent: z.int(),
  expired: z.int(),
  byKind: z.object({ plan: z.int(), promo: z.int(), adjustment: z.int(), purchase: z.int() }),
});
const entry = z.object({
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
  actor: z.string(),
  hash: z.string(),
});
const hold = z.object({
  id: z.uuid(),
  amount: z.int(),
  status: z.enum(['open', 'settled', 'released', 'expired']),
  settledAmount: z.int().nullable(),
  operation: z.string().nullable(),
  siteId: z.uuid().nullable(),
  metadata: z.record(z.string(), z.string()),
  expiresAt: z.string(),
  createdAt: z.string(),
});
const resolvedHold = hold.extend({ settledAmount: z.int(), unbilledAmount: z.int() });

const holdInput = z
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
const settleInput = z
  .strictObject({
    holdId: id,
    amount: z.int().min(0).optional(),
    units: z.int().min(0).optional(),
    allowExcess: z.boolean().default(false),
  })
  .refine(
    ({ amount: sum, units }) => (sum === undefined) !== (units === undefined),
    'names an amount or units',
  );

export const creditRouter = router({
  get: accountProcedure(reads, { method: 'GET', path: '/credits', tags, summary: 'The credits' })
    .input(nothing)
    .output(creditOutput)
    .query(read(getCredits)),

  listEntries: accountProcedure(reads, {
    method: 'GET',
    path: '/credits/entries',
    tags,
    summary: 'The journal',
  })
    .input(page)
    .output(listOf(entry))
    .query(read(listEntries)),

  hold: accountProcedure(spends, {
    method: 'POST',
    path: '/credits/holds',
    status: 201,
    tags,
    summary: 'Hold credits',
  })
    .input(holdInput)
    .output(hold)
    .mutation(lane(holdCredits)),

  getHold: accountProcedure(reads, {
    method: 'GET',
    path: '/credits/holds/{holdId}',
    tags,
    summary: 'One hold',
  })
    .input(z.strictObject({ holdId: id }))
    .output(hold)
    .query(read(getHold)),

  listHolds: accountProcedure(reads, { method: 'GET', path: '/credits/holds', tags, summary: 'The holds' })
    .input(page)
    .output(listOf(hold))
    .query(read(listHolds)),

  settle: accountProcedure(resolves, {
    method: 'POST',
    path: '/credits/holds/{holdId}/settle',
    tags,
    summary: 'Bill what was used of a hold',
  })
    .input(settleInput)
    .output(resolvedHold)
    .mutation(lane(settleHold)),

  release: accountProcedure(resolves, {
    method: 'POST',
    path: '/credits/holds/{holdId}/release',
    tags,
    summary: 'Give a hold back',
  })
    .input(z.strictObject({ holdId: id }))
    .output(resolvedHold)
    .mutation(lane(releaseHold)),
});
