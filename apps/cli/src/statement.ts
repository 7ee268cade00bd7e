import { readFile } from 'node:fs/promises';
import { readStatementConfig } from '@tenantry/config/cli';
import { currentEnvironment, runCommand } from '@tenantry/config/process';
import { csvMappingText } from '@tenantry/contract/csv-mapping';
import { newId } from '@tenantry/db/ids';
import { openOrm } from '@tenantry/db/orm';
import { type CallInfo, openDatabase } from '@tenantry/db/transaction';
import { isRefusal } from '@tenantry/domain/refusals';
import { commitByCommand } from '@tenantry/services/service-key/commit';
import { storeStatement } from '@tenantry/services/statement/import';
import { statementBytesMax } from '@tenantry/statements/bounds';
import { parseStatementFile } from '@tenantry/statements/parse';
import type { Command } from 'commander';

/** The mapping in a file. Throws a sentence that names each field that is wrong. */
async function readMapping(file: string | undefined) {
  if (file === undefined) return undefined;
  const { success, data, error } = csvMappingText.safeParse(await readFile(file, 'utf8'));
  if (success) return data;
  const faults = error.issues.map(({ path, message }) => `${path.join('.')} ${message}`.trim());
  throw new Error(`${file}: ${faults.join('; ')}`);
}

async function importFile(clock: () => Date, path: string, mappingPath: string | undefined): Promise<string> {
  const { ownerUrl } = readStatementConfig(currentEnvironment());
  const file = await readFile(path);
  if (file.length > statementBytesMax) throw new Error(`${path} has more than ${statementBytesMax} bytes`);
  const mapping = await readMapping(mappingPath);
  const database = openDatabase(await openOrm(ownerUrl, 1));
  try {
    const call: CallInfo = { actor: { kind: 'system', job: 'cli' }, requestId: newId(), now: clock() };
    const commit = commitByCommand(database, call, 'statement.import');
    const stored = await storeStatement({ ...call, commit, read: parseStatementFile }, { file, mapping });
    if (isRefusal(stored))
      throw new Error(`${path}: ${stored.facts.errors?.map(({ message }) => message).join('; ') ?? ''}`);
    const warnings = stored.warnings.map(({ lineNumber, message }) => `line ${lineNumber}: ${message}`);
    return [...warnings, `${stored.lineCount} lines, of which ${stored.newLineCount} are new.`].join('\n');
  } finally {
    await database.close();
  }
}

/** Adds the command that imports bank statements. It confirms no line: that is for staff, or for an import of theirs. */
export function addStatementCommand(program: Command, clock: () => Date): void {
  program
    .command('statement')
    .description('bank statements')
    .command('import')
    .description('put the lines of a file of bank statements in the queue of staff')
    .argument('<file>', 'camt.053, MT940, or with a mapping CSV')
    .option('--mapping <file>', 'how the columns of a CSV file are read, as JSON')
    .action((path: string, { mapping }: { mapping?: string }) =>
      runCommand(async () => console.log(await importFile(clock, path, mapping))),
    );
}
