import { done, nothing } from '@tenantry/contract/fields';
import { recoveryCodes, totpCodeInput, totpSetup } from '@tenantry/contract/totp';
import { orThrow } from '@tenantry/gate/error-boundary';
import { confirmTotp } from '@tenantry/services/totp/confirm';
import { createTotp } from '@tenantry/services/totp/create';
import { disableTotp } from '@tenantry/services/totp/disable';
import { flowOf } from '../flow-of.ts';
import { personProcedure, router } from '../procedure.ts';

const tags = ['totp'];
const terms = { throttle: 'auth' } as const;

export const totpRouter = router({
  create: personProcedure(terms, {
    method: 'POST',
    path: '/me/totp',
    status: 201,
    tags,
    summary: 'Begin to set up an authenticator app',
  })
    .input(nothing)
    .output(totpSetup)
    .mutation(async ({ ctx }) =>
      orThrow(await createTotp(flowOf(ctx, ctx.actor), ctx.app.identity, ctx.actor)),
    ),

  confirm: personProcedure(terms, {
    method: 'POST',
    path: '/me/totp/confirm',
    tags,
    summary: 'Confirm it with a code',
  })
    .input(totpCodeInput)
    .output(recoveryCodes)
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
    .input(totpCodeInput)
    .output(done)
    .mutation(async ({ ctx, input }) => {
      const { userId } = ctx.actor;
      orThrow(await disableTotp(flowOf(ctx, ctx.actor), ctx.app.identity, { userId, ...input }));
      return {};
    }),
});
