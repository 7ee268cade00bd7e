import { fileRouter } from '@tenantry/api/files';
import { appRouter } from '@tenantry/api/router';
import type { ApiTerms } from '@tenantry/contract/api-procedure';
import type { ProcedureMeta } from '@tenantry/gate/procedures';
import type { ProcedureTerms } from '@tenantry/gate/terms';
import { type RestProcedure, restProcedures } from '@tenantry/rest/procedures';

/** What the gate reads of terms; the rest of them says how the work runs. */
const gateFields = [
  'audience',
  'throttle',
  'cost',
  'scope',
  'person',
  'role',
  'feature',
  'standing',
  'reach',
  'serviceScope',
] as const satisfies readonly (keyof ApiTerms)[];

/** The procedures of the API with what the gate asks of them, as a module of the contract. */
export function apiProceduresOfContract(): string {
  const found = [...restProcedures(appRouter), ...restProcedures(fileRouter)];
  const procedures = found.map((procedure) => {
    const { name, type, route } = procedure;
    return {
      name,
      type,
      method: route.method,
      path: `/v1${route.path}`,
      summary: route.summary,
      terms: gateTerms(termsOf(procedure)),
    };
  });
  return `// Generated from the router of the API by \`npm run generate\`. Do not edit.
import type { ApiProcedure } from './api-procedure.ts';

/** Every procedure of the API, with what the gate asks of a call. */
export const apiProcedures: readonly ApiProcedure[] = ${JSON.stringify(procedures, null, 2)};
`;
}

function termsOf({ name, meta }: RestProcedure): ProcedureTerms {
  const { terms }: ProcedureMeta<object> = meta;
  if (terms === undefined) throw new Error(`${name} has no terms`);
  return terms;
}

function gateTerms(terms: ProcedureTerms): object {
  return Object.fromEntries(
    gateFields.flatMap((field) => {
      const value: unknown = Reflect.get(terms, field);
      return value === undefined ? [] : [[field, value]];
    }),
  );
}
