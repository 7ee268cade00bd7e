import { listOf } from '@tenantry/contract/page';
import { staffAccountPageInput } from '@tenantry/contract/staff-account';
import { accountEmail, resendEmailInput } from '@tenantry/contract/staff-email';
import { listEmailsForStaff, resendEmail } from '@tenantry/services/staff/emails';
import { router, run, staff } from '../procedures.ts';

const tags = ['email'];

export const emailRouter = router({
  list: staff(
    { power: 'account:read', throttle: 'default', account: ['accountId'] },
    {
      method: 'GET',
      path: '/accounts/{accountId}/emails',
      tags,
      summary: 'The e-mails that owners and admins of an account were sent about it, newest first',
    },
  )
    .input(staffAccountPageInput)
    .output(listOf(accountEmail))
    .query(run(listEmailsForStaff)),

  resend: staff(
    {
      power: 'message:resend',
      throttle: 'default',
      account: ['accountId'],
      audit: { subject: 'emailId', facts: ['reason'] },
      refusals: ['not_found'],
    },
    {
      method: 'POST',
      path: '/accounts/{accountId}/emails/{emailId}/resend',
      tags,
      summary: 'Send an e-mail again',
      description: 'It counts for the mailbox of its person. One that waits stays as it is.',
    },
  )
    .input(resendEmailInput)
    .output(accountEmail)
    .mutation(run(resendEmail)),
});
