import { getAlerts, updateAlerts } from '@tenantry/services/credit/alerts';
import { explainEntry } from '@tenantry/services/credit/explain';
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
import { z } from 'zod';
import { accountProcedure, router } from '../procedure.ts';
import { ledger, read, verb } from '../verb.ts';
import { id, listOf, moment, nothing, page } from '@tenantry/rest/schemas';
import {
  alerts,
  creditOutput,
  dailyCap,
  entry,
  hold,
  grant,
  limit,
  explanation,
  resolvedHold,
  holdInput,
  settleInput,
  trueUpInput,
} from './credit-schemas.ts';

const tags = ['credit'];
const reads = { scope: 'credit:read', standing: 'unpaid', throttle: 'content_read' } as const;
const spends = { scope: 'credit:spend', throttle: 'content_write', audit: 'ledger' } as const;
/** A key never sets what a key may spend. */
const bounds = { scope: 'billing:write', standing: 'unpaid', throttle: 'content_write' } as const;
/** What was held in good standing may be resolved in any. */
const resolves = { ...spends, standing: 'any' } as const;

export const creditRouter = router({
  get: accountProcedure(reads, {
    method: 'GET',
    path: '/credits',
    tags,
    summary: 'The credits, now or at a time',
  })
    .input(z.strictObject({ at: moment.optional() }).prefault({}))
    .output(creditOutput)
    .query(read(getCreditsAt)),

  listEntries: accountProcedure(reads, {
    method: 'GET',
    path: '/credits/entries',
    tags,
    summary: 'The journal',
  })
    .input(page)
    .output(listOf(entry))
    .query(read(listEntries)),

  explain: accountProcedure(reads, {
    method: 'GET',
    path: '/credits/entries/{entryId}/explanation',
    tags,
    summary: 'Why an entry was made',
  })
    .input(z.strictObject({ entryId: id }))
    .output(explanation)
    .query(read(explainEntry)),

  listGrants: accountProcedure(reads, {
    method: 'GET',
    path: '/credits/grants',
    tags,
    summary: 'What was granted, and what is left of it',
  })
    .input(page)
    .output(listOf(grant))
    .query(read(listGrants)),

  hold: accountProcedure(spends, {
    method: 'POST',
    path: '/credits/holds',
    status: 201,
    tags,
    summary: 'Hold credits',
  })
    .input(holdInput)
    .output(hold)
    .mutation(ledger(holdCredits)),

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
    .mutation(ledger(settleHold)),

  trueUp: accountProcedure(resolves, {
    method: 'POST',
    path: '/credits/holds/{holdId}/true-up',
    tags,
    summary: 'Set an estimated settle right',
  })
    .input(trueUpInput)
    .output(hold)
    .mutation(ledger(trueUpHold)),

  release: accountProcedure(resolves, {
    method: 'POST',
    path: '/credits/holds/{holdId}/release',
    tags,
    summary: 'Give a hold back',
  })
    .input(z.strictObject({ holdId: id }))
    .output(resolvedHold)
    .mutation(ledger(releaseHold)),

  listLimits: accountProcedure(reads, {
    method: 'GET',
    path: '/credits/limits',
    tags,
    summary: 'What sites and keys may spend in a day',
  })
    .input(page)
    .output(listOf(limit))
    .query(read(listLimits)),

  limitSite: accountProcedure(bounds, {
    method: 'PATCH',
    path: '/credits/limits/sites/{siteId}',
    tags,
    summary: 'Limit what a site may spend in a day',
  })
    .input(z.strictObject({ siteId: id, ...dailyCap }))
    .output(limit)
    .mutation(verb(limitSite)),

  limitKey: accountProcedure(bounds, {
    method: 'PATCH',
    path: '/credits/limits/keys/{keyId}',
    tags,
    summary: 'Limit what a key may spend in a day',
  })
    .input(z.strictObject({ keyId: id, ...dailyCap }))
    .output(limit)
    .mutation(verb(limitKey)),

  getAlerts: accountProcedure(reads, {
    method: 'GET',
    path: '/credits/alerts',
    tags,
    summary: 'When a low balance is told',
  })
    .input(nothing)
    .output(z.object(alerts))
    .query(read(getAlerts)),

  updateAlerts: accountProcedure(bounds, {
    method: 'PATCH',
    path: '/credits/alerts',
    tags,
    summary: 'Set when a low balance is told',
  })
    .input(z.strictObject(alerts))
    .output(z.object(alerts))
    .mutation(verb(updateAlerts)),
});
