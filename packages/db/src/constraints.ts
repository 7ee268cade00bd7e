import {
  ConnectionException,
  DeadlockException,
  ForeignKeyConstraintViolationException,
  LockWaitTimeoutException,
  OptimisticLockError,
  UniqueConstraintViolationException,
} from '@mikro-orm/core';
import { type Refusal, type RefusalCode, refuse } from '@tenantry/domain/refusals';

const named = 'unique constraint "';

/**
 * The name of the unique constraint that a write ran into, without a shard's suffix; undefined for any other fault.
 * A proxy may drop the field that holds the name; the server's message, which stands last, repeats it in quotes.
 */
function uniqueConstraintOf(fault: unknown): string | undefined {
  if (!(fault instanceof UniqueConstraintViolationException)) return undefined;
  const field = 'constraint' in fault && typeof fault.constraint === 'string' ? fault.constraint : undefined;
  const said = fault.message.includes(named) ? fault.message.split(named).at(-1)?.split('"')[0] : undefined;
  return withoutShard(field ?? said ?? 'unknown');
}

/** A distributed table appends the number of its shard to the names of its constraints: `site_domain_102008`. */
function withoutShard(name: string): string {
  const end = name.lastIndexOf('_');
  return end > 0 && /^\d{6,}$/.test(name.slice(end + 1)) ? name.slice(0, end) : name;
}

/**
 * Runs a write, and answers the refusal that `codes` gives for the unique constraint that it ran into. The transaction
 * has failed by then, so the caller must return the refusal. Throws every other fault.
 */
export async function refuseIfTaken<T, Code extends RefusalCode>(
  codes: Readonly<Record<string, Code>>,
  write: () => Promise<T>,
): Promise<T | Refusal<Code>> {
  try {
    return await write();
  } catch (fault) {
    const code = codes[uniqueConstraintOf(fault) ?? ''];
    if (code === undefined) throw fault;
    return refuse(code);
  }
}

/** Whether a write named a row that does not exist for this account. */
export function isMissingReference(fault: unknown): boolean {
  return fault instanceof ForeignKeyConstraintViolationException;
}

/** Whether a statement waited for a lock until its bound. */
export function isLockTimeout(fault: unknown): boolean {
  return fault instanceof LockWaitTimeoutException || codeOf(fault) === '55P03';
}

const passingCodes = new Set([
  '53300',
  '53400',
  '55P03',
  '57014',
  '57P01',
  '57P02',
  '57P03',
  '40001',
  '40P01',
  '25P03',
]);
const lostConnection =
  /Connection terminated|timeout exceeded when trying to connect|not queryable|Query read timeout/;

/** Whether the same call may succeed when the database is well again: no connection, a lock or time bound, a restart. */
export function isUnavailable(fault: unknown): boolean {
  if (fault instanceof DeadlockException || fault instanceof LockWaitTimeoutException) return true;
  return passingCodes.has(codeOf(fault) ?? '') || isOutOfReach(fault);
}

/** Whether the database cannot be reached or has stopped to answer, so that the next statement fails as well. */
export function isOutOfReach(fault: unknown): boolean {
  if (fault instanceof ConnectionException || codeOf(fault)?.startsWith('08') === true) return true;
  return fault instanceof Error && (isNetworkFault(fault) || lostConnection.test(fault.message));
}

/** Whether another change was faster: it changed or deleted a row that this one had read. */
export function isLostRace(fault: unknown): boolean {
  return fault instanceof OptimisticLockError || isMissingReference(fault);
}

/** Whether the database ended a transaction in favour of another one; the same may succeed if tried again. */
export function isConflict(fault: unknown): boolean {
  const code = codeOf(fault);
  return code === '40001' || code === '40P01';
}

const networkCalls = new Set(['connect', 'read', 'write', 'getaddrinfo']);

/** Whether the operating system failed to reach the server or to keep the connection. */
function isNetworkFault(fault: Error): boolean {
  return 'syscall' in fault && networkCalls.has(String(fault.syscall));
}

function codeOf(fault: unknown): string | undefined {
  if (typeof fault !== 'object' || fault === null || !('code' in fault)) return undefined;
  return typeof fault.code === 'string' ? fault.code : undefined;
}
