import { staffProofInput } from '@tenantry/contract/staff-payment';
import { findProof } from '@tenantry/db/billing/queries';
import { refuse } from '@tenantry/domain/refusals';
import { problemOf, refusalError } from '@tenantry/gate/error-boundary';
import { sendProblem } from '@tenantry/rest/problem';
import { accountOfPayment } from '@tenantry/db/staff/queries';
import { getTRPCErrorFromUnknown } from '@trpc/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { App } from './app.ts';
import { router, staffProcedure } from './procedure.ts';
import { createRequestContext } from './request-context.ts';

const path = '/payments/{paymentId}/proofs/{proofId}';

/** A procedure whose answer is a file, so that it stands behind the same gate; it has a route of its own. */
const proofRouter = router({
  get: staffProcedure({ power: 'account:read' }, { method: 'GET', path, summary: 'A stored proof' })
    .input(staffProofInput)
    .query(async ({ ctx: { app, flow }, input }) => {
      const accountId = await app.database.withoutAccount.read({}, (tx) =>
        accountOfPayment(tx, input.paymentId),
      );
      if (accountId === undefined) throw refusalError(refuse('not_found'));
      const proof = await app.database.inAccount.read({ accountId }, flow.callInfo, (tx) =>
        findProof(tx, input.proofId),
      );
      const file =
        proof?.paymentId !== input.paymentId || proof.fileName == null
          ? undefined
          : await app.proofs.read(proof.fileName);
      if (file === undefined) throw refusalError(refuse('not_found'));
      return { file, name: proof?.fileName ?? 'proof' };
    }),
});

async function answer(app: App, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  try {
    const { file, name } = await proofRouter._def.procedures.get({
      ctx: createRequestContext(app, request, reply),
      path: 'payment.getProof',
      type: 'query',
      input: undefined,
      batchIndex: 0,
      getRawInput: async () => request.params,
      signal: undefined,
    });
    return reply
      .header('content-disposition', `attachment; filename="${name}"`)
      .header('content-security-policy', 'sandbox')
      .type(file.mediaType)
      .send(file.bytes);
  } catch (fault) {
    return sendProblem(reply, problemOf(getTRPCErrorFromUnknown(fault), request.id));
  }
}

/** Serves stored proofs to staff: always as an attachment, sandboxed, and never sniffed. */
export async function serveProofs(scope: FastifyInstance, { app }: { app: App }): Promise<void> {
  scope.get('/payments/:paymentId/proofs/:proofId', { exposeHeadRoute: false }, (request, reply) =>
    answer(app, request, reply),
  );
}
