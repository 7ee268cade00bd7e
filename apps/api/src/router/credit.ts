import {
  creditAlerts,
  creditBalance,
  getCreditsInput,
  updateCreditAlertsInput,
} from '@tenantry/contract/credit-balance';
import { creditEntry, creditEntryInput } from '@tenantry/contract/credit-entry';
import { creditExplanation } from '@tenantry/contract/credit-explanation';
import { creditGrant } from '@tenantry/contract/credit-grant';
import {
  createHoldInput,
  creditHold,
  extendHoldInput,
  holdInput,
  resolvedCreditHold,
  settleHoldInput,
  trueUpHoldInput,
} from '@tenantry/contract/credit-hold';
import { creditLimit, limitKeyInput, limitSiteInput } from '@tenantry/contract/credit-limit';
import { nothing } from '@tenantry/contract/fields';
import { listOf, pageInput } from '@tenantry/contract/page';
import { getAlerts, updateAlerts } from '@tenantry/services/credit/alerts';
import { explainEntry } from '@tenantry/services/credit/explain';
import { extendHold } from '@tenantry/services/credit/extend';
import { getCreditsAt } from '@tenantry/services/credit/get';
import { getHold } from '@tenantry/services/credit/get-hold';
import { holdCredits } from '@tenantry/services/credit/hold';
import { limitKey, limitSite } from '@tenantry/services/credit/limit';
import { listEntries } from '@tenantry/services/credit/list-entries';
import { listGrants } from '@tenantry/services/credit/list-grants';
import { listHolds } from '@tenantry/services/credit/list-holds';
import { listLimits } from '@tenantry/services/credit/list-limits';
import { releaseHold } from '@tenantry/services/credit/release';
import { settleHold } from '@tenantry/services/credit/settle';
import { trueUpHold } from '@tenantry/services/credit/true-up';
import { tenant, router, run } from '../procedures.ts';

const tags = ['credit'];
const reads = { scope: 'credit:read', standing: 'unpaid', throttle: 'content_read' } as const;
const holds = {
  scope: 'credit:spend',
  reach: 'sites',
  throttle: 'credit_hold',
  work: 'ledger',
} as const;
/** A key never sets what a key may spend. */
const bounds = { scope: 'billing:write', standing: 'unpaid', throttle: 'content_write' } as const;
/** What was held in good standing may be resolved in any, and at a rate of its own. */
const resolves = {
  scope: 'credit:spend',
  reach: 'sites',
  throttle: 'credit_settle',
  work: 'ledger',
  standing: 'any',
} as const;

