import { PaymentProof } from '@tenantry/db/billing/entity';
import { refuse } from '@tenantry/domain/refusals';
import { problemOf, refusalError } from '@tenantry/gate/error-boundary';
import { sendProblem } from '@tenantry/rest/problem';
import { id } from '@tenantry/rest/schemas';
import { accountOfPayment } from '@tenantry/db/staff/queries';
import { getTRPCErrorFromUnknown } from '@trpc/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { House } from './house.ts';
import { router, staffProcedure } from './procedure.ts';
import { makeStreet } from './street.ts';

const path = '/payments/{paymentId}/proofs/{proofId}';

/** A procedure whose answer is a file, so that it stands behind the same gate; it has a route of its own. */
const proofRouter = router({
  get: staffProcedure({ power: 'account:read' }, { method: 'GET', path, summary: 'A stored proof' })
    .input(z.strictObject({ paymentId: id, proofId: id }))
    .query(async ({ ctx: { house, flow }, input }) => {
      const accountId = await house.database.look({}, (em) => accountOfPayment(em, input.paymentId));
      if (accountId === undefined) throw refusalError(refuse('not_found'));
      const proof = await house.database.transact({ accountId }, flow.deed, ({ em }) =>
        em.findOne(PaymentProof, { id: input.proofId, paymentId: input.paymentId }),
      );
      const file = proof?.fileName == null ? undefined : await house.proofs.read(proof.fileName);
      if (file === undefined) throw refusalError(refuse('not_found'));
      return { file, name: proof?.fileName ?? 'proof' };
    }),
});

async function answer(house: House, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  try {
    const { file, name } = await proofRouter._def.procedures.get({
      ctx: makeStreet(house, request, reply),
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
export async function serveProofs(scope: FastifyInstance, { house }: { house: House }): Promise<void> {
  scope.get('/payments/:paymentId/proofs/:proofId', { exposeHeadRoute: false }, (request, reply) =>
    answer(house, request, reply),
  );
}
