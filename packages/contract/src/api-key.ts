import { keyScopes, scopes } from '@tenantry/domain/permissions';
import { z } from 'zod';
import { credits, id, moment, nameText, time, uuid } from './fields.ts';
import { exampleOf, named, sample } from './named.ts';

/** An API key as a client sees it, without its secret. */
export const apiKey = named(
  'ApiKey',
  'An API key of the account.',
  z.object({
    id: uuid.describe('The key.'),
    name: z.string().describe('Its name.'),
    prefix: z.string().describe('The first part of the secret, by which a key is recognised.'),
    scopes: z.array(z.enum(scopes)).describe('What the key may do.'),
    siteId: uuid.nullable().describe('The one site that it is limited to; null for all sites.'),
    expiresAt: time.nullable().describe('When it ends; null for never.'),
    revokedAt: time.nullable().describe('When it was revoked; null while it is not.'),
    allowedAddresses: z
      .array(z.string())
      .describe('The IP addresses and CIDR blocks that it may be used from; empty for all.'),
    lastUsedAt: time.nullable().describe('When it was last used; null for never.'),
    creditsPerDayMax: credits
      .nullable()
      .describe('The most credits it may spend in a UTC day; null for all.'),
    createdBy: uuid
      .nullable()
      .describe('The person who made it, also when they have left; null when not known.'),
    predecessorId: uuid.nullable().describe('The key that it replaced in a rotation; null for none.'),
    createdAt: time.describe('When it was created.'),
  }),
  {
    id: sample.keyId,
    name: 'WordPress plugin',
    prefix: 'tny_live_4fJ9aLk2Qz7B',
    scopes: ['site:read', 'operation:run'],
    siteId: sample.siteId,
    expiresAt: sample.expiresAt,
    revokedAt: null,
    allowedAddresses: ['192.0.2.0/24'],
    lastUsedAt: null,
    creditsPerDayMax: 500,
    createdBy: sample.userId,
    predecessorId: null,
    createdAt: sample.createdAt,
  },
);

/** A key as the call that made it answers it. */
export const apiKeyWithSecret = named(
  'ApiKeyWithSecret',
  'A new API key with its secret.',
  apiKey.extend({
    secret: z
      .string()
      .nullable()
      .describe('The key to send as a bearer token. It is shown once; a repeated answer has null.'),
  }),
  { ...exampleOf(apiKey), secret: 'tny_live_4fJ9aLk2Qz7B_w8Xc3Vb6Nm1As5Df9Gh2Jk4Lq7We0Rt3aBcDeF' },
);

/** An IP address or a CIDR block of either family. */
export const addressBlock = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);

export const createApiKeyInput = z
  .strictObject({
    name: nameText.describe('The name of the key.'),
    scopes: z.array(z.enum(keyScopes)).min(1).max(keyScopes.length).describe('What the key may do.'),
    siteId: id.optional().describe('The one site to limit it to.'),
    expiresAt: moment
      .transform((at) => new Date(at))
      .optional()
      .describe('When it ends; without it never.'),
    allowedAddresses: z
      .array(addressBlock)
      .max(20)
      .optional()
      .describe('The IP addresses and CIDR blocks that it may be used from; without them all.'),
    creditsPerDayMax: credits.optional().describe('The most credits it may spend in a UTC day.'),
  })
  .meta({ examples: [{ name: 'WordPress plugin', scopes: ['site:read', 'operation:run'] }] });
export type CreateApiKeyInput = z.output<typeof createApiKeyInput>;

export const apiKeyInput = z.strictObject({ keyId: id.describe('The key.') });
export type ApiKeyInput = z.output<typeof apiKeyInput>;

export const rotateApiKeyInput = apiKeyInput
  .extend({
    overlapSeconds: z
      .int()
      .min(0)
      .max(604_800)
      .default(86_400)
      .describe('For how many seconds the old key still works.'),
  })
  .meta({ examples: [{ keyId: '0192a1b4-2a6e-7c3d-9f10-3b1f6d2c8e01', overlapSeconds: 3600 }] });
export type RotateApiKeyInput = z.output<typeof rotateApiKeyInput>;
