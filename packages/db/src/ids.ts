import { randomUUIDv7 } from 'node:crypto';
import { customAlphabet } from 'nanoid';

/** A new id: UUID v7, so that ids sort by the thousandth of a second in which they were made. */
export function newId(): string {
  return randomUUIDv7();
}

/** Gives each a new id, the later above the earlier, which ids made within one thousandth of a second are not by themselves. */
export function withIds<Row extends object>(rows: readonly Row[]): (Row & { id: string })[] {
  const ids = rows.map(() => newId()).toSorted();
  return rows.map((row, index) => ({ ...row, id: ids[index] ?? newId() }));
}

const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Random letters and digits that people can read out; five bits each. They count nothing, so they reveal nothing. */
export const newCode: (characters: number) => string = customAlphabet(letters);
