import { STATUS_CODES } from 'node:http';
import { problemTypePrefix } from '@tenantry/contract/problem';
import { isLostRace, isUnavailable } from '@tenantry/db/constraints';
import { Refused } from '@tenantry/db/transaction';
import {
  type ProblemCode,
  type Refusal,
  type RefusalFacts,
  faultTitle,
  isRefusal,
  parserStatus,
  parserTitle,
  refusalStatus,
  refusalTitle,
  refuse,
} from '@tenantry/domain/refusals';
import { TRPCError, type TRPC_ERROR_CODE_KEY, getTRPCErrorFromUnknown } from '@trpc/server';

/** An RFC 9457 problem; the body of every refusal on both transports. */
export interface ProblemBody extends RefusalFacts {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: ProblemCode;
  requestId: string;
}

const codeOfStatus = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  402: 'PAYMENT_REQUIRED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_SUPPORTED',
  409: 'CONFLICT',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  422: 'UNPROCESSABLE_CONTENT',
  429: 'TOO_MANY_REQUESTS',
  503: 'SERVICE_UNAVAILABLE',
} as const satisfies Record<(typeof refusalStatus)[keyof typeof refusalStatus], TRPC_ERROR_CODE_KEY>;

/** A refusal as the error that tRPC carries to either transport. */
export function refusalError(refusal: Refusal): TRPCError {
  const code = codeOfStatus[refusalStatus[refusal.refused]];
  return new TRPCError({ code, message: refusalTitle[refusal.refused], cause: new Refused(refusal) });
}

/** Throws when the answer of a step is a refusal; lets everything else through. */
export function orThrow<T>(answer: T): Exclude<T, Refusal> {
  if (isRefusal(answer)) throw refusalError(answer);
  return answered(answer);
}

function answered<T>(answer: T): Exclude<T, Refusal> {
  return answer as Exclude<T, Refusal>;
}

/**
 * Turns any error of a call into the one that a caller may see: a refusal keeps its status, a change that another one was
 * faster than becomes `conflict`, a dependency that is down `unavailable`, everything else a bare 500. `isFault` says that an engineer should look at it.
 */
function boundError(error: TRPCError): { error: TRPCError; isFault: boolean } {
  if (error.code !== 'INTERNAL_SERVER_ERROR') return { error, isFault: false };
  const { cause } = error;
  if (cause instanceof Refused) return { error: refusalError(cause.refusal), isFault: false };
  if (isLostRace(cause)) return { error: refusalError(refuse('conflict')), isFault: false };
  if (isUnavailable(cause))
    return { error: refusalError(refuse('unavailable', { retryAfterSeconds: 1 })), isFault: true };
  return { error, isFault: true };
}

/** Where a failed call is reported: the log, and the headers of the answer. */
export interface ErrorReport {
  requestId: string;
  path: string;
  log: { error(facts: object, text: string): void };
  setHeader(name: string, value: string): void;
}

/** The error that a caller may see. A fault is logged here, and nowhere else. */
export function toPublicError(fault: unknown, { requestId, path, log, setHeader }: ErrorReport): TRPCError {
  const inner = getTRPCErrorFromUnknown(fault);
  const { error, isFault } = boundError(inner);
  if (isFault) log.error({ err: inner.cause ?? inner, requestId, path }, 'call failed');
  const { status, retryAfterSeconds } = problemOf(error, requestId);
  if (status === 401) setHeader('www-authenticate', 'Bearer');
  if (retryAfterSeconds !== undefined) setHeader('retry-after', String(retryAfterSeconds));
  return error;
}

const codeOfTransport: Partial<Record<TRPC_ERROR_CODE_KEY, Refusal['refused']>> = {
  BAD_REQUEST: 'invalid_input',
  PARSE_ERROR: 'invalid_input',
  NOT_FOUND: 'not_found',
  METHOD_NOT_SUPPORTED: 'method_not_allowed',
  PAYLOAD_TOO_LARGE: 'payload_too_large',
  UNSUPPORTED_MEDIA_TYPE: 'unsupported_media_type',
};

/** The problem of what a transport refuses before the gate, of what its parser refuses, or of its fault. */
export function transportProblem(
  code: ProblemCode,
  requestId: string,
  facts: RefusalFacts = {},
): ProblemBody {
  if (code === 'internal_error') return fault(requestId);
  return isParserCode(code)
    ? problemBody(code, { status: parserStatus[code], detail: parserTitle[code] }, requestId)
    : problem(refuse(code, facts), requestId);
}

const isParserCode = (code: ProblemCode): code is keyof typeof parserStatus =>
  Object.hasOwn(parserStatus, code);

/** The problem that an error is told as. It names codes, figures and input paths; never a text of ours or of others. */
export function problemOf(error: TRPCError, requestId: string): ProblemBody {
  if (error.cause instanceof Refused) return problem(error.cause.refusal, requestId);
  const code = codeOfTransport[error.code];
  if (code === undefined) return fault(requestId);
  const errors = issuesOf(error.cause);
  return problem(refuse(code, errors.length === 0 ? {} : { errors }), requestId);
}

function problem({ refused, facts }: Refusal, requestId: string): ProblemBody {
  const said = { status: refusalStatus[refused], detail: refusalTitle[refused] };
  return { ...problemBody(refused, said, requestId), ...facts };
}

function fault(requestId: string): ProblemBody {
  return problemBody('internal_error', { status: 500, detail: faultTitle }, requestId);
}

function problemBody(
  code: ProblemCode,
  { status, detail }: { status: number; detail: string },
  requestId: string,
): ProblemBody {
  const title = STATUS_CODES[status] ?? 'Error';
  return { type: `${problemTypePrefix}${code}`, title, status, detail, code, requestId };
}

/** The issues of a refused input, from a schema or from the transport that built it. */
function issuesOf(cause: unknown): { path: string; message: string }[] {
  if (typeof cause !== 'object' || cause === null || !('issues' in cause)) return [];
  const { issues } = cause;
  if (!Array.isArray(issues)) return [];
  return issues.flatMap(pathsOf).slice(0, 50);
}

/** One issue as clients read it; a schema names all unknown keys in one issue, and each gets its own path here. */
function pathsOf(issue: unknown): { path: string; message: string }[] {
  if (typeof issue !== 'object' || issue === null || !('message' in issue)) return [];
  const path = 'path' in issue && Array.isArray(issue.path) ? issue.path.map(String) : [];
  if ('code' in issue && issue.code === 'unrecognized_keys' && 'keys' in issue && Array.isArray(issue.keys))
    return issue.keys.map((key) => ({
      path: [...path, String(key)].join('.'),
      message: 'is not known here',
    }));
  return [{ path: path.join('.'), message: String(issue.message) }];
}
