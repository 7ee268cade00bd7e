import { z } from 'zod';
import { moment, nameText, time, uuid } from './fields.ts';

/** An IP address or a CIDR block of either family. */
const addressBlock = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);

/** What whoever makes a key of either kind says of it. */
export const newKeyFields = {
  name: nameText.describe('The name of the key.'),
  expiresAt: moment
    .transform((at) => new Date(at))
    .optional()
    .describe('When it ends; without it never.'),
  allowedAddresses: z
    .array(addressBlock)
    .max(20)
    .optional()
    .describe('The IP addresses and CIDR blocks that it may be used from; without them all.'),
};

/** How long a key that is replaced still works. */
export const overlapSeconds = z
  .int()
  .min(0)
  .max(604_800)
  .default(86_400)
  .describe('For how many seconds the old key still works.');

/** What is shown of a key of either kind. */
export const keyFields = {
  id: uuid.describe('The key.'),
  name: z.string().describe('Its name.'),
  prefix: z.string().describe('The first part of the secret, by which a key is recognised.'),
  expiresAt: time.nullable().describe('When it ends; null for never.'),
  revokedAt: time.nullable().describe('When it was revoked; null while it is not.'),
  allowedAddresses: z
    .array(z.string())
    .describe('The IP addresses and CIDR blocks that it may be used from; empty for all.'),
  lastUsedAt: time
    .nullable()
    .describe('When it was last used, as it is written down up to a minute later; null for never.'),
  predecessorId: uuid.nullable().describe('The key that it replaced in a rotation; null for none.'),
  createdAt: time.describe('When it was created.'),
};

/** The secret of a new key, in the answer that made it. */
export const keySecret = z
  .string()
  .nullable()
  .describe('The key to send as a bearer token. It is shown once; a repeated answer has null.');
