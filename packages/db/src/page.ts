/** One page of a list, newest first. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** Where a page begins and how long it is; `cursor` comes from the page before. */
export interface PageInput {
  limit: number;
  cursor?: string | undefined;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Cuts a page from `limit + 1` rows; `keyOf` is what the rows are sorted by. */
export function pageOf<T>(rows: T[], limit: number, keyOf: (row: T) => string): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const nextCursor = rows.length > limit && last !== undefined ? encode(keyOf(last)) : null;
  return { items, nextCursor };
}

const encode = (key: string) => Buffer.from(key).toString('base64url');

/** The id that a page of a list sorted by id continues after; none comes after that of a cursor of another list. */
export function idOfCursor(cursor: string): string {
  const key = Buffer.from(cursor, 'base64url').toString();
  return uuid.test(key) ? key : '00000000-0000-0000-0000-000000000000';
}

/** The condition that continues after a cursor in a list sorted by id. */
export function afterId(cursor: string | undefined): { id?: { $lt: string } } {
  return cursor === undefined ? {} : { id: { $lt: idOfCursor(cursor) } };
}

/** The condition that continues after a cursor in a list sorted by sequence. */
export function afterSequence(cursor: string | undefined): { sequence?: { $lt: number } } {
  const before = placeBefore(cursor);
  return before === undefined ? {} : { sequence: { $lt: before } };
}

/** The number that a page of a list sorted by sequence continues below; none is below that of a cursor of another list. */
export function placeBefore(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined;
  const key = Number(Buffer.from(cursor, 'base64url').toString());
  return Number.isSafeInteger(key) ? key : 0;
}

/** The place in a list that is counted out where a page begins; after its end for a cursor of another list. */
export function placeOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const place = Number(Buffer.from(cursor, 'base64url').toString());
  return Number.isSafeInteger(place) ? place : Number.MAX_SAFE_INTEGER;
}
