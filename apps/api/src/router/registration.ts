import { orThrow } from '@tenantry/gate/error-boundary';
import { createEmailVerification } from '@tenantry/services/email-verification/create';
import { register } from '@tenantry/services/registration/create';
import { z } from 'zod';
import { flowOf } from '../flow-of.ts';
import { present } from '@tenantry/rest/present';
import { openProcedure, router } from '../procedure.ts';
import { accountOutput } from './account.ts';
import { creditOutput } from './credit-schemas.ts';
import { nameText, paymentMethod, text } from '@tenantry/rest/schemas';
import { email, newPassword } from '../schemas.ts';
import { subscriptionOutput } from './subscription.ts';

const input = z.strictObject({
  email,
  password: newPassword,
  accountName: nameText,
  planSlug: text(50).optional(),
  paymentMethod: paymentMethod.optional(),
});
const output = z.object({
  user: z.object({ id: z.uuid(), email: z.string(), name: z.string().nullable(), createdAt: z.string() }),
  account: accountOutput,
  subscription: subscriptionOutput,
  credits: creditOutput,
});

export const registrationRouter = router({
  create: openProcedure(
    { throttle: 'auth_strict' },
    { method: 'POST', path: '/registrations', status: 201, tags: ['registration'], summary: 'Register' },
  )
    .input(input)
    .output(output)
    .mutation(async ({ ctx, input, path }) => {
      const { identity, emails, background } = ctx.app;
      const registered = orThrow(await register(flowOf(ctx), identity, input));
      const userId = registered.user.id;
      background.run(path, () => createEmailVerification(flowOf(ctx), identity, emails, { userId }));
      return present(registered);
    }),
});
