import { confirmEmailVerificationInput } from '@tenantry/contract/email-verification';
import { done, nothing } from '@tenantry/contract/fields';
import { orThrow } from '@tenantry/gate/error-boundary';
import { confirmEmailVerification } from '@tenantry/services/email-verification/confirm';
import { createEmailVerification } from '@tenantry/services/email-verification/create';
import { flowOf } from '../flow-of.ts';
import { openProcedure, personProcedure, router } from '../procedure.ts';

const tags = ['email'];

export const emailVerificationRouter = router({
  create: personProcedure(
    { throttle: 'auth_strict' },
    {
      method: 'POST',
      path: '/email-verifications',
      tags,
      summary: 'Ask for a link that confirms your address',
    },
  )
    .input(nothing)
    .output(done)
    .mutation(({ ctx, path }) => {
      const { identity, emails, background } = ctx.app;
      const { userId } = ctx.actor;
      background.run(path, () =>
        createEmailVerification(flowOf(ctx, ctx.actor), identity, emails, { userId }),
      );
      return {};
    }),

  confirm: openProcedure(
    { throttle: 'auth' },
    {
      method: 'POST',
      path: '/email-verifications/confirm',
      tags,
      summary: 'Confirm an address with a mailed token',
    },
  )
    .input(confirmEmailVerificationInput)
    .output(done)
    .mutation(async ({ ctx, input }) => {
      orThrow(await confirmEmailVerification(flowOf(ctx), ctx.app.identity, input));
      return {};
    }),
});
