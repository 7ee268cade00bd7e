import { done, nothing } from '@tenantry/contract/fields';
import { createStaffSessionInput, staffSession } from '@tenantry/contract/staff-session';
import { createStaffSession } from '@tenantry/services/staff/create-session';
import { deleteStaffSession } from '@tenantry/services/staff/delete-session';
import { open, router, runForPerson, runWithoutAccount, staff } from '../procedures.ts';

const tags = ['session'];

export const sessionRouter = router({
  create: open(
    { throttle: 'auth', refusals: ['unauthenticated', 'throttled'] },
    { method: 'POST', path: '/sessions', status: 201, tags, summary: 'Sign in as staff' },
  )
    .input(createStaffSessionInput)
    .output(staffSession)
    .mutation(runWithoutAccount(createStaffSession)),

  delete: staff(
    { power: 'account:read', throttle: 'default', refusals: ['unauthenticated'] },
    { method: 'DELETE', path: '/sessions/current', tags, summary: 'Sign out' },
  )
    .input(nothing)
    .output(done)
    .mutation(runForPerson(deleteStaffSession)),
});
