import { moveTestClockInput, testClock } from '@tenantry/contract/test-clock';
import { moveTestClock } from '@tenantry/services/test-clock/move';
import { router, runForMember, tenant } from '../procedures.ts';

export const testClockRouter = router({
  move: tenant(
    {
      scope: 'clock:write',
      standing: 'any',
      throttle: 'billing',
      work: 'proven',
      refusals: ['invalid_input'],
      audit: { facts: ['at', 'advanceSeconds'] },
    },
    {
      method: 'POST',
      path: '/test-clock',
      tags: ['account'],
      summary: 'Move the clock of a sandbox account',
    },
  )
    .input(moveTestClockInput)
    .output(testClock)
    .mutation(runForMember(moveTestClock)),
});
