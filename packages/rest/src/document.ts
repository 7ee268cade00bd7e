import type { AnyTRPCRouter } from '@trpc/server';
import { componentSet, type ComponentSet } from './components.ts';
import { describe, isJsonObject, propertiesOf, requiredOf, type JsonObject } from './json-schema.ts';
import { restProcedures, type RestProcedure } from './procedures.ts';

export interface DocumentOptions {
  readonly router: AnyTRPCRouter;
  /** Procedures that take multipart bodies, on routes of their own. */
  readonly uploads?: AnyTRPCRouter;
  readonly title: string;
  readonly version: string;
  /** With the prefix of the routes: `https://api.example.com/v1`. */
  readonly serverUrl: string;
  /** Default: `__Host-tenantry` on https, else `tenantry`. */
  readonly cookieName?: string;
}

export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: { readonly title: string; readonly version: string };
  readonly servers: readonly { readonly url: string }[];
  readonly security: readonly JsonObject[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;
  readonly components: JsonObject;
}

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code', 'requestId'],
  properties: {
    type: { type: 'string', description: '`urn:tenantry:problem:<code>`' },
    title: { type: 'string' },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    detail: { type: 'string' },
    code: { type: 'string' },
    requestId: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'message'],
        properties: { path: { type: 'string' }, message: { type: 'string' } },
      },
    },
    required: { type: 'integer' },
    available: { type: 'integer' },
    limit: { type: 'integer' },
    used: { type: 'integer' },
    retryAfterSeconds: { type: 'integer', minimum: 0 },
  },
} as const;

const headerParameters = {
  TenantryAccount: {
    name: 'Tenantry-Account',
    in: 'header',
    required: false,
    description: 'The account that the call is for; needed by whoever belongs to several.',
    schema: { type: 'string', format: 'uuid' },
  },
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description: 'The same key with the same input gets the first answer again, for 24 hours.',
    schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[!-~]+$' },
  },
} as const;

function withoutKeys(schema: unknown, keys: readonly string[]): unknown {
  if (!isJsonObject(schema)) return schema;
  const kept: Record<string, unknown> = { ...schema };
  if (isJsonObject(schema['properties'])) {
    const entries = Object.entries(schema['properties']).filter(([key]) => !keys.includes(key));
    kept['properties'] = Object.fromEntries(entries);
  }
  if (Array.isArray(schema['required'])) {
    const required = schema['required'].filter((key) => !keys.includes(String(key)));
    if (required.length > 0) kept['required'] = required;
    else delete kept['required'];
  }
  for (const word of ['anyOf', 'oneOf', 'allOf']) {
    const list = schema[word];
    if (Array.isArray(list)) kept[word] = list.map((branch) => withoutKeys(branch, keys));
  }
  return kept;
}

function oneOrAny(descriptions: readonly unknown[]): unknown {
  const distinct = [...new Map(descriptions.map((item) => [JSON.stringify(item), item])).values()];
  return distinct.length === 1 ? distinct[0] : { anyOf: distinct };
}

function parametersOf(procedure: RestProcedure, root: JsonObject, components: ComponentSet): JsonObject[] {
  const inQuery = procedure.route.method === 'GET' || procedure.route.method === 'DELETE';
  const required = requiredOf(root);
  const found: JsonObject[] = [];
  for (const [name, descriptions] of propertiesOf(root)) {
    const place = procedure.pathKeys.includes(name) ? 'path' : 'query';
    if (place === 'query' && !inQuery) continue;
    const schema = components.embed(oneOrAny(descriptions), root);
    found.push({ name, in: place, required: place === 'path' || required.has(name), schema });
  }
  return found;
}

function headersOf(procedure: RestProcedure): JsonObject[] {
  if (procedure.route.public === true) return [];
  const names =
    procedure.route.method === 'POST' ? ['TenantryAccount', 'IdempotencyKey'] : ['TenantryAccount'];
  return names.map((name) => ({ $ref: `#/components/parameters/${name}` }));
}

function bodyOf(
  procedure: RestProcedure,
  root: JsonObject,
  components: ComponentSet,
  mediaType: string,
): JsonObject | undefined {
  if (procedure.route.method === 'GET' || procedure.route.method === 'DELETE') return undefined;
  const own = [...propertiesOf(root).keys()].filter((key) => !procedure.pathKeys.includes(key));
  if (own.length === 0) return undefined;
  const required = requiredOf(root);
  const schema = components.embed(withoutKeys(root, procedure.pathKeys), root);
  return { required: own.some((key) => required.has(key)), content: { [mediaType]: { schema } } };
}

