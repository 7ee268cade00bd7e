import type { ImportStatementInput } from '@tenantry/contract/statement';
import { type Failpoint, noFailpoint } from '@tenantry/db/failpoint';
import { newId } from '@tenantry/db/ids';
import {
  findStatementFile,
  insertLines,
  insertStatementFile,
  setNewLines,
} from '@tenantry/db/statement/queries';
import type { Transaction } from '@tenantry/db/transaction';
import { actorName } from '@tenantry/domain/actor';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import { type BankLine, statusOfNewLine } from '@tenantry/domain/statement/event';
import type { PersonContext } from '../context.ts';
import type { ReadStatementFile, Statements } from '../ports.ts';
import { confirmExactLines } from './confirm-exact.ts';
import { statementView } from './view.ts';

/**
 * Imports a file of bank statements, as `storeStatement` does. Where the operator wants it, the lines that are certain are
 * confirmed then. Refuses what `storeStatement` refuses.
 */
export async function importStatement(
  context: PersonContext<'approvals' | 'statements'>,
  { file, mapping }: ImportStatementInput,
  pass: Failpoint = noFailpoint,
) {
  const { commit, actor, now, statements } = context;
  const stored = await storeStatement({ commit, actor, now, read: statements.read }, { file, mapping }, pass);
  await pass('statement_committed');
  if (!isRefusal(stored) && statements.confirmsExact) await confirmExactLines(context, stored.id, pass);
  return stored;
}

/** What storing a file is given; `commit` writes it with its security event. */
export type StoreContext = Pick<PersonContext, 'commit' | 'actor' | 'now'> & Pick<Statements, 'read'>;

/**
 * Stores a file of bank statements whole: its lines are new, or known from a file before. The same file again answers the
 * same. Refuses `invalid_input` with the line and the reason for a file that cannot be read or cannot be true.
 */
export async function storeStatement(
  { commit, actor, now, read: readFile }: StoreContext,
  { file, mapping }: ImportStatementInput,
  pass: Failpoint = noFailpoint,
) {
  const read = await readFile(file, mapping);
  if ('fault' in read) {
    const { lineNumber, message } = read.fault;
    return refuse('invalid_input', { errors: [{ path: 'file', message: `line ${lineNumber}: ${message}` }] });
  }
  const made = { id: newId(), sizeBytes: file.length, importedAt: now, importedBy: actorName(actor) };
  return commit(async (tx) => {
    const stored = await store(tx, read, made);
    await pass('statement_written');
    return stored;
  });
}

type NewFile = { id: string; sizeBytes: number; importedAt: Date; importedBy: string };

async function store(tx: Transaction, read: ReadStatementFile, made: NewFile) {
  const { digest, format, statements, warnings, lines } = read;
  const facts = { digest, format, statements, warnings, lineCount: lines.length };
  if (await insertStatementFile(tx, { ...made, ...facts })) {
    const newLines = lines.map(({ eventId, lineNumber, ...payload }) => {
      const line: BankLine = payload;
      return { eventId, lineNumber, status: statusOfNewLine(line), payload: line };
    });
    await setNewLines(tx, made.id, await insertLines(tx, made.id, newLines, made.importedAt));
  }
  const file = await findStatementFile(tx, { digest });
  if (file === null) throw new Error(`The statement file ${digest} is missing.`);
  return statementView(file);
}
