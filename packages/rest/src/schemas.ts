import { z } from 'zod';

const cursorKey = /^(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[1-9]\d{0,15})$/;

/** A text that PostgreSQL can hold: no NUL, no lone surrogate. */
const storable = (text: string) => !text.includes('\0') && text.isWellFormed();

/** A text of a bounded length. */
export const text = (charactersMax: number) =>
  z.string().min(1).max(charactersMax).refine(storable, 'holds characters that cannot be stored');

/** A name a person gives something; not only spaces. */
export const nameText = text(200).refine((name) => name.trim() !== '', 'is blank');

/** An id of ours. */
export const id = z.uuid();

/** Credits or minor units. */
export const amount = z.int().min(1);

/** A moment, RFC 3339. */
export const moment = z.iso.datetime({ offset: true });

/** A cursor that an earlier page gave: base64url of an id or of a sequence number. */
const cursor = z
  .string()
  .max(64)
  .refine((given) => {
    const key = Buffer.from(given, 'base64url').toString();
    return Buffer.from(key).toString('base64url') === given && cursorKey.test(key);
  }, 'is not a cursor of ours');

/** The bounds of a list, as fields for a schema of more. */
export const pageFields = {
  limit: z.int().min(1).max(100).default(50),
  cursor: cursor.optional(),
};

/** The bounds of a list; they may be left out. */
export const page = z.strictObject(pageFields).prefault({});

/** A list as it is answered, newest first. */
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** An input without any key; it may be left out. */
export const nothing = z.strictObject({}).prefault({});

/** Money as integer minor units with its currency. */
export const money = z.object({ amount: z.int(), currency: z.string() });

/** A caller's own labels. */
export const metadata = z
  .record(z.string().min(1).max(50).refine(storable), z.string().max(500).refine(storable))
  .refine((labels) => Object.keys(labels).length <= 20, 'has more than 20 labels')
  .default({});

export const currency = z.string().regex(/^[A-Z]{3}$/);
export const paymentMethod = z.enum(['stripe', 'paypal', 'bank_transfer']);
export const role = z.enum(['owner', 'admin', 'editor', 'viewer']);

/** A link to a proof; stored, shown to staff, and never fetched. */
export const proofUrl = z
  .url({ protocol: /^https$/ })
  .max(2000)
  .refine((url) => url.isWellFormed());
