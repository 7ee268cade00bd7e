import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
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
  readonly retryAfterSeconds?: number;
}

const transportTexts = {
  invalid_input: [400, 'Bad Request', 'The request does not have the required form.'],
  not_found: [404, 'Not Found', 'There is nothing here that you may see.'],
  method_not_allowed: [405, 'Method Not Allowed', 'This path does not take that method.'],
  payload_too_large: [413, 'Payload Too Large', 'The request body is too large.'],
  unsupported_media_type: [
    415,
    'Unsupported Media Type',
    'The request body has a type that is not accepted here.',
  ],
  internal_error: [
    500,
    'Internal Server Error',
    'Something failed on our side. Quote the request id when you report it.',
  ],
} as const satisfies Record<string, readonly [number, string, string]>;

/** What Node's parser refuses before there is a request, with fixed texts. */
const parserTexts = {
  request_timeout: [408, 'Request Timeout', 'The request did not arrive in time; send it again.'],
  expectation_failed: [417, 'Expectation Failed', 'The header Expect can only be 100-continue.'],
  headers_too_large: [
    431,
    'Request Header Fields Too Large',
    'The path and the headers are larger than 16 KB together; send fewer or shorter ones.',
  ],
} as const satisfies Record<string, readonly [number, string, string]>;

/** Every code that a problem of the transport can have. */
type ProblemCode = keyof typeof transportTexts | keyof typeof parserTexts;

const textsOf: Record<ProblemCode, readonly [number, string, string]> = { ...transportTexts, ...parserTexts };

/** What is refused before the gate, on both transports, with fixed texts. */
export type TransportCode = Exclude<keyof typeof transportTexts, 'internal_error'>;

/** How one server answers what is refused before the gate, and what its transport refuses. */
export interface TransportErrors {
  /** The problem of a refusal before the gate, of the parser, or of a fault, which says nothing but the request id. */
  readonly problem: (code: ProblemCode, requestId: string) => Problem;
  /** Sends a refusal that precedes the gate. */
  readonly send: (reply: FastifyReply, code: TransportCode, requestId: string) => FastifyReply;
  /** Answers what Fastify itself refuses; an error that it does not know is logged once and becomes a bare 500. */
  readonly answer: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => void;
}

/** Makes the transport's answers; the `type` of each problem is its code behind `typePrefix`. */
export function transportErrors(typePrefix: string): TransportErrors {
  const problem: TransportErrors['problem'] = (code, requestId) => {
    const [status, title, detail] = textsOf[code];
    return { type: `${typePrefix}${code}`, title, status, detail, code, requestId };
  };
  return {
    problem,
    send: (reply, code, requestId) => sendProblem(reply, problem(code, requestId)),
    answer: (error, request, reply) => {
      const code = transportCode(error);
      if (code === undefined) request.log.error({ err: error, requestId: request.id }, 'unexpected fault');
      sendProblem(reply, problem(code ?? 'internal_error', request.id));
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

/** Sends exactly this problem under its own status, with Retry-After where it names a wait. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  if (problem.retryAfterSeconds !== undefined)
    reply.header('retry-after', String(Math.ceil(problem.retryAfterSeconds)));
  return reply.code(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}

const codeOfFault: Readonly<Record<string, TransportCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'invalid_input',
  FST_ERR_CTP_INVALID_JSON_BODY: 'invalid_input',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'invalid_input',
  FST_ERR_ROUTE_MISSING_CONTENT_TYPE: 'unsupported_media_type',
  FST_ERR_BAD_URL: 'invalid_input',
  FST_ERR_MAX_PARAM_LENGTH: 'not_found',
};

function transportCode(error: FastifyError): TransportCode | undefined {
  const known = Object.hasOwn(codeOfFault, error.code ?? '') ? codeOfFault[error.code] : undefined;
  // Only the JSON parser throws a SyntaxError that already carries the status 400.
  return known ?? (error instanceof SyntaxError && error.statusCode === 400 ? 'invalid_input' : undefined);
}

/**
 * Makes this instance answer every transport error and every unknown route as a problem. A malformed URL is refused
 * before any hook: pass `errors.answer` as the server's `frameworkErrors` as well.
 */
export function registerTransportErrors(fastify: FastifyInstance, errors: TransportErrors): void {
  fastify.setErrorHandler(errors.answer);
  fastify.setNotFoundHandler((request, reply) => errors.send(reply, 'not_found', request.id));
}
