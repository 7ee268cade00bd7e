import { accountHeader, idempotencyKeyHeader, idempotencyReplayedHeader } from '@tenantry/contract/headers';
import { problem } from '@tenantry/contract/problem';
import { type RefusalCode, refusalStatus } from '@tenantry/domain/refusals';
import { describeTerms } from './description.ts';
import { type GateHeader, headersReadFor, refusalsOf } from './documented.ts';
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
    description: 'The account that the call is for. A person who belongs to several accounts must name one.',
    schema: { type: 'string', format: 'uuid' },
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
};

/** What an OpenAPI document says of every procedure behind the gate: whom it serves, its headers, and its refusals by status. */
export const gateDescription = {
  problem,
  headers,
  descriptionOf: (procedure: DocumentedProcedure): string =>
    describeTerms(termsOf(procedure), procedure.type),
  headersOf: (procedure: DocumentedProcedure): readonly GateHeader[] =>
    headersReadFor(termsOf(procedure), procedure),
  responseHeaders,
  responseHeadersOf: (procedure: DocumentedProcedure): readonly string[] =>
    headersReadFor(termsOf(procedure), procedure).includes(idempotencyKeyHeader)
      ? [idempotencyReplayedHeader]
      : [],
  refusalsOf: (procedure: DocumentedProcedure): { status: number; code: RefusalCode }[] =>
    refusalsOf(termsOf(procedure), { type: procedure.type, hasInput: procedure.inputs.length > 0 }).map(
      (code) => ({
        status: refusalStatus[code],
        code,
      }),
    ),
};

function termsOf({ name, meta: { terms } }: DocumentedProcedure): ProcedureTerms {
  if (terms === undefined) throw new Error(`${name} has no terms.`);
  return terms;
}
