import type { ComponentSet } from './components.ts';
import type { DocumentOptions, DocumentedEndpoint } from './document-options.ts';
import { headerParameters, parametersOf } from './document-parameters.ts';
import { type JsonObject, describe } from './json-schema.ts';
import { requestIdHeader } from './responses.ts';

/**
 * The path of an endpoint that is no procedure. It stands at a server of its own, since the prefix of the procedures is not
 * before it. Any refusal may stand under another status than its own, so that the problems are not narrowed.
 */
export function endpointPath(
  options: DocumentOptions,
  endpoint: DocumentedEndpoint,
  components: ComponentSet,
): Record<string, JsonObject> {
  const { operationId, summary, description, tags, query, headers, refusals, serverUrl } = endpoint;
  const root = describe(query, 'input');
  const parameters = [
    ...parametersOf({ pathKeys: [], inQuery: true }, root, components),
    ...headerParameters(options, operationId, headers),
  ];
  const byStatus = [...Map.groupBy(refusals, ({ status }) => status)].toSorted(
    ([left], [right]) => left - right,
  );
  const responses = Object.fromEntries([
    ['200', { description: 'Done.', ...headersUnder(endpoint, 200) }],
    ...byStatus.map(([status, members]) => [
      String(status),
      {
        description: [...new Set(members.map(({ code }) => `\`${code}\``))].join(', '),
        ...headersUnder(endpoint, status),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  ]);
  const servers = [{ url: serverUrl }];
  return { get: { operationId, summary, description, tags: [...tags], servers, parameters, responses } };
}

function headersUnder({ responseHeadersOf }: DocumentedEndpoint, status: number): JsonObject {
  const names = [requestIdHeader, ...responseHeadersOf(status)];
  return {
    headers: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }])),
  };
}
