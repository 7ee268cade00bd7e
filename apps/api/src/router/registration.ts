import { registerInput, registration } from '@tenantry/contract/registration';
import { orThrow } from '@tenantry/gate/error-boundary';
import { createEmailVerification } from '@tenantry/services/email-verification/create';
import { register } from '@tenantry/services/registration/create';
import { flowOf } from '../flow-of.ts';
import { present } from '@tenantry/rest/present';
import { openProcedure, router } from '../procedure.ts';

export const registrationRouter = router({
  create: openProcedure(
    { throttle: 'auth_strict' },
    { method: 'POST', path: '/registrations', status: 201, tags: ['registration'], summary: 'Register' },
  )
    .input(registerInput)
    .output(registration)
    .mutation(async ({ ctx, input, path }) => {
      const { identity, emails, background } = ctx.app;
      const registered = orThrow(await register(flowOf(ctx), identity, input));
      const userId = registered.user.id;
      background.run(path, () => createEmailVerification(flowOf(ctx), identity, emails, { userId }));
      return present(registered);
    }),
});
