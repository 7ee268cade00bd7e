import type { FastifyRequest } from 'fastify';
import { carriesBody } from './bodies.ts';
import { describe, isJsonObject, propertiesOf, typesOf } from './json-schema.ts';
import { inputError, type RestProcedure } from './procedures.ts';

const decimal = /^-?(0|[1-9]\d*)(\.\d+)?$/;

export interface InputPlan {
  readonly pathKeys: readonly string[];
  /** Every key that may come from the query, with the JSON types its schema admits. */
  readonly queryKeys: ReadonlySet<string>;
  readonly types: ReadonlyMap<string, ReadonlySet<string>>;
  readonly hasBody: boolean;
  readonly isObject: boolean;
}

/** Reads the procedure's schemas once. Throws when the path names a key that its input does not have. */
export function planInput(procedure: RestProcedure): InputPlan {
  const roots = procedure.inputs.map((schema) => describe(schema, 'input'));
  const types = new Map<string, Set<string>>();
  for (const root of roots) {
    for (const [key, descriptions] of propertiesOf(root)) {
      const admitted = descriptions.flatMap((description) => [...typesOf(description, root)]);
      types.set(key, new Set([...(types.get(key) ?? []), ...admitted]));
    }
  }
  for (const key of procedure.pathKeys) {
    if (!types.has(key)) throw new Error(`The input of ${procedure.name} lacks the path parameter ${key}.`);
  }
  const hasBody = procedure.route.method !== 'GET' && procedure.route.method !== 'DELETE';
  return {
    pathKeys: procedure.pathKeys,
    queryKeys: new Set(hasBody ? [] : [...types.keys()].filter((key) => !procedure.pathKeys.includes(key))),
    types,
    hasBody,
    isObject: types.size > 0 || roots.some((root) => root['type'] === 'object'),
  };
}

/** Converts a path or query string by the schema's JSON type and nothing else; what does not fit stays a string. */
function convert(text: string, types: ReadonlySet<string>): unknown {
  if (types.has('string')) return text;
  if ((types.has('integer') || types.has('number')) && decimal.test(text)) return Number(text);
  if (types.has('boolean') && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw inputError('', 'The query is not percent-encoded UTF-8.');
  }
}

/** Splits a raw query string. Refuses a repeated key and a broken escape. */
function readQuery(url: string): Map<string, string> {
  const start = url.search(/[?#]/);
  const pairs = new Map<string, string>();
  if (start < 0) return pairs;
  for (const part of url.slice(start + 1).split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const key = decode(equals < 0 ? part : part.slice(0, equals));
    if (pairs.has(key)) throw inputError(key, 'This query key is repeated.');
    pairs.set(key, equals < 0 ? '' : decode(part.slice(equals + 1)));
  }
  return pairs;
}

function readBody(request: FastifyRequest, plan: InputPlan): [string, unknown][] {
  if (!plan.hasBody) {
    if (carriesBody(request) || request.body !== undefined)
      throw inputError('', 'This request takes no body.');
    return [];
  }
  if (request.body === undefined) return [];
  if (!isJsonObject(request.body)) throw inputError('', 'The body is not a JSON object.');
  for (const key of plan.pathKeys) {
    if (Object.hasOwn(request.body, key)) throw inputError(key, 'This key belongs to the path.');
  }
  return Object.entries(request.body);
}

function readPath(request: FastifyRequest, plan: InputPlan): [string, unknown][] {
  const params = isJsonObject(request.params) ? request.params : {};
  return plan.pathKeys.map((key) => [key, convert(String(params[key]), plan.types.get(key) ?? new Set())]);
}

/** Builds the one object that the procedure takes over tRPC too. Throws BAD_REQUEST with issues. */
export function buildInput(request: FastifyRequest, plan: InputPlan): unknown {
  const entries: [string, unknown][] = [];
  for (const [key, text] of readQuery(request.raw.url ?? '')) {
    if (!plan.queryKeys.has(key)) throw inputError(key, 'This query key is unknown.');
    entries.push([key, convert(text, plan.types.get(key) ?? new Set())]);
  }
  entries.push(...readBody(request, plan), ...readPath(request, plan));
  if (plan.isObject) return Object.fromEntries(entries);
  if (entries.length === 0) return undefined;
  throw inputError(entries[0]?.[0] ?? '', 'This request takes no input.');
}