export const creditRouter = router({
  get: tenant(
    { ...reads, refusals: ['invalid_input'] },
    {
      method: 'GET',
      path: '/credits',
      tags,
      summary: 'The credits, now or at a time',
    },
  )
    .input(getCreditsInput)
    .output(creditBalance)
    .query(run(getCreditsAt)),

  listEntries: tenant(reads, {
    method: 'GET',
    path: '/credits/entries',
    tags,
    summary: 'The journal',
  })
    .input(pageInput)
    .output(listOf(creditEntry))
    .query(run(listEntries)),

  explain: tenant(
    { ...reads, refusals: ['not_found'] },
    {
      method: 'GET',
      path: '/credits/entries/{entryId}/explanation',
      tags,
      summary: 'Why an entry was made',
    },
  )
    .input(creditEntryInput)
    .output(creditExplanation)
    .query(run(explainEntry)),

  listGrants: tenant(reads, {
    method: 'GET',
    path: '/credits/grants',
    tags,
    summary: 'What was granted, and what is left of it',
  })
    .input(pageInput)
    .output(listOf(creditGrant))
    .query(run(listGrants)),

  hold: tenant(
    {
      ...holds,
      refusals: [
        'invalid_input',
        'not_found',
        'site_forbidden',
        'insufficient_credits',
        'spending_limit_reached',
      ],
    },
    {
      method: 'POST',
      path: '/credits/holds',
      status: 201,
      tags,
      summary: 'Hold credits',
    },
  )
    .input(createHoldInput)
    .output(creditHold)
    .mutation(run(holdCredits)),

  getHold: tenant(
    { ...reads, refusals: ['not_found'] },
    {
      method: 'GET',
      path: '/credits/holds/{holdId}',
      tags,
      summary: 'One hold',
    },
  )
    .input(holdInput)
    .output(creditHold)
    .query(run(getHold)),

  listHolds: tenant(reads, { method: 'GET', path: '/credits/holds', tags, summary: 'The holds' })
    .input(pageInput)
    .output(listOf(creditHold))
    .query(run(listHolds)),

  extend: tenant(
    {
      scope: 'credit:spend',
      reach: 'sites',
      throttle: 'credit_settle',
      refusals: ['not_found', 'hold_resolved', 'conflict'],
      audit: { subject: 'holdId', facts: ['ttlSeconds'] },
    },
    {
      method: 'POST',
      path: '/credits/holds/{holdId}/extend',
      tags,
      summary: 'Let an open hold live longer',
    },
  )
    .input(extendHoldInput)
    .output(creditHold)
    .mutation(run(extendHold)),

  settle: tenant(
    {
      ...resolves,
      refusals: [
        'invalid_input',
        'not_found',
        'hold_resolved',
        'settle_above_hold',
        'insufficient_credits',
        'spending_limit_reached',
      ],
    },
    {
      method: 'POST',
      path: '/credits/holds/{holdId}/settle',
      tags,
      summary: 'Bill what was used of a hold',
    },
  )
    .input(settleHoldInput)
    .output(resolvedCreditHold)
    .mutation(run(settleHold)),

  trueUp: tenant(
    {
      ...resolves,
      refusals: [
        'invalid_input',
        'not_found',
        'conflict',
        'hold_resolved',
        'insufficient_credits',
        'spending_limit_reached',
      ],
    },
    {
      method: 'POST',
      path: '/credits/holds/{holdId}/true-up',
      tags,
      summary: 'Set an estimated settle right',
    },
  )
    .input(trueUpHoldInput)
    .output(creditHold)
    .mutation(run(trueUpHold)),

  release: tenant(
    { ...resolves, refusals: ['not_found', 'hold_resolved'] },
    {
      method: 'POST',
      path: '/credits/holds/{holdId}/release',
      tags,
      summary: 'Give a hold back',
    },
  )
    .input(holdInput)
    .output(resolvedCreditHold)
    .mutation(run(releaseHold)),

  listLimits: tenant(reads, {
    method: 'GET',
    path: '/credits/limits',
    tags,
    summary: 'What sites and keys may spend in a day',
  })
    .input(pageInput)
    .output(listOf(creditLimit))
    .query(run(listLimits)),

  limitSite: tenant(
    { ...bounds, refusals: ['not_found'] },
    {
      method: 'PATCH',
      path: '/credits/limits/sites/{siteId}',
      tags,
      summary: 'Limit what a site may spend in a day',
    },
  )
    .input(limitSiteInput)
    .output(creditLimit)
    .mutation(run(limitSite)),

  limitKey: tenant(
    { ...bounds, refusals: ['not_found'] },
    {
      method: 'PATCH',
      path: '/credits/limits/keys/{keyId}',
      tags,
      summary: 'Limit what a key may spend in a day',
    },
  )
    .input(limitKeyInput)
    .output(creditLimit)
    .mutation(run(limitKey)),

  getAlerts: tenant(reads, {
    method: 'GET',
    path: '/credits/alerts',
    tags,
    summary: 'When a low balance is told',
  })
    .input(nothing)
    .output(creditAlerts)
    .query(run(getAlerts)),

  updateAlerts: tenant(bounds, {
    method: 'PATCH',
    path: '/credits/alerts',
    tags,
    summary: 'Set when a low balance is told',
  })
    .input(updateCreditAlertsInput)
    .output(creditAlerts)
    .mutation(run(updateAlerts)),
});
