import { grantKinds } from '@tenantry/domain/credit/books';
import { z } from 'zod';
import { credits, time, uuid } from './fields.ts';
import { named, sample } from './named.ts';

/** What was granted, and what is left of it. */
export const creditGrant = named(
  'CreditGrant',
  'A grant of credits with what is left of it.',
  z.object({
    id: uuid.describe('The grant.'),
    kind: z.enum(grantKinds).describe('Why it was given.'),
    amount: credits.describe('The credits that it gave.'),
    available: credits.describe('What is left of it to hold or spend.'),
    held: credits.describe('What open holds reserve of it.'),
    expiresAt: time.nullable().describe('When what is left of it ends; null for never.'),
    reference: z.string().describe('What makes it the only grant of its cause.'),
    createdAt: time.describe('When it was made.'),
  }),
  {
    id: sample.grantId,
    kind: 'plan',
    amount: 5000,
    available: 4000,
    held: 120,
    expiresAt: sample.expiresAt,
    reference: 'period:2026-03-01T09:30:00.000Z',
    createdAt: sample.createdAt,
  },
);
