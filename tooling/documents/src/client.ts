import { adminRouter } from '@tenantry/admin/router';
import { appRouter } from '@tenantry/api/router';
import { parserStatus, refusalCodes } from '@tenantry/domain/refusals';
import { type RestProcedure, restProcedures } from '@tenantry/rest/procedures';
import type { AnyTRPCRouter } from '@trpc/server';
import { z } from 'zod';
import { type ModuleTypes, type TypeTexts, typeTexts } from './types.ts';

/** A router that the client has a type of. */
interface TypedRouter {
  readonly router: AnyTRPCRouter;
  /** The name of its type. */
  readonly type: string;
  /** Whose router it is. */
  readonly app: string;
}

const api: TypedRouter = { router: appRouter, type: 'AppRouter', app: 'the API' };
const admin: TypedRouter = { router: adminRouter, type: 'AdminRouter', app: 'the admin app' };

const generatedFrom = (source: string): string =>
  `// Generated from ${source} by \`npm run generate\`; do not edit.\n`;

function line(types: ModuleTypes, { name, type, inputs, output, route }: RestProcedure): string {
  const verb = name.split('.')[1] ?? name;
  const [input] = inputs;
  const mayBeLeftOut = input instanceof z.ZodType && input.safeParse(undefined).success;
  const shown = `${types.of(input, 'input')}${mayBeLeftOut ? ' | void' : ''}`;
  const kind = type === 'query' ? 'Query' : 'Mutation';
  const gives =
    route.events === undefined
      ? types.of(output, 'output')
      : `AsyncIterable<${types.of(route.events, 'output')}>`;
  return `/** ${route.summary}: \`${route.method} /v1${route.path}\` */\n${verb}: ${kind}<${shown}, ${gives}>;`;
}

/** The type of a router. The interfaces that it refers to are imported. */
function routerModule({ router, type, app }: TypedRouter, texts: TypeTexts): string {
  const types = texts.forModule();
  const procedures = restProcedures(router);
  const nouns = Map.groupBy(procedures, ({ name }) => name.split('.')[0] ?? '');
  const body = [...nouns].map(
    ([noun, members]) => `${noun}: {\n${members.map((one) => line(types, one)).join('\n')}\n};`,
  );
  return `${generatedFrom(`the router of ${app}`)}
import type { TRPCBuiltRouter } from '@trpc/server';
import type { Mutation, Query, Root } from './procedure.ts';
import type { ${types.imports().join(', ')} } from './types.ts';

/** Every procedure of ${app} with its input and its output. */
export type ${type} = TRPCBuiltRouter<Root, {\n${body.join('\n')}\n}>;
`;
}

/** The type of the API's router. */
export const apiRouterOfClient = (): string => routerModule(api, typeTexts());

/** The type of the admin app's router. */
export const adminRouterOfClient = (): string => routerModule(admin, typeTexts());

/** The interfaces that both routers refer to, made from the schemas, so that the client needs no code of the server. */
export function interfacesOfClient(): string {
  const texts = typeTexts();
  for (const one of [api, admin]) routerModule(one, texts);
  return `${generatedFrom('the routers of the API and the admin app')}\n${texts.interfaces()}\n`;
}

/** The codes that a problem may have, as lists and as closed unions. */
export function problemCodesOfClient(): string {
  return `${generatedFrom('the catalogue of refusals')}
/** Every code that a call can be refused with. A code never changes its meaning. */
export const refusalCodes = [${refusalCodes.map((code) => `'${code}'`).join(', ')}] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/** Every code that a problem can have: a refusal, a message that is no request, or a fault of the server. */
export const problemCodes = [...refusalCodes, ${Object.keys(parserStatus)
    .map((code) => `'${code}'`)
    .join(', ')}, 'internal_error'] as const;
export type ProblemCode = (typeof problemCodes)[number];
`;
}
