import { listOf } from '@tenantry/contract/page';
import {
  adjustCreditsInput,
  creditProposal,
  decideProposalInput,
  listProposalsInput,
} from '@tenantry/contract/staff-credit';
import {
  approveProposal,
  listProposals,
  proposeAdjustment,
  rejectProposal,
} from '@tenantry/services/staff/credit-proposal';
import { router, run, staff } from '../procedures.ts';

const tags = ['creditProposal'];
const path = '/accounts/{accountId}/credits/proposals';
const corrects = { power: 'credit:adjust', throttle: 'default', account: ['accountId'] } as const;

export const creditProposalRouter = router({
  list: staff(
    { power: 'account:read', throttle: 'default', account: ['accountId'] },
    { method: 'GET', path, tags, summary: 'The corrections of an account that two members of staff decide' },
  )
    .input(listProposalsInput)
    .output(listOf(creditProposal))
    .query(run(listProposals)),

  create: staff(
    {
      ...corrects,
      audit: { facts: ['amount', 'reason', 'kind', 'reference'] },
      refusals: ['invalid_input', 'insufficient_credits', 'role_forbids'],
    },
    {
      method: 'POST',
      path,
      status: 201,
      tags,
      summary: 'Ask for a correction of credits that another member of staff decides',
      description: 'It moves no credit.',
    },
  )
    .input(adjustCreditsInput)
    .output(creditProposal)
    .mutation(run(proposeAdjustment)),

  approve: staff(
    {
      ...corrects,
      audit: { subject: 'proposalId', facts: ['reason'] },
      refusals: [
        'not_found',
        'conflict',
        'invalid_input',
        'insufficient_credits',
        'reference_taken',
        'role_forbids',
      ],
    },
    {
      method: 'POST',
      path: '/accounts/{accountId}/credits/proposals/{proposalId}/approve',
      tags,
      summary: 'Approve a correction of credits that another member of staff asked for',
    },
  )
    .input(decideProposalInput)
    .output(creditProposal)
    .mutation(run(approveProposal)),

  reject: staff(
    {
      ...corrects,
      audit: { subject: 'proposalId', facts: ['reason'] },
      refusals: ['not_found', 'conflict'],
    },
    {
      method: 'POST',
      path: '/accounts/{accountId}/credits/proposals/{proposalId}/reject',
      tags,
      summary: 'Reject a correction of credits, or take back one of your own',
    },
  )
    .input(decideProposalInput)
    .output(creditProposal)
    .mutation(run(rejectProposal)),
});
