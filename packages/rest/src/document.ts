import { z } from 'zod';
import { componentSet, type ComponentSet } from './components.ts';
import type { DocumentOptions } from './document-options.ts';
import { headerParameters, parametersOf } from './document-parameters.ts';
import { endpointPath } from './endpoint.ts';
import { describe, isJsonObject, propertiesOf, type JsonObject } from './json-schema.ts';
import { restProcedures, type RestProcedure } from './procedures.ts';
import { requestIdHeader, responsesOf } from './responses.ts';

export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: JsonObject;
  readonly tags: readonly JsonObject[];
  readonly servers: readonly { readonly url: string }[];
  readonly security: readonly JsonObject[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;
  readonly components: JsonObject;
}

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
  if (Array.isArray(schema['examples']))
    kept['examples'] = schema['examples'].map((example: unknown) => withoutOwn(example, keys));
  for (const word of ['anyOf', 'oneOf', 'allOf']) {
    const list = schema[word];
    if (Array.isArray(list)) kept[word] = list.map((branch) => withoutKeys(branch, keys));
  }
  return kept;
}

function withoutOwn(value: unknown, keys: readonly string[]): unknown {
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}

/** Whether the input stands in the query, and not in a body. */
const hasQuery = ({ method }: RestProcedure['route']): boolean => method === 'GET' || method === 'DELETE';

function bodyOf(
  procedure: RestProcedure,
  root: JsonObject,
  components: ComponentSet,
  mediaType: string,
): JsonObject | undefined {
  if (hasQuery(procedure.route)) return undefined;
  const own = [...propertiesOf(root).keys()].filter((key) => !procedure.pathKeys.includes(key));
  if (own.length === 0) return undefined;
  const schema = components.embed(withoutKeys(root, procedure.pathKeys), root);
  return { required: needsBody(procedure), content: { [mediaType]: { schema } } };
}

/** Whether an input without a body is refused. A union may need a body though no field of it is required. */
function needsBody({ inputs, pathKeys }: RestProcedure): boolean {
  const path = Object.fromEntries(pathKeys.map((key) => [key, '018f0000-0000-7000-8000-000000000000']));
  return inputs.some((schema) => {
    const { error } = z.instanceof(z.ZodType).parse(schema).safeParse(path);
    return error?.issues.some(({ path: [key] }) => !pathKeys.includes(String(key))) === true;
  });
}

function inputOf(procedure: RestProcedure): JsonObject {
  const roots = procedure.inputs.map((schema) => describe(schema, 'input'));
  const [first, ...others] = roots;
  if (others.length === 0) return first ?? {};
  const definitions = roots.map((root) => (isJsonObject(root['$defs']) ? root['$defs'] : {}));
  return { allOf: roots.map(({ $defs: _own, ...root }) => root), $defs: Object.assign({}, ...definitions) };
}

function described({ descriptionOf }: DocumentOptions, procedure: RestProcedure): JsonObject {
  const parts = [procedure.route.description, descriptionOf?.(procedure)].filter(
    (part) => part !== undefined,
  );
  return parts.length === 0 ? {} : { description: parts.join('\n\n') };
}

function operationOf(
  options: DocumentOptions,
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
    ...described(options, procedure),
    ...(route.tags ? { tags: [...route.tags] } : {}),
    ...(route.public === true ? { security: [] } : {}),
    parameters: [
      ...parametersOf({ pathKeys: procedure.pathKeys, inQuery: hasQuery(route) }, root, components),
      ...headerParameters(options, procedure.name, options.headersOf?.(procedure) ?? []),
    ],
    ...(body ? { requestBody: body } : {}),
    responses: responsesOf(options, procedure, { components, hasBody: body !== undefined }),
  };
}

/** Describes every procedure with `meta.rest`, and every other endpoint that is named, as OpenAPI 3.1. */
export function makeDocument(options: DocumentOptions): OpenApiDocument {
  const components = componentSet({});
  const paths: Record<string, Record<string, JsonObject>> = {};
  const add = (procedure: RestProcedure, mediaType?: string): void => {
    const path = (paths[procedure.route.path] ??= {});
    path[procedure.route.method.toLowerCase()] = operationOf(options, procedure, components, mediaType);
  };
  const procedures = restProcedures(options.router);
  for (const procedure of procedures) if (procedure.route.events === undefined) add(procedure);
  for (const { name, route } of procedures) {
    const path = paths[route.path];
    const method = route.method.toLowerCase();
    const whole = path?.[method];
    if (route.events !== undefined && path !== undefined && whole !== undefined)
      path[method] = { ...whole, 'x-event-stream': eventsOf(name, route.events, components) };
  }
  const files = options.files === undefined ? [] : restProcedures(options.files);
  for (const procedure of files) add(procedure, 'multipart/form-data');
  const endpoints = options.endpoints ?? [];
  for (const endpoint of endpoints) paths[endpoint.path] = endpointPath(options, endpoint, components);
  const root = describe(options.problem, 'output');
  // Collects the problem among the components; every refusal refers to it there.
  components.embed(root, root);
  const { title, version, description, contact, license } = options;
  return {
    openapi: '3.1.0',
    info: withoutAbsent({ title, version, description, contact, license }),
    servers: [{ url: options.serverUrl }],
    security: [{ bearer: [] }],
    tags: tagsOf([...[...procedures, ...files].map(({ route }) => route), ...endpoints], options.tags),
    paths,
    components: {
      schemas: components.all(),
      parameters: parameterComponents(options, [...procedures, ...files]),
      headers: { [requestIdHeader]: requestId, ...options.responseHeaders },
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', description: options.bearer } },
    },
  };
}

const requestId = {
  description: 'The id of the request, to quote in a report.',
  schema: { type: 'string' },
};

function withoutAbsent(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** The tags of the operations, each with what it is about where that is known. */
function tagsOf(
  operations: readonly { readonly tags?: readonly string[] }[],
  about: Readonly<Record<string, string>> = {},
): JsonObject[] {
  const names = new Set(operations.flatMap(({ tags }) => tags ?? []));
  return [...names].map((name) => withoutAbsent({ name, description: about[name] }));
}

/** The request headers that some procedure reads. */
function parameterComponents(options: DocumentOptions, procedures: readonly RestProcedure[]): JsonObject {
  const read = new Set(procedures.flatMap((procedure) => [...(options.headersOf?.(procedure) ?? [])]));
  return Object.fromEntries(
    Object.entries(options.headers ?? {})
      .filter(([name]) => read.has(name))
      .map(([name, header]) => [name, { in: 'header', required: false, ...header }]),
  );
}

/**
 * How an operation answers in events. It stands in an extension: beside JSON in the content of one status, generators
 * take the answer for either, or for a text.
 */
function eventsOf(procedure: string, events: unknown, components: ComponentSet): JsonObject {
  const root = describe(events, 'output');
  return {
    procedure,
    description: 'The same call with this Accept answers a stream of events, whose data are JSON.',
    accept: 'text/event-stream',
    events: components.embed(root, root),
  };
}
