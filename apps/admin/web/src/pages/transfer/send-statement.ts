import type { StatementFile } from '@tenantry/client';
import * as z from 'zod/mini';

/** What a problem of the import says. */
const problem = z.object({
  title: z.string(),
  requestId: z.optional(z.string()),
  errors: z.optional(z.array(z.object({ path: z.string(), message: z.string() }))),
});

/** Why a file was not taken. */
export class ImportFault extends Error {
  readonly errors: readonly { path: string; message: string }[];
  readonly requestId: string | undefined;
  constructor(title: string, errors: ImportFault['errors'], requestId: string | undefined) {
    super(title);
    this.errors = errors;
    this.requestId = requestId;
  }
}

/** Sends a file of bank statements, which travels as multipart and so by no procedure of tRPC. Throws an ImportFault. */
export async function sendStatement(file: File, mapping: unknown): Promise<StatementFile> {
  const body = new FormData();
  if (mapping !== undefined) body.set('mapping', JSON.stringify(mapping));
  body.set('file', file);
  const answer = await fetch('/v1/statements', { method: 'POST', body }).catch(() => undefined);
  if (answer === undefined) throw new ImportFault('The server was not reached. Try again.', [], undefined);
  const said: unknown = await answer.json();
  if (answer.ok) return asStatementFile(said);
  const { success, data } = z.safeParse(problem, said);
  if (!success) throw new ImportFault(`The server answered ${answer.status}.`, [], undefined);
  throw new ImportFault(data.title, data.errors ?? [], data.requestId);
}

// The route answers what its contract says, which the server checks; its type is that of the contract.
function asStatementFile(said: unknown): StatementFile {
  return said as StatementFile;
}
