import { randomInt, randomUUIDv7 } from 'node:crypto';

/** A new id: UUID v7, so that ids sort by the time they were made. */
export function newId(): string {
  return randomUUIDv7();
}

const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Random letters and digits that people can read out; five bits each. They count nothing, so they reveal nothing. */
export function newCode(characters: number): string {
  return Array.from({ length: characters }, () => letters[randomInt(letters.length)]).join('');
}
