import { randomUUIDv7 } from 'node:crypto';
import { customAlphabet } from 'nanoid';

/** A new id: a UUID v7, so that ids sort by the millisecond of their creation. */
export function newId(): string {
  return randomUUIDv7();
}

/** Gives each row a new id in ascending order. Ids of one millisecond have a random order, so they are sorted here. */
export function withIds<Row extends object>(rows: readonly Row[]): (Row & { id: string })[] {
  const ids = rows.map(() => newId()).toSorted();
  return rows.map((row, index) => ({ ...row, id: ids[index] ?? newId() }));
}

const readableCharacters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A random code that people can read out, with five bits for each character. It is no counter, so it reveals no number. */
export const newCode: (characters: number) => string = customAlphabet(readableCharacters);
