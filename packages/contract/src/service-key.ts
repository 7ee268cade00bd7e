import { serviceScopes } from '@tenantry/domain/permissions';
import { z } from 'zod';
import { addressBlock } from './api-key.ts';
import { id, moment, nameText } from './fields.ts';

/** What a new service key is made of. */
export const createServiceKeyInput = z
  .strictObject({
    name: nameText.describe('The name of the key.'),
    mode: z
      .enum(['live', 'test'])
      .default('live')
      .describe('A `test` key acts for sandbox accounts alone, and makes such accounts.'),
    scopes: z.array(z.enum(serviceScopes)).min(1).max(serviceScopes.length).describe('What the key may do.'),
    expiresAt: moment
      .transform((at) => new Date(at))
      .optional()
      .describe('When it ends; without it never.'),
    allowedAddresses: z
      .array(addressBlock)
      .max(20)
      .default([])
      .describe('The IP addresses and CIDR blocks that it may be used from; without them all.'),
    callsPerMinute: z
      .int()
      .min(1)
      .max(10_000_000)
      .default(60_000)
      .describe('The rate of its own bucket, for each scope of the throttle.'),
  })
  .meta({ examples: [{ name: 'Backend', scopes: ['credential:verify', 'credit:spend'] }] });
export type CreateServiceKeyInput = z.output<typeof createServiceKeyInput>;

export const serviceKeyInput = z.strictObject({ serviceKeyId: id.describe('The service key.') });
export type ServiceKeyInput = z.output<typeof serviceKeyInput>;

export const rotateServiceKeyInput = serviceKeyInput.extend({
  overlapSeconds: z
    .int()
    .min(0)
    .max(604_800)
    .default(86_400)
    .describe('For how many seconds the old key still works.'),
});
export type RotateServiceKeyInput = z.output<typeof rotateServiceKeyInput>;
