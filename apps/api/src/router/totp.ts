import { orThrow } from '@tenantry/gate/error-boundary';
import { nothing } from '@tenantry/rest/schemas';
import { confirmTotp } from '@tenantry/services/totp/confirm';
import { createTotp } from '@tenantry/services/totp/create';
import { disableTotp } from '@tenantry/services/totp/disable';
import { z } from 'zod';
import { flowOf } from '../flow-of.ts';
import { personProcedure, router } from '../procedure.ts';
import { secondFactorCode } from '../schemas.ts';

const tags = ['totp'];
const terms = { throttle: 'auth' } as const;
const withCode = z.strictObject({ code: secondFactorCode });

export const totpRouter = router({
  create: personProcedure(terms, {
    method: 'POST',
    path: '/me/totp',
    status: 201,
    tags,
    summary: 'Begin to set up an authenticator app',
  })
    .input(nothing)
    .output(z.object({ secret: z.string(), uri: z.string() }))
    .mutation(async ({ ctx }) =>
      orThrow(await createTotp(flowOf(ctx, ctx.actor), ctx.app.identity, ctx.actor)),
    ),

  confirm: personProcedure(terms, {
    method: 'POST',
    path: '/me/totp/confirm',
    tags,
    summary: 'Confirm it with a code',
  })
    .input(withCode)
    .output(z.object({ recoveryCodes: z.array(z.string()) }))
    .mutation(async ({ ctx, input }) => {
      const { userId } = ctx.actor;
      return orThrow(await confirmTotp(flowOf(ctx, ctx.actor), ctx.app.identity, { userId, ...input }));
    }),

  disable: personProcedure(terms, {
    method: 'POST',
    path: '/me/totp/disable',
    tags,
    summary: 'Take it away with a code',
  })
    .input(withCode)
    .output(z.object({}))
    .mutation(async ({ ctx, input }) => {
      const { userId } = ctx.actor;
      orThrow(await disableTotp(flowOf(ctx, ctx.actor), ctx.app.identity, { userId, ...input }));
      return {};
    }),
});
