import { orThrow } from '@tenantry/gate/error-boundary';
import { text } from '@tenantry/rest/schemas';
import { confirmPasswordReset } from '@tenantry/services/password-reset/confirm';
import { createPasswordReset } from '@tenantry/services/password-reset/create';
import { z } from 'zod';
import { flowOf } from '../flow-of.ts';
import { forgetSessions } from '../forget.ts';
import { openProcedure, router } from '../procedure.ts';
import { mailedToken, newPassword } from '../schemas.ts';

const tags = ['password'];
const done = z.object({});

export const passwordResetRouter = router({
  create: openProcedure(
    { throttle: 'auth_strict' },
    { method: 'POST', path: '/password-resets', tags, summary: 'Ask for a link to set a new password' },
  )
    .input(z.strictObject({ email: text(254) }))
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
    .input(z.strictObject({ token: mailedToken, password: newPassword }))
    .output(done)
    .mutation(async ({ ctx, input }) => {
      const { sessionIds } = orThrow(await confirmPasswordReset(flowOf(ctx), ctx.app.identity, input));
      forgetSessions(ctx, sessionIds);
      return {};
    }),
});