function inputOf(procedure: RestProcedure): JsonObject {
  const roots = procedure.inputs.map((schema) => describe(schema, 'input'));
  const [first, ...others] = roots;
  if (others.length === 0) return first ?? {};
  const definitions = roots.map((root) => (isJsonObject(root['$defs']) ? root['$defs'] : {}));
  return { allOf: roots.map(({ $defs: _own, ...root }) => root), $defs: Object.assign({}, ...definitions) };
}

function successOf(procedure: RestProcedure, components: ComponentSet): JsonObject {
  if (procedure.status === 204) return { description: 'Done.' };
  const output = procedure.output === undefined ? {} : describe(procedure.output, 'output');
  return {
    description: 'Done.',
    content: { 'application/json': { schema: components.embed(output, output) } },
  };
}

function operationOf(
  procedure: RestProcedure,
  components: ComponentSet,
  mediaType = 'application/json',
): JsonObject {
  const { route } = procedure;
  const root = inputOf(procedure);
  const body = bodyOf(procedure, root, components, mediaType);
  return {
    operationId: procedure.name,
    summary: route.summary,
    ...(route.tags ? { tags: [...route.tags] } : {}),
    ...(route.public === true ? { security: [] } : {}),
    parameters: [...parametersOf(procedure, root, components), ...headersOf(procedure)],
    ...(body ? { requestBody: body } : {}),
    responses: {
      [String(procedure.status)]: successOf(procedure, components),
      default: { $ref: '#/components/responses/Problem' },
    },
  };
}

function buildDocument(options: DocumentOptions): OpenApiDocument {
  const components = componentSet({ Problem: problemSchema });
  const paths: Record<string, Record<string, JsonObject>> = {};
  const add = (procedure: RestProcedure, mediaType?: string): void => {
    const path = (paths[procedure.route.path] ??= {});
    path[procedure.route.method.toLowerCase()] = operationOf(procedure, components, mediaType);
  };
  const procedures = restProcedures(options.router);
  for (const procedure of procedures) if (procedure.route.events === undefined) add(procedure);
  for (const { route } of procedures) {
    const operation = paths[route.path]?.[route.method.toLowerCase()];
    if (route.events !== undefined && operation !== undefined) addEvents(operation, route.events, components);
  }
  const uploads = options.uploads === undefined ? [] : restProcedures(options.uploads);
  for (const procedure of uploads) add(procedure, 'multipart/form-data');
  const cookieName =
    options.cookieName ?? (options.serverUrl.startsWith('https:') ? '__Host-tenantry' : 'tenantry');
  const problem = { schema: { $ref: '#/components/schemas/Problem' } };
  return {
    openapi: '3.1.0',
    info: { title: options.title, version: options.version },
    servers: [{ url: options.serverUrl }],
    security: [{ bearer: [] }, { cookie: [] }],
    paths,
    components: {
      schemas: components.all(),
      parameters: headerParameters,
      responses: { Problem: { description: 'A refusal.', content: { 'application/problem+json': problem } } },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'An access token or an API key.' },
        cookie: { type: 'apiKey', in: 'cookie', name: cookieName },
      },
    },
  };
}

/** Adds the events of a streaming procedure to the success of the operation at the same place. */
function addEvents(operation: JsonObject, events: unknown, components: ComponentSet): void {
  const responses = isJsonObject(operation['responses']) ? operation['responses'] : {};
  const success = responses['200'];
  const content: Record<string, unknown> | undefined =
    isJsonObject(success) && isJsonObject(success['content']) ? success['content'] : undefined;
  const root = describe(events, 'output');
  if (content !== undefined)
    content['text/event-stream'] = { schema: { type: 'string' }, 'x-events': components.embed(root, root) };
}

const made = new WeakMap<object, Map<string, OpenApiDocument>>();

/** Describes every procedure with `meta.rest` as OpenAPI 3.1. Computed once for a router and its options. */
export function makeDocument(options: DocumentOptions): OpenApiDocument {
  const known = made.get(options.router) ?? new Map<string, OpenApiDocument>();
  made.set(options.router, known);
  const key = JSON.stringify([options.title, options.version, options.serverUrl, options.cookieName]);
  const document = known.get(key) ?? buildDocument(options);
  known.set(key, document);
  return document;
}
