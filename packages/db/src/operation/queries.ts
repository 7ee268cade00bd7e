import type { EntityManager } from '@mikro-orm/postgresql';
import { Operation } from './entity.ts';

/** An operation with its price, or null. */
export function findOperation(em: EntityManager, name: string): Promise<Operation | null> {
  return em.findOne(Operation, { name });
}

/** The price list, by name. */
export function listOperations(em: EntityManager): Promise<Operation[]> {
  return em.find(Operation, {}, { orderBy: { name: 'asc' } });
}
