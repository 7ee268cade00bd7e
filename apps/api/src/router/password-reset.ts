import { done } from '@tenantry/contract/fields';
import { confirmPasswordResetInput, createPasswordResetInput } from '@tenantry/contract/password-reset';
import { orThrow } from '@tenantry/gate/error-boundary';
import { confirmPasswordReset } from '@tenantry/services/password-reset/confirm';
import { createPasswordReset } from '@tenantry/services/password-reset/create';
import { flowOf } from '../flow-of.ts';
import { forgetSessions } from '../forget.ts';
import { openProcedure, router } from '../procedure.ts';

const tags = ['password'];

export const passwordResetRouter = router({
  create: openProcedure(
    { throttle: 'auth_strict' },
    { method: 'POST', path: '/password-resets', tags, summary: 'Ask for a link to set a new password' },
  )
    .input(createPasswordResetInput)
    .output(done)
    .mutation(({ ctx, input, path }) => {
      const { identity, emails, background } = ctx.app;
      // Behind the answer, so that neither its bytes nor its time tell whether the address is known.
      background.run(path, () => createPasswordReset(flowOf(ctx), identity, emails, input));
      return {};
    }),

  confirm: openProcedure(
    { throttle: 'auth' },
    {
      method: 'POST',
      path: '/password-resets/confirm',
      tags,
      summary: 'Set a new password with a mailed token',
    },
  )
    .input(confirmPasswordResetInput)
    .output(done)
    .mutation(async ({ ctx, input }) => {
      const { sessionIds } = orThrow(await confirmPasswordReset(flowOf(ctx), ctx.app.identity, input));
      forgetSessions(ctx, sessionIds);
      return {};
    }),
});
