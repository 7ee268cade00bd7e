import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { drain } from './drain.ts';
import { isJsonObject } from './json-schema.ts';

/** An RFC 9457 problem, as both transports carry it. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly requestId: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
  readonly required?: number;
  readonly available?: number;
  readonly limit?: number;
  readonly used?: number;
  readonly expected?: { readonly amount: number; readonly currency: string };
  readonly given?: { readonly amount: number; readonly currency: string };
  readonly retryAfterSeconds?: number;
  readonly reason?: string;
  readonly credits?: { readonly charged: number; readonly available: number };
}

/** What is refused before the gate, on both transports, with fixed texts. */
export type TransportCode =
  | 'invalid_input'
  | 'origin_refused'
  | 'not_found'
  | 'method_not_allowed'
  | 'payload_too_large'
  | 'unsupported_media_type'
  | ParserCode;

/** What Node's parser refuses before there is a request. */
type ParserCode = 'request_timeout' | 'expectation_failed' | 'headers_too_large';

/** A refusal before the gate. `message` tells what is wrong with the request as a whole. */
export interface TransportRefusal {
  readonly code: TransportCode;
  readonly message?: string;
}

/** Makes the problem of a refusal before the gate, or of a fault, which says nothing but the request id. */
export type TransportProblem = (
  code: TransportCode | 'internal_error',
  requestId: string,
  facts?: { errors: { path: string; message: string }[] },
) => Problem;

/** How one server answers what is refused before the gate, and what its transport refuses. */
export interface TransportErrors {
  readonly problem: (refusal: TransportRefusal | 'internal_error', requestId: string) => Problem;
  /** Sends a refusal that precedes the gate. */
  readonly send: (reply: FastifyReply, refusal: TransportRefusal, requestId: string) => FastifyReply;
  /** Answers what Fastify itself refuses; an error that it does not know is logged once and becomes a bare 500. */
  readonly answer: (
    error: FastifyError,
    request: FastifyRequest,
    reply: FastifyReply,
  ) => Promise<FastifyReply>;
}

/** Makes the transport's answers of the problems that an app has for them. */
export function transportErrors(problemOf: TransportProblem): TransportErrors {
  const problem: TransportErrors['problem'] = (refusal, requestId) => {
    if (refusal === 'internal_error') return problemOf(refusal, requestId);
    const { code, message } = refusal;
    return message === undefined
      ? problemOf(code, requestId)
      : problemOf(code, requestId, { errors: [{ path: '', message }] });
  };
  return {
    problem,
    send: (reply, refusal, requestId) => sendProblem(reply, problem(refusal, requestId)),
    answer: async (error, request, reply) => {
      const refusal = refusalOfFault(error, request) ?? 'internal_error';
      await drain(request.raw);
      return sendProblem(reply, problem(refusal, request.id));
    },
  };
}

/** Tells a complete problem from whatever else an error formatter may answer. */
export function isProblem(value: unknown): value is Problem {
  return (
    isJsonObject(value) &&
    ['type', 'title', 'detail', 'code', 'requestId'].every((key) => typeof value[key] === 'string') &&
    Number.isInteger(value['status']) &&
    Number(value['status']) >= 400 &&
    Number(value['status']) <= 599
  );
}

/** Sends exactly this problem, under its own status unless another is given, with Retry-After where it names a wait. */
export function sendProblem(
  reply: FastifyReply,
  problem: Problem,
  status: number = problem.status,
): FastifyReply {
  if (problem.retryAfterSeconds !== undefined)
    reply.header('retry-after', String(Math.ceil(problem.retryAfterSeconds)));
  return reply.code(status).type('application/problem+json').send(JSON.stringify(problem));
}

const notJson: TransportRefusal = { code: 'invalid_input', message: 'The body is not JSON in UTF-8.' };

const refusalOfCode: Readonly<Record<string, TransportRefusal>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: { code: 'payload_too_large' },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: { code: 'unsupported_media_type' },
  FST_ERR_CTP_EMPTY_JSON_BODY: notJson,
  FST_ERR_CTP_INVALID_JSON_BODY: notJson,
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    code: 'invalid_input',
    message: 'The body is not as long as its Content-Length says.',
  },
  FST_ERR_ROUTE_MISSING_CONTENT_TYPE: { code: 'unsupported_media_type' },
  FST_ERR_BAD_URL: { code: 'invalid_input', message: 'The URL is not percent-encoded UTF-8.' },
  FST_ERR_MAX_PARAM_LENGTH: { code: 'not_found' },
};

/** What an error of Fastify is refused as. One that it does not know is a fault, which is logged here once. */
export function refusalOfFault(error: FastifyError, request: FastifyRequest): TransportRefusal | undefined {
  const { code } = error;
  if (Object.hasOwn(refusalOfCode, code)) return refusalOfCode[code];
  // Only the JSON parser throws a SyntaxError that already carries the status 400.
  if (error instanceof SyntaxError && error.statusCode === 400) return notJson;
  request.log.error({ err: error, requestId: request.id }, 'unexpected fault');
  return undefined;
}

/** What a path that no route has is refused as. */
export const unknownPath: TransportRefusal = {
  code: 'not_found',
  message: 'No operation has this path; /openapi.json lists them all.',
};
