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
import { explainEntry } from '@tenantry/services/credit/explain';
import { getCreditsAt } from '@tenantry/services/credit/get';
import { listEntries } from '@tenantry/services/credit/list-entries';
import { adjustCredits } from '@tenantry/services/staff/adjust-credits';
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
      refusals: ['invalid_input', 'insufficient_credits', 'reference_taken', 'role_forbids'],
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
