import { keyScopes, scopes } from '@tenantry/domain/permissions';
import { z } from 'zod';
import { credits, id, uuid } from './fields.ts';
import { keyFields, keySecret, newKeyFields, overlapSeconds } from './key-fields.ts';
import { exampleOf, named, sample } from './named.ts';

/** An API key as a client sees it, without its secret. */
export const apiKey = named(
  'ApiKey',
  'An API key of the account.',
  z.object({
    ...keyFields,
    scopes: z.array(z.enum(scopes)).describe('What the key may do.'),
    siteId: uuid.nullable().describe('The one site that it is limited to; null for all sites.'),
    creditsPerDayMax: credits
      .nullable()
      .describe('The most credits it may spend in a UTC day; null for all.'),
    createdBy: uuid
      .nullable()
      .describe('The person who made it, also when they have left; null when not known.'),
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
  apiKey.extend({ secret: keySecret }),
  { ...exampleOf(apiKey), secret: 'tny_live_4fJ9aLk2Qz7B_w8Xc3Vb6Nm1As5Df9Gh2Jk4Lq7We0Rt3aBcDeF' },
);

export const createApiKeyInput = z
  .strictObject({
    ...newKeyFields,
    scopes: z.array(z.enum(keyScopes)).min(1).max(keyScopes.length).describe('What the key may do.'),
    siteId: id.optional().describe('The one site to limit it to.'),
    creditsPerDayMax: credits.optional().describe('The most credits it may spend in a UTC day.'),
  })
  .meta({ examples: [{ name: 'WordPress plugin', scopes: ['site:read', 'operation:run'] }] });
export type CreateApiKeyInput = z.output<typeof createApiKeyInput>;

export const apiKeyInput = z.strictObject({ keyId: id.describe('The key.') });
export type ApiKeyInput = z.output<typeof apiKeyInput>;

export const rotateApiKeyInput = apiKeyInput
  .extend({ overlapSeconds })
  .meta({ examples: [{ keyId: '0192a1b4-2a6e-7c3d-9f10-3b1f6d2c8e01', overlapSeconds: 3600 }] });
export type RotateApiKeyInput = z.output<typeof rotateApiKeyInput>;
