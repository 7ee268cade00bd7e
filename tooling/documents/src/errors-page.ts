import { fileRouter as adminFiles } from '@tenantry/admin/files';
import { adminRouter } from '@tenantry/admin/router';
import { fileRouter as apiFiles } from '@tenantry/api/files';
import { appRouter } from '@tenantry/api/router';
import { refusalGuide } from '@tenantry/domain/refusal-guide';
import {
  type ProblemCode,
  faultTitle,
  parserStatus,
  parserTitle,
  problemCodes,
  refusalStatus,
  refusalTitle,
} from '@tenantry/domain/refusals';
import { refusalsOf } from '@tenantry/gate/documented';
import type { ProcedureMeta } from '@tenantry/gate/procedures';
import type { ProcedureTerms } from '@tenantry/gate/terms';
import { restProcedures } from '@tenantry/rest/procedures';
import { made } from './table.ts';

/** Who meets the refusals of a procedure, by whom the procedure serves. */
const callersOf: Record<ProcedureTerms['audience'], string> = {
  tenant: 'members, API keys and service keys',
  person: 'people who are signed in',
  service: 'service keys',
  public: 'callers without a credential',
  staff: 'staff',
  credential: 'holders of a credential',
};

/** Codes that any request can get before the gate, whatever its path. */
const ofEveryRequest: ReadonlySet<ProblemCode> = new Set([
  'not_found',
  'method_not_allowed',
  'payload_too_large',
  'unsupported_media_type',
  'request_timeout',
  'expectation_failed',
  'headers_too_large',
  'internal_error',
]);

const titles: Record<ProblemCode, string> = { ...refusalTitle, ...parserTitle, internal_error: faultTitle };
const statuses: Record<ProblemCode, number> = { ...refusalStatus, ...parserStatus, internal_error: 500 };

/** The most procedures that are listed by name. */
const namesMax = 8;

interface Answering {
  readonly name: string;
  readonly callers: readonly string[];
}

function callersOfTerms(terms: ProcedureTerms): string[] {
  const isServed = terms.audience === 'person' && terms.serviceScope !== undefined;
  return [callersOf[terms.audience], ...(isServed ? [callersOf.service] : [])];
}

/** The procedures of both apps that can answer each code. */
function answering(): Map<ProblemCode, Answering[]> {
  const found = new Map<ProblemCode, Answering[]>();
  for (const router of [appRouter, apiFiles, adminRouter, adminFiles])
    for (const { name, type, inputs, meta } of restProcedures(router)) {
      const { terms }: ProcedureMeta<object> = meta;
      if (terms === undefined) throw new Error(`${name} has no terms.`);
      for (const code of refusalsOf(terms, { type, hasInput: inputs.length > 0 }))
        found.set(code, [...(found.get(code) ?? []), { name, callers: callersOfTerms(terms) }]);
    }
  return found;
}

/** Throws for a code that nobody can meet: no procedure lists it, and it is not answered before the gate. */
function whoSees(code: ProblemCode, procedures: readonly Answering[]): string {
  if (ofEveryRequest.has(code)) return 'Everybody, at any path.';
  const callers = [...new Set(procedures.flatMap((one) => one.callers))];
  if (callers.length === 0)
    throw new Error(`No procedure lists ${code}: add it to the terms that answer it.`);
  const names = [...new Set(procedures.map(({ name }) => `\`${name}\``))];
  const where = names.length > namesMax ? `${names.length} operations` : names.join(', ');
  const listed = callers.join('; ');
  return `${listed.charAt(0).toUpperCase()}${listed.slice(1)}: ${where}.`;
}

function section(code: ProblemCode, procedures: readonly Answering[]): string {
  const title = titles[code];
  const { why, remedy } = refusalGuide[code];
  return `### \`${code}\`

> ${title}

- **Who sees it.** ${whoSees(code, procedures)}
- **Why.** ${why}
- **What to do.** ${remedy}`;
}

/** Every code with who sees it, why, and what to do. Throws for a code that nobody can meet. */
export function errorsPage(): string {
  const procedures = answering();
  const byStatus = [...Map.groupBy(problemCodes, (code) => statuses[code])].toSorted(
    ([left], [right]) => left - right,
  );
  const parts = byStatus.map(([status, codes]) =>
    [`## ${status}`, ...codes.map((code) => section(code, procedures.get(code) ?? []))].join('\n\n'),
  );
  return `${made}# Errors

One closed table for REST and tRPC. REST answers an error as \`application/problem+json\` (RFC 9457); tRPC carries the same object in
\`error.data\`. A program decides on \`code\`, which never changes its meaning. \`detail\` is the sentence below the code, for people.
\`errors\` names the fields of the request that are wrong. \`requestId\` is also in the header \`X-Request-Id\`; quote it when you ask
for help. 401 has the header \`WWW-Authenticate\`, 405 has \`Allow\`, 429 and 503 have \`Retry-After\`.

\`/openapi.json\` lists the codes of each operation by status, and \`/reference\` shows them.

${parts.join('\n\n')}
`;
}
