import { serviceScopes } from '@tenantry/domain/permissions';
import { z } from 'zod';
import { id } from './fields.ts';
import { keyFields, keySecret, newKeyFields, overlapSeconds } from './key-fields.ts';
import { exampleOf, named, sample } from './named.ts';

const mode = z.enum(['live', 'test']);
const callsPerMinute = z.int().min(1).max(10_000_000);

/** A service key as staff see it, without its secret. */
export const serviceKey = named(
  'ServiceKey',
  "A key of the operator's own backend, which acts for any account that its calls name.",
  z.object({
    ...keyFields,
    mode: mode.describe('A `test` key acts for sandbox accounts alone, and makes such accounts.'),
    scopes: z.array(z.enum(serviceScopes)).describe('What the key may do.'),
    callsPerMinute: callsPerMinute.describe('The rate of its own bucket, for each scope of the throttle.'),
    createdBy: z.string().describe('Who made it: `staff:` with their id, or the command line.'),
  }),
  {
    id: sample.keyId,
    name: 'Backend',
    prefix: 'tns_live_7Rk2mXv9Qp4T',
    mode: 'live',
    scopes: ['credential:verify', 'credit:spend'],
    expiresAt: null,
    revokedAt: null,
    allowedAddresses: ['192.0.2.0/24'],
    lastUsedAt: null,
    callsPerMinute: 60_000,
    createdBy: `staff:${sample.staffId}`,
    predecessorId: null,
    createdAt: sample.createdAt,
  },
);

/** A service key as the call that made it answers it. */
export const serviceKeyWithSecret = named(
  'ServiceKeyWithSecret',
  'A new service key with its secret.',
  serviceKey.extend({ secret: keySecret }),
  { ...exampleOf(serviceKey), secret: 'tns_live_7Rk2mXv9Qp4T_w8Xc3Vb6Nm1As5Df9Gh2Jk4Lq7We0Rt3aBcDeF' },
);

/** What a new service key is made of. */
export const createServiceKeyInput = z
  .strictObject({
    ...newKeyFields,
    mode: mode
      .default('live')
      .describe('A `test` key acts for sandbox accounts alone, and makes such accounts.'),
    scopes: z.array(z.enum(serviceScopes)).min(1).max(serviceScopes.length).describe('What the key may do.'),
    callsPerMinute: callsPerMinute
      .default(60_000)
      .describe('The rate of its own bucket, for each scope of the throttle.'),
  })
  .meta({ examples: [{ name: 'Backend', scopes: ['credential:verify', 'credit:spend'] }] });
export type CreateServiceKeyInput = z.output<typeof createServiceKeyInput>;

export const serviceKeyInput = z.strictObject({ serviceKeyId: id.describe('The service key.') });
export type ServiceKeyInput = z.output<typeof serviceKeyInput>;

export const rotateServiceKeyInput = serviceKeyInput
  .extend({ overlapSeconds })
  .meta({ examples: [{ serviceKeyId: sample.keyId, overlapSeconds: 3600 }] });
export type RotateServiceKeyInput = z.output<typeof rotateServiceKeyInput>;
