import { z } from 'zod';

const cursorKey = /^(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[1-9]\d{0,15})$/;
const base64url = /^[\w-]{1,64}$/;

/** Whether a text is the base64url of an id or of a sequence number, in its one spelling. */
function isCursor(given: string): boolean {
  if (!base64url.test(given) || given.length % 4 === 1) return false;
  const key = atob(given.replaceAll('-', '+').replaceAll('_', '/'));
  const spelled = btoa(key).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return spelled === given && cursorKey.test(key);
}

/** The bounds of a list, as fields for a schema that has more. */
export const pageFields = {
  limit: z.int().min(1).max(100).default(50).describe('The most items that the answer has.'),
  cursor: z
    .string()
    .max(64)
    .refine(isCursor, 'is not a cursor of this API')
    .optional()
    .describe('The `nextCursor` of the page before; without it the list begins with the newest item.'),
};

/** The bounds of a list; they may be left out. */
export const pageInput = z.strictObject(pageFields).prefault({});
export type PageInput = z.output<typeof pageInput>;

/** A page of a list, newest first. */
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item).describe('The items of this page.'),
    nextCursor: z
      .string()
      .nullable()
      .describe('The `cursor` of the next page; null when this page is the last.'),
  });
