import { appRouter } from '@tenantry/api/router';
import { problemCodes } from '@tenantry/domain/refusals';
import { type RestProcedure, restProcedures } from '@tenantry/rest/procedures';
import { z } from 'zod';
import { type TypeTexts, typeTexts } from './types.ts';

const head = `// Generated from the API's router by \`npm run generate\`; do not edit.
import type { TRPCBuiltRouter, TRPCMutationProcedure, TRPCQueryProcedure } from '@trpc/server';
import type { Problem } from './problem.ts';

interface Root {
  ctx: object;
  meta: object;
  errorShape: { code: number; message: string; data: Problem };
  transformer: false;
}
type Query<Input, Output> = TRPCQueryProcedure<{ input: Input; output: Output; meta: object }>;
type Mutation<Input, Output> = TRPCMutationProcedure<{ input: Input; output: Output; meta: object }>;
`;

const routerHead = `/** Every procedure of the API with what it takes and gives. */
export type AppRouter = TRPCBuiltRouter<
  Root,
  {`;

function line(types: TypeTexts, { name, type, inputs, output, route }: RestProcedure): string {
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

/** The types of the client, made from the router's schemas, so that they need nothing of the server's. */
export function clientTypes(): string {
  const types = typeTexts();
  const nouns = new Map<string, string[]>();
  for (const procedure of restProcedures(appRouter)) {
    const noun = procedure.name.split('.')[0] ?? '';
    nouns.set(noun, [...(nouns.get(noun) ?? []), line(types, procedure)]);
  }
  const body = [...nouns].map(([noun, lines]) => `${noun}: {\n${lines.join('\n')}\n};`);
  return `${head}\n${types.interfaces()}\n\n${routerHead}\n${body.join('\n')}\n  }\n>;\n`;
}

/** The codes that a problem may have, as a closed union. */
export function problemCodesOfClient(): string {
  const codes = problemCodes.map((code) => `'${code}'`).join(' | ');
  return `// Generated from the catalogue of refusals by \`npm run generate\`; do not edit.
/** What a problem is decided on: a refusal of the API, or \`internal_error\`. A code never changes its meaning. */
export type ProblemCode = ${codes};\n`;
}
