import { paymentInput, paymentProof } from '@tenantry/contract/payment';
import multipart from '@fastify/multipart';
import { refuse } from '@tenantry/domain/refusals';
import { proofBytesMax } from '@tenantry/files/proof-store';
import { problemOf, refusalError } from '@tenantry/gate/error-boundary';
import { InputFault } from '@tenantry/rest/procedures';
import { sendProblem } from '@tenantry/rest/problem';
import { addProof } from '@tenantry/services/payment/add-proof';
import { TRPCError, getTRPCErrorFromUnknown } from '@trpc/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { App } from './app.ts';
import { accountProcedure, router } from './procedure.ts';
import { paymentWrites } from './router/payment.ts';
import { createRequestContext } from './request-context.ts';
import { verb } from './verb.ts';

const file = z
  .instanceof(Buffer)
  .meta({ type: 'string', format: 'binary', description: 'The file: PNG, JPEG or PDF, at most 10 MB.' });
const input = paymentInput.extend({ file });

/** Procedures whose input is a file, so that they stand behind the same gate; they have a route of their own. */
export const uploadRouter = router({
  payment: {
    addProof: accountProcedure(paymentWrites, {
      method: 'POST',
      path: '/payments/{paymentId}/proofs',
      status: 201,
      tags: ['payment'],
      summary: 'Add a proof: PNG, JPEG or PDF, at most 10 MB',
    })
      .input(input)
      .output(paymentProof)
      .mutation(
        verb(async (tx, { paymentId, file }, { proofs }) => {
          const saved = await proofs.save(file);
          if ('fault' in saved)
            return refuse(saved.fault === 'too_large' ? 'payload_too_large' : 'unsupported_media_type');
          const { name: fileName, mediaType, sizeBytes } = saved;
          let kept = false;
          try {
            const answer = await addProof(tx, { paymentId, proof: { fileName, mediaType, sizeBytes } });
            kept = !('refused' in answer);
            return answer;
          } finally {
            if (!kept) await proofs.remove(fileName);
          }
        }),
      ),
  },
});

/** The one file of a multipart body, whole; everything else about the body is refused. */
async function fileOf(request: FastifyRequest): Promise<Buffer> {
  if (!request.isMultipart()) throw refusalError(refuse('unsupported_media_type'));
  try {
    const files = [];
    for await (const part of request.parts()) {
      if (part.type !== 'file' || part.fieldname !== 'file') throw fieldFault('takes one file, named file');
      files.push(await part.toBuffer());
    }
    const [file] = files;
    if (file === undefined) throw fieldFault('is required');
    return file;
  } catch (fault) {
    if (fault instanceof TRPCError) throw fault;
    throw multipartFault(fault);
  }
}

function fieldFault(message: string): TRPCError {
  return new TRPCError({ code: 'BAD_REQUEST', cause: new InputFault([{ path: ['file'], message }]) });
}

const tooLargeCodes = new Set([
  'FST_REQ_FILE_TOO_LARGE',
  'FST_FILES_LIMIT',
  'FST_PARTS_LIMIT',
  'FST_FIELDS_LIMIT',
]);

function multipartFault(fault: unknown): TRPCError {
  const code = typeof fault === 'object' && fault !== null && 'code' in fault ? String(fault.code) : '';
  return tooLargeCodes.has(code)
    ? refusalError(refuse('payload_too_large'))
    : fieldFault('is not a whole multipart body');
}

async function answer(app: App, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  try {
    const ctx = createRequestContext(app, request, reply);
    const { paymentId } = z.object({ paymentId: z.string() }).parse(request.params);
    const body = await uploadRouter.payment.addProof({
      ctx,
      path: 'payment.addProof',
      type: 'mutation',
      input: undefined,
      batchIndex: 0,
      getRawInput: async () => ({
        paymentId,
        file: await fileOf(request),
      }),
      signal: undefined,
    });
    return reply.code(201).send(body);
  } catch (fault) {
    return sendProblem(reply, problemOf(getTRPCErrorFromUnknown(fault), request.id));
  }
}

/** Takes proofs of payment as multipart; the body is not read before the gate has let the call in. */
export async function serveUploads(scope: FastifyInstance, { app }: { app: App }): Promise<void> {
  const limits = { fileSize: proofBytesMax, files: 1, fields: 0, parts: 1, headerPairs: 20 };
  await scope.register(multipart, { limits, throwFileSizeLimit: true });
  scope.post('/payments/:paymentId/proofs', { bodyLimit: proofBytesMax + 100_000 }, (request, reply) =>
    answer(app, request, reply),
  );
}
