import { nothing } from '@tenantry/contract/fields';
import { overview, overviewActivity, overviewRevenue } from '@tenantry/contract/overview';
import { getActivity, getRevenue } from '@tenantry/services/overview/charts';
import { getOverview } from '@tenantry/services/overview/get';
import { router, runWithoutAccount, staff } from '../procedures.ts';

const tags = ['overview'];
const reads = { power: 'account:read', throttle: 'default' } as const;

export const overviewRouter = router({
  get: staff(reads, { method: 'GET', path: '/overview', tags, summary: 'What waits for staff now' })
    .input(nothing)
    .output(overview)
    .query(runWithoutAccount(getOverview)),

  activity: staff(reads, {
    method: 'GET',
    path: '/overview/activity',
    tags,
    summary: 'Credits and sign-ups of the last 30 days',
  })
    .input(nothing)
    .output(overviewActivity)
    .query(runWithoutAccount(getActivity)),

  revenue: staff(
    { power: 'revenue:read', throttle: 'default' },
    { method: 'GET', path: '/overview/revenue', tags, summary: 'Money of the last 30 days' },
  )
    .input(nothing)
    .output(overviewRevenue)
    .query(runWithoutAccount(getRevenue)),
});
