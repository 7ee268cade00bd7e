import { creditBalance } from '@tenantry/contract/credit-balance';
import { creditEntry } from '@tenantry/contract/credit-entry';
import { creditExplanation } from '@tenantry/contract/credit-explanation';
import { creditGrant } from '@tenantry/contract/credit-grant';
import { creditHold } from '@tenantry/contract/credit-hold';
import { creditLimit } from '@tenantry/contract/credit-limit';
import { listOf } from '@tenantry/contract/page';
import { staffAccountPageInput } from '@tenantry/contract/staff-account';
import {
  adjustCreditsInput,
  adjustmentPreview,
  creditCorrection,
  previewAdjustmentInput,
  reverseChargeInput,
  staffCreditsInput,
  staffEntriesInput,
  staffEntryInput,
  staffHoldsInput,
} from '@tenantry/contract/staff-credit';
import { explainEntry } from '@tenantry/services/credit/explain';
import { getCreditsAt } from '@tenantry/services/credit/get';
import { listEntries } from '@tenantry/services/credit/list-entries';
import { listGrants } from '@tenantry/services/credit/list-grants';
import { listHolds } from '@tenantry/services/credit/list-holds';
import { listLimits } from '@tenantry/services/credit/list-limits';
import { adjustCredits } from '@tenantry/services/staff/adjust-credits';
import { previewAdjustment } from '@tenantry/services/staff/preview-adjustment';
import { reverseCharge } from '@tenantry/services/staff/reverse-charge';
import { router, run, staff } from '../procedures.ts';

const tags = ['credit'];
const reads = { power: 'account:read', throttle: 'default', account: ['accountId'] } as const;
const corrects = { power: 'credit:adjust', throttle: 'default', account: ['accountId'] } as const;

export const creditRouter = router({
  get: staff(
    { ...reads, refusals: ['invalid_input'] },
    {
      method: 'GET',
      path: '/accounts/{accountId}/credits',
      tags,
      summary: 'The credits of an account, now or at a time',
    },
  )
    .input(staffCreditsInput)
    .output(creditBalance)
    .query(run(getCreditsAt)),

  listEntries: staff(reads, {
    method: 'GET',
    path: '/accounts/{accountId}/credits/entries',
    tags,
    summary: 'The journal of an account, newest first',
  })
    .input(staffEntriesInput)
    .output(listOf(creditEntry))
    .query(run(listEntries)),

  listHolds: staff(reads, {
    method: 'GET',
    path: '/accounts/{accountId}/credits/holds',
    tags,
    summary: 'The holds of an account, newest first',
  })
    .input(staffHoldsInput)
    .output(listOf(creditHold))
    .query(run(listHolds)),

  listGrants: staff(reads, {
    method: 'GET',
    path: '/accounts/{accountId}/credits/grants',
    tags,
    summary: 'What an account was granted, newest first, with what is left of it',
  })
    .input(staffAccountPageInput)
    .output(listOf(creditGrant))
    .query(run(listGrants)),

  listLimits: staff(reads, {
    method: 'GET',
    path: '/accounts/{accountId}/credits/limits',
    tags,
    summary: 'How much sites and keys of an account may spend in a day',
  })
    .input(staffAccountPageInput)
    .output(listOf(creditLimit))
    .query(run(listLimits)),

  explain: staff(
    { ...reads, refusals: ['not_found'] },
    {
      method: 'GET',
      path: '/accounts/{accountId}/credits/entries/{entryId}/explanation',
      tags,
      summary: 'Why an entry was made',
    },
  )
    .input(staffEntryInput)
    .output(creditExplanation)
    .query(run(explainEntry)),

  adjust: staff(
    {
      ...corrects,
      audit: { subject: 'accountId', facts: ['amount', 'reason', 'kind', 'reference'] },
      refusals: ['invalid_input', 'insufficient_credits', 'reference_taken', 'conflict', 'role_forbids'],
    },
    {
      method: 'POST',
      path: '/accounts/{accountId}/credits/adjust',
      tags,
      summary: 'Give credits, or take them back',
    },
  )
    .input(adjustCreditsInput)
    .output(creditCorrection)
    .mutation(run(adjustCredits)),

  previewAdjustment: staff(
    { ...corrects, refusals: ['invalid_input', 'insufficient_credits'] },
    {
      method: 'GET',
      path: '/accounts/{accountId}/credits/adjustment-preview',
      tags,
      summary: 'What a correction would make of the credits of an account',
    },
  )
    .input(previewAdjustmentInput)
    .output(adjustmentPreview)
    .query(run(previewAdjustment)),

  reverse: staff(
    {
      ...corrects,
      audit: { subject: 'entryId', facts: ['amount', 'reason'] },
      refusals: ['not_found', 'conflict', 'amount_mismatch', 'role_forbids'],
    },
    {
      method: 'POST',
      path: '/accounts/{accountId}/credits/reverse',
      tags,
      summary: 'Refund a charge, whole or in part',
    },
  )
    .input(reverseChargeInput)
    .output(creditCorrection)
    .mutation(run(reverseCharge)),
});
