import { recoveredUser, resetSecondFactorInput } from '@tenantry/contract/staff-user';
import { resetSecondFactor } from '@tenantry/services/staff/reset-second-factor';
import { router, runForPerson, staff } from '../procedures.ts';

export const userRouter = router({
  resetSecondFactor: staff(
    {
      power: 'user:recover',
      throttle: 'default',
      audit: { facts: ['reason'] },
      refusals: ['not_found', 'conflict'],
    },
    {
      method: 'POST',
      path: '/users/reset-second-factor',
      tags: ['user'],
      summary: 'Remove the second factor of a person who has lost it, and end their sessions',
    },
  )
    .input(resetSecondFactorInput)
    .output(recoveredUser)
    .mutation(runForPerson(resetSecondFactor)),
});
