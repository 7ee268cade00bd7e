import { orThrow } from '@tenantry/gate/error-boundary';
import { present } from '@tenantry/rest/present';
import { amount, id, listOf, moment, pageFields, text } from '@tenantry/rest/schemas';
import { adjustCredits } from '@tenantry/services/staff/adjust-credits';
import {
  explainEntryForStaff,
  getCreditsForStaff,
  listEntriesForStaff,
} from '@tenantry/services/staff/look-at-credits';
import { reverseCharge } from '@tenantry/services/staff/reverse-charge';
import { z } from 'zod';
import { router, staffProcedure } from '../procedure.ts';
import { entryOutput, explanationOutput } from './credit-outputs.ts';
import { reason } from './inputs.ts';
import { creditOutput } from './outputs.ts';

const tags = ['credit'];
const creditsMax = 1_000_000_000;
const adjustment = z
  .int()
  .min(-creditsMax)
  .max(creditsMax)
  .refine((given) => given !== 0, 'moves nothing');
const correction = z.object({ entry: entryOutput, credits: creditOutput });

export const creditRouter = router({
  get: staffProcedure(
    { power: 'account:read' },
    { method: 'GET', path: '/accounts/{accountId}/credits', tags, summary: 'Credits, now or at a time' },
  )
    .input(z.strictObject({ accountId: id, at: moment.optional() }))
    .output(creditOutput)
    .query(async ({ ctx, input }) => present(orThrow(await getCreditsForStaff(ctx.flow, input)))),

  listEntries: staffProcedure(
    { power: 'account:read' },
    { method: 'GET', path: '/accounts/{accountId}/credits/entries', tags, summary: 'The journal' },
  )
    .input(z.strictObject({ accountId: id, ...pageFields }))
    .output(listOf(entryOutput))
    .query(async ({ ctx, input }) => present(orThrow(await listEntriesForStaff(ctx.flow, input)))),

  explain: staffProcedure(
    { power: 'account:read' },
    {
      method: 'GET',
      path: '/accounts/{accountId}/credits/entries/{entryId}/explanation',
      tags,
      summary: 'Why an entry was made',
    },
  )
    .input(z.strictObject({ accountId: id, entryId: id }))
    .output(explanationOutput)
    .query(async ({ ctx, input }) => present(orThrow(await explainEntryForStaff(ctx.flow, input)))),

  adjust: staffProcedure(
    { power: 'credit:adjust' },
    {
      method: 'POST',
      path: '/accounts/{accountId}/credits/adjust',
      tags,
      summary: 'Give credits, or take them back',
    },
  )
    .input(
      z.strictObject({
        accountId: id,
        amount: adjustment,
        reason,
        kind: z.enum(['adjustment', 'promo', 'purchase']).default('adjustment'),
        expiresAt: moment.optional(),
        reference: text(100).optional(),
      }),
    )
    .output(correction)
    .mutation(async ({ ctx, input }) => present(orThrow(await adjustCredits(ctx.flow, input)))),

  reverse: staffProcedure(
    { power: 'credit:adjust' },
    { method: 'POST', path: '/accounts/{accountId}/credits/reverse', tags, summary: 'Refund a charge' },
  )
    .input(z.strictObject({ accountId: id, entryId: id, amount: amount.optional(), reason }))
    .output(correction)
    .mutation(async ({ ctx, input }) => present(orThrow(await reverseCharge(ctx.flow, input)))),
});
