import type { ComponentSet } from './components.ts';
import type { DocumentOptions } from './document-options.ts';
import { describe, type JsonObject } from './json-schema.ts';
import type { RestProcedure } from './procedures.ts';

/** The responses of a procedure by status: its success, and its refusals. */
export function responsesOf(
  options: DocumentOptions,
  procedure: RestProcedure,
  components: ComponentSet,
): JsonObject {
  const success = isDownload(procedure) ? fileResponse : successOf(procedure, components);
  return {
    [String(procedure.status)]: { ...success, ...headersOf(options, procedure) },
    ...refusalResponses(options, procedure),
    default: { $ref: '#/components/responses/Problem' },
  };
}

function headersOf({ responseHeadersOf }: DocumentOptions, procedure: RestProcedure): JsonObject {
  const names = responseHeadersOf?.(procedure) ?? [];
  if (names.length === 0) return {};
  return {
    headers: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }])),
  };
}

function successOf(procedure: RestProcedure, components: ComponentSet): JsonObject {
  if (procedure.status === 204) return { description: 'Done.' };
  const output = procedure.output === undefined ? {} : describe(procedure.output, 'output');
  return {
    description: 'Done.',
    content: { 'application/json': { schema: components.embed(output, output) } },
  };
}

const fileResponse = {
  description: 'The file.',
  content: { '*/*': { schema: { type: 'string', format: 'binary' } } },
};

/** A GET without an output schema answers a file. */
function isDownload({ route, output }: RestProcedure): boolean {
  return route.method === 'GET' && output === undefined;
}

/** One response for each status, with the closed list of codes that it can have. */
function refusalResponses({ refusalsOf }: DocumentOptions, procedure: RestProcedure): JsonObject {
  const byStatus = Map.groupBy(refusalsOf?.(procedure) ?? [], ({ status }) => status);
  return Object.fromEntries(
    [...byStatus].map(([status, refusals]) => {
      const codes = refusals.map(({ code }) => code);
      const problem = { $ref: '#/components/schemas/Problem' };
      const description = codes.map((code) => `\`${code}\``).join(', ');
      const schema = {
        allOf: [problem, { type: 'object', properties: { code: { description, enum: codes } } }],
      };
      return [String(status), { description, content: { 'application/problem+json': { schema } } }];
    }),
  );
}
