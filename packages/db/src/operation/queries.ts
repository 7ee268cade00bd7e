import type { Transaction } from '../transaction.ts';
import { Operation } from './entity.ts';

/** An operation with its price, or null. */
export function findOperation({ em }: Transaction, name: string): Promise<Operation | null> {
  return em.findOne(Operation, { name });
}

/** The price list, by name. */
export function listOperations({ em }: Transaction): Promise<Operation[]> {
  return em.find(Operation, {}, { orderBy: { name: 'asc' } });
}
