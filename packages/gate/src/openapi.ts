import {
  accountHeader,
  externalAccountHeader,
  idempotencyKeyHeader,
  idempotencyReplayedHeader,
  onBehalfOfHeader,
} from '@tenantry/contract/headers';
import { problem } from '@tenantry/contract/problem';
import { type RefusalCode, refusalStatus } from '@tenantry/domain/refusals';
import { describeTerms } from './description.ts';
import { type CallShape, type GateHeader, headersReadFor, refusalsOf } from './documented.ts';
import type { ProcedureTerms } from './terms.ts';

/** A procedure as a document generator knows it. */
interface DocumentedProcedure {
  readonly name: string;
  readonly type: 'query' | 'mutation';
  readonly inputs: readonly unknown[];
  readonly meta: { readonly terms?: ProcedureTerms; readonly rest?: object };
}

/** The request headers that the gate reads, as an OpenAPI document describes them. */
const headers = {
  [accountHeader]: {
    name: accountHeader,
    description:
      'The account that the call is for. A person who belongs to several accounts must name one, and a service key always.',
    schema: { type: 'string', format: 'uuid' },
  },
  [externalAccountHeader]: {
    name: externalAccountHeader,
    description:
      'The account that a call of a service key is for, by your own id of it, instead of the other header.',
    schema: { type: 'string', minLength: 1, maxLength: 200, pattern: '^[!-~]+$' },
  },
  [onBehalfOfHeader]: {
    name: onBehalfOfHeader,
    description: 'Whom a service key acts for. It is written down with what the call changes.',
    schema: { type: 'string', minLength: 1, maxLength: 100, pattern: '^[!-~]([ -~]*[!-~])?$' },
  },
  [idempotencyKeyHeader]: {
    name: idempotencyKeyHeader,
    description: 'A retry with the same key and the same input gets the first answer again, for 24 hours.',
    schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[!-~]+$' },
  },
} satisfies Record<GateHeader, object>;

/** The response headers that the gate sets, as an OpenAPI document describes them. */
const responseHeaders = {
  [idempotencyReplayedHeader]: {
    description: 'Is `true` where the answer is that of an earlier call with the same Idempotency-Key.',
    schema: { type: 'string', enum: ['true'] },
  },
  RateLimit: {
    description:
      'What is left of the rate that counted the call (`r`), and in how many seconds it is whole again (`t`).',
    schema: { type: 'string', examples: ['"default";r=599;t=42'] },
  },
  'RateLimit-Policy': {
    description: 'The rate that counted the call: how many calls (`q`) in how many seconds (`w`).',
    schema: { type: 'string', examples: ['"default";q=600;w=60'] },
  },
  'Retry-After': {
    description: 'After how many seconds to try again.',
    schema: { type: 'integer', minimum: 0, examples: [42] },
  },
  'WWW-Authenticate': {
    description: 'The scheme of the credential that is asked for.',
    schema: { type: 'string', enum: ['Bearer'] },
  },
};
type ResponseHeader = keyof typeof responseHeaders;

/** The response headers that the gate sets under a status. */
function responseHeadersOf(procedure: DocumentedProcedure, status: number): ResponseHeader[] {
  const terms = termsOf(procedure);
  const codes = refusalsOf(terms, shapeOf(procedure)).filter((code) => refusalStatus[code] === status);
  const waits = status === 429 || status === 503 || codes.includes('idempotency_in_flight');
  const isReplayable = headersReadFor(terms, procedure).includes(idempotencyKeyHeader);
  return [
    ...(status < 300 && isReplayable ? ([idempotencyReplayedHeader] as const) : []),
    // Before the gate no rate has counted the call.
    ...(status === 413 || status === 415 ? [] : (['RateLimit', 'RateLimit-Policy'] as const)),
    ...(waits ? (['Retry-After'] as const) : []),
    ...(status === 401 ? (['WWW-Authenticate'] as const) : []),
  ];
}

const shapeOf = ({ type, inputs }: DocumentedProcedure): CallShape => ({ type, hasInput: inputs.length > 0 });

/** What an OpenAPI document says of every procedure behind the gate: whom it serves, its headers, and its refusals by status. */
export const gateDescription = {
  problem,
  headers,
  descriptionOf: (procedure: DocumentedProcedure): string =>
    describeTerms(termsOf(procedure), procedure.type),
  headersOf: (procedure: DocumentedProcedure): readonly GateHeader[] =>
    headersReadFor(termsOf(procedure), procedure),
  responseHeaders,
  responseHeadersOf,
  refusalsOf: (procedure: DocumentedProcedure): { status: number; code: RefusalCode }[] =>
    refusalsOf(termsOf(procedure), shapeOf(procedure)).map((code) => ({ status: refusalStatus[code], code })),
  license: { name: 'Apache License 2.0', identifier: 'Apache-2.0' },
  contact: { name: 'Tenantry' },
};

function termsOf({ name, meta: { terms } }: DocumentedProcedure): ProcedureTerms {
  if (terms === undefined) throw new Error(`${name} has no terms.`);
  return terms;
}
