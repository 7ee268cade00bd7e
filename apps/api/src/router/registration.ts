import { orThrow } from '@tenantry/gate/error-boundary';
import { passwordCharactersMax } from '@tenantry/identity/password';
import { isEmail, normaliseEmail } from '@tenantry/identity/email';
import { register } from '@tenantry/services/registration/create';
import { z } from 'zod';
import { flowOf } from '../flow-of.ts';
import { present } from '@tenantry/rest/present';
import { openProcedure, router } from '../procedure.ts';
import { accountOutput } from './account.ts';
import { creditOutput } from './credit.ts';
import { nameText, paymentMethod, text } from '@tenantry/rest/schemas';
import { subscriptionOutput } from './subscription.ts';

export const email = text(254).refine(
  (address) => isEmail(normaliseEmail(address)),
  'is not an e-mail address',
);
export const newPassword = z
  .string()
  .min(10)
  .max(passwordCharactersMax)
  .refine((it) => it.isWellFormed());

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
    .mutation(async ({ ctx, input }) =>
      present(orThrow(await register(flowOf(ctx), ctx.house.identity, input))),
    ),
});
