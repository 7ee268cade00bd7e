import { LockMode } from '@mikro-orm/core';
import type { BankLine, EventOutcome, EventStatus } from '@tenantry/domain/statement/event';
import { withIds } from '../ids.ts';
import { type Page, type PageInput, afterId, idOfCursor, pageOf } from '../page.ts';
import { rows } from '../sql.ts';
import type { Transaction } from '../transaction.ts';
import { ProviderEvent, StatementFile } from './entity.ts';

/** A line of a file that is imported. */
export interface NewLine {
  eventId: string;
  lineNumber: number;
  status: EventStatus;
  payload: BankLine;
}

/** Writes a file; undefined when the same file is there already, or is being written and then commits. */
export async function insertStatementFile(
  tx: Transaction,
  file: Omit<StatementFile, 'newLineCount'>,
): Promise<boolean> {
  const { id, digest, format, sizeBytes, statements, warnings, lineCount, importedAt, importedBy } = file;
  const sql = `insert into statement_file (id, digest, format, size_bytes, statements, warnings, line_count, new_line_count, imported_at, imported_by)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (digest) do nothing returning id`;
  const values = [
    id,
    digest,
    format,
    sizeBytes,
    JSON.stringify(statements),
    JSON.stringify(warnings),
    lineCount,
  ];
  return (await rows(tx, sql, [...values, 0, importedAt.toISOString(), importedBy])).length === 1;
}

const insertEvents = `insert into provider_event (id, provider, event_id, received_at, payload, status, processed_at)
select (line ->> 'id')::uuid, 'bank_statement', line ->> 'eventId', $2::timestamptz, line -> 'payload', line ->> 'status',
  case line ->> 'status' when 'waiting' then null else $2::timestamptz end
from jsonb_array_elements($1::jsonb) line
on conflict (provider, event_id) do nothing returning id`;

const insertFileLines = `insert into statement_file_line (file_id, position, event_id, line_number)
select $2, (line ->> 'position')::int, event.id, (line ->> 'lineNumber')::int
from jsonb_array_elements($1::jsonb) line
join provider_event event on event.provider = 'bank_statement' and event.event_id = line ->> 'eventId'`;

/** How many lines one statement writes. */
const batchLines = 1000;

/**
 * Writes the lines of a file; those that are known stay as they are. Answers how many are new. Lines are written in the
 * order of their ids, so that two files with the same lines wait for each other and neither fails.
 */
export async function insertLines(
  tx: Transaction,
  fileId: string,
  lines: readonly NewLine[],
  now: Date,
): Promise<number> {
  const numbered = withIds(lines.map((line, index) => ({ ...line, position: index + 1 })));
  const sorted = numbered.toSorted((one, other) => (one.eventId < other.eventId ? -1 : 1));
  let newLines = 0;
  for (let at = 0; at < sorted.length; at += batchLines) {
    const batch = JSON.stringify(sorted.slice(at, at + batchLines));
    newLines += (await rows(tx, insertEvents, [batch, now.toISOString()])).length;
    await rows(tx, insertFileLines, [batch, fileId]);
  }
  return newLines;
}

/** Writes down how many lines of a file were new. */
export async function setNewLines(tx: Transaction, fileId: string, newLines: number): Promise<void> {
  await rows(tx, 'update statement_file set new_line_count = $1 where id = $2', [newLines, fileId]);
}

/** The file with this digest, or null. */
export function findStatementFile({ em }: Transaction, by: { id: string } | { digest: string }) {
  return em.findOne(StatementFile, by);
}

/** The files that were imported, newest first. */
export async function listStatementFiles(
  { em }: Transaction,
  { limit, cursor }: PageInput,
): Promise<Page<StatementFile>> {
  const found = await em.find(StatementFile, afterId(cursor), { orderBy: { id: 'desc' }, limit: limit + 1 });
  return pageOf(found, limit, ({ id }) => id);
}

/** A line of a bank statement, locked until the transaction ends, or null. */
export function lockStatementLine({ em }: Transaction, id: string): Promise<ProviderEvent | null> {
  const where = { id, provider: 'bank_statement' } as const;
  return em.findOne(ProviderEvent, where, { lockMode: LockMode.PESSIMISTIC_WRITE });
}

const page = `select id from provider_event event where provider = 'bank_statement' and status = $1
  and ($2::uuid is null or id < $2) and ($3::uuid is null or exists (
    select 1 from statement_file_line line where line.event_id = event.id and line.file_id = $3))
order by id desc limit $4`;

/** The lines in one status, newest first; of one file when it is named. */
export async function listStatementLines(
  tx: Transaction,
  {
    limit,
    cursor,
    status,
    statementId,
  }: PageInput & { status: EventStatus; statementId?: string | undefined },
): Promise<Page<ProviderEvent>> {
  const before = cursor === undefined ? null : idOfCursor(cursor);
  const found = await rows<{ id: string }>(tx, page, [status, before, statementId ?? null, limit + 1]);
  const ids = found.map(({ id }) => id);
  const lines = await tx.em.find(ProviderEvent, { id: { $in: ids } }, { orderBy: { id: 'desc' } });
  return pageOf(lines, limit, ({ id }) => id);
}

/** Decides on a line that waits. */
export async function decideLine(
  { em }: Transaction,
  id: string,
  decision: { at: Date; by: string } & ({ reason: string } | { outcome: EventOutcome }),
): Promise<void> {
  const { at: processedAt, by: processedBy, ...rest } = decision;
  const status = 'reason' in rest ? ('ignored' as const) : ('processed' as const);
  await em.nativeUpdate(ProviderEvent, { id }, { status, processedAt, processedBy, ...rest });
}

const sameBankId = `select count(*)::int as count from provider_event
where provider = 'bank_statement' and payload ->> 'bankId' = $1 and payload ->> 'account' = $2`;

/** How many lines of an account of ours have an id of the bank. */
export async function countBankId(tx: Transaction, { account, bankId }: BankLine): Promise<number> {
  if (bankId === null) return 0;
  const [found] = await rows<{ count: number }>(tx, sameBankId, [bankId, account]);
  return found?.count ?? 0;
}
