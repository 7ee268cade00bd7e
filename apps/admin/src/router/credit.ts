import { creditBalance } from '@tenantry/contract/credit-balance';
import { creditEntry } from '@tenantry/contract/credit-entry';
import { creditExplanation } from '@tenantry/contract/credit-explanation';
import { listOf } from '@tenantry/contract/page';
import {
  adjustCreditsInput,
  creditCorrection,
  reverseChargeInput,
  staffCreditsInput,
  staffEntriesInput,
  staffEntryInput,
} from '@tenantry/contract/staff-credit';
import { orThrow } from '@tenantry/gate/error-boundary';
import { present } from '@tenantry/rest/present';
import { adjustCredits } from '@tenantry/services/staff/adjust-credits';
import {
  explainEntryForStaff,
  getCreditsForStaff,
  listEntriesForStaff,
} from '@tenantry/services/staff/look-at-credits';
import { reverseCharge } from '@tenantry/services/staff/reverse-charge';
import { router, staffProcedure } from '../procedure.ts';

const tags = ['credit'];

export const creditRouter = router({
  get: staffProcedure(
    { power: 'account:read' },
    { method: 'GET', path: '/accounts/{accountId}/credits', tags, summary: 'Credits, now or at a time' },
  )
    .input(staffCreditsInput)
    .output(creditBalance)
    .query(async ({ ctx, input }) => present(orThrow(await getCreditsForStaff(ctx.flow, input)))),

  listEntries: staffProcedure(
    { power: 'account:read' },
    { method: 'GET', path: '/accounts/{accountId}/credits/entries', tags, summary: 'The journal' },
  )
    .input(staffEntriesInput)
    .output(listOf(creditEntry))
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
    .input(staffEntryInput)
    .output(creditExplanation)
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
    .input(adjustCreditsInput)
    .output(creditCorrection)
    .mutation(async ({ ctx, input }) => present(orThrow(await adjustCredits(ctx.flow, input)))),

  reverse: staffProcedure(
    { power: 'credit:adjust' },
    { method: 'POST', path: '/accounts/{accountId}/credits/reverse', tags, summary: 'Refund a charge' },
  )
    .input(reverseChargeInput)
    .output(creditCorrection)
    .mutation(async ({ ctx, input }) => present(orThrow(await reverseCharge(ctx.flow, input)))),
});
