import {
  createImpersonationInput,
  endImpersonationInput,
  impersonation,
  impersonationWithCredential,
  listImpersonationsInput,
} from '@tenantry/contract/impersonation';
import { listOf } from '@tenantry/contract/page';
import {
  createImpersonation,
  endImpersonation,
  listImpersonations,
} from '@tenantry/services/impersonation/manage';
import { router, run, runWithoutAccount, staff } from '../procedures.ts';

const tags = ['impersonation'];
const terms = { power: 'account:impersonate', throttle: 'default' } as const;

export const impersonationRouter = router({
  list: staff(terms, {
    method: 'GET',
    path: '/impersonations',
    tags,
    summary: 'Who looked at which account as which member, newest first',
  })
    .input(listImpersonationsInput)
    .output(listOf(impersonation))
    .query(runWithoutAccount(listImpersonations)),

  create: staff(
    {
      ...terms,
      account: ['accountId'],
      secrets: ['credential'],
      audit: { facts: ['userId', 'reason', 'minutes'] },
      refusals: ['not_found', 'role_forbids'],
    },
    {
      method: 'POST',
      path: '/impersonations',
      status: 201,
      tags,
      summary: 'Look at an account as one of its members does',
      description:
        'The credential reads at the API what the member may read, but for keys and webhooks. It changes nothing, and each call with it stays on record.',
    },
  )
    .input(createImpersonationInput)
    .output(impersonationWithCredential)
    .mutation(run(createImpersonation)),

  end: staff(
    {
      ...terms,
      account: ['accountId'],
      audit: { subject: 'impersonationId' },
      refusals: ['not_found', 'conflict'],
    },
    {
      method: 'POST',
      path: '/accounts/{accountId}/impersonations/{impersonationId}/end',
      tags,
      summary: 'End an impersonation now',
    },
  )
    .input(endImpersonationInput)
    .output(impersonation)
    .mutation(run(endImpersonation)),
});
