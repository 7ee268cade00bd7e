import { done } from '@tenantry/contract/fields';
import { changePasswordInput } from '@tenantry/contract/me';
import { changeStaffPassword } from '@tenantry/services/staff/own-security';
import { router, runForPerson, staff } from '../procedures.ts';

export const meRouter = router({
  changePassword: staff(
    {
      power: 'any',
      beforeSecondFactor: true,
      throttle: 'auth',
      refusals: ['unauthenticated', 'throttled', 'invalid_input'],
    },
    {
      method: 'POST',
      path: '/me/password',
      tags: ['me'],
      summary: 'Change your own password, and end every other session',
    },
  )
    .input(changePasswordInput)
    .output(done)
    .mutation(runForPerson(changeStaffPassword)),
});
