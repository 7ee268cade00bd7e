import type { ComponentSet } from './components.ts';
import type { DocumentOptions, DocumentedRefusal } from './document-options.ts';
import { describe, type JsonObject } from './json-schema.ts';
import type { RestProcedure } from './procedures.ts';

/** The header of every answer. */
export const requestIdHeader = 'X-Request-Id';

/** What any operation can be answered besides the refusals of its procedure: by the transport, and by a fault. */
function transportRefusals(hasBody: boolean): DocumentedRefusal[] {
  const ofBodies = [
    { status: 400, code: 'invalid_input' },
    { status: 413, code: 'payload_too_large' },
    { status: 415, code: 'unsupported_media_type' },
  ];
  return [...(hasBody ? ofBodies : []), { status: 500, code: 'internal_error' }];
}

/** The responses of a procedure by status: its success, and each status that it can be refused with. */
export function responsesOf(
  options: DocumentOptions,
  procedure: RestProcedure,
  { components, hasBody }: { components: ComponentSet; hasBody: boolean },
): JsonObject {
  const { status } = procedure;
  const refusals = [...(options.refusalsOf?.(procedure) ?? []), ...transportRefusals(hasBody)];
  const byStatus = [...Map.groupBy(refusals, (refusal) => refusal.status)].toSorted(
    ([left], [right]) => left - right,
  );
  const { statusUnless } = procedure.route;
  const succeeding = statusUnless === undefined ? [status] : [statusUnless.status, status];
  return Object.fromEntries([
    ...succeeding.map((one) => [
      String(one),
      { ...successOf(procedure, components), ...headersOf(options, procedure, one) },
    ]),
    ...byStatus.map(([refused, members]) => [
      String(refused),
      {
        ...refusalResponse(refused, [...new Set(members.map(({ code }) => code))]),
        ...headersOf(options, procedure, refused),
      },
    ]),
  ]);
}

function headersOf(
  { responseHeadersOf }: DocumentOptions,
  procedure: RestProcedure,
  status: number,
): JsonObject {
  const names = [requestIdHeader, ...(responseHeadersOf?.(procedure, status) ?? [])];
  return {
    headers: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }])),
  };
}

function successOf(procedure: RestProcedure, components: ComponentSet): JsonObject {
  if (isDownload(procedure)) return fileResponse;
  if (procedure.status === 204) return { description: 'Done.' };
  const output = procedure.output === undefined ? {} : describe(procedure.output, 'output');
  return {
    description: 'Done.',
    content: { 'application/json': { schema: components.embed(output, output) } },
  };
}

const fileResponse = {
  description: 'The file.',
  content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
};

/** A GET without an output schema answers a file. */
function isDownload({ route, output }: RestProcedure): boolean {
  return route.method === 'GET' && output === undefined;
}

/** A problem that is narrowed to one status and to the closed list of codes that it can have there. */
function refusalResponse(status: number, codes: readonly string[]): JsonObject {
  const description = codes.map((code) => `\`${code}\``).join(', ');
  const narrowed = {
    type: 'object',
    properties: {
      status: { type: 'integer', description: 'The HTTP status.', enum: [status] },
      code: { type: 'string', description, enum: [...codes] },
    },
    required: ['status', 'code'],
  };
  const schema = { allOf: [{ $ref: '#/components/schemas/Problem' }, narrowed] };
  return { description, content: { 'application/problem+json': { schema } } };
}
