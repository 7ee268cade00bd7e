import { ForeignKeyConstraintViolationException, UniqueConstraintViolationException } from '@mikro-orm/core';

/** The name of the unique constraint that a write ran into, if that is what the fault is. */
export function uniqueConstraintOf(fault: unknown): string | undefined {
  if (!(fault instanceof UniqueConstraintViolationException)) return undefined;
  return 'constraint' in fault && typeof fault.constraint === 'string' ? fault.constraint : 'unknown';
}

/** Whether a write named a row that does not exist for this account. */
export function isMissingReference(fault: unknown): boolean {
  return fault instanceof ForeignKeyConstraintViolationException;
}
