import { books } from '@tenantry/domain/credit/books';
import { entryKinds } from '@tenantry/domain/credit/ledger';
import { z } from 'zod';
import { amount, credits, id, time, uuid } from './fields.ts';
import { named, sample } from './named.ts';

/** One row of the ledger. */
export const creditEntry = named(
  'CreditEntry',
  'An entry of the ledger: it moves an amount from one book of the account to another.',
  z.object({
    id: uuid.describe('The entry.'),
    sequence: z.int().min(1).describe('Its number in the account, without gaps.'),
    at: time.describe('When it was made.'),
    kind: z.enum(entryKinds).describe('Why it was made.'),
    from: z.enum(books).describe('The book that the amount leaves.'),
    to: z.enum(books).describe('The book that the amount enters.'),
    amount: amount.describe('The credits that it moves.'),
    availableAfter: credits.describe('The available credits after it.'),
    holdId: uuid.nullable().describe('The hold that it belongs to.'),
    grantId: uuid.nullable().describe('The grant that it belongs to.'),
    operation: z.string().nullable().describe('The operation that was paid for.'),
    siteId: uuid.nullable().describe('The site that the work was for.'),
    reversesId: uuid.nullable().describe('The charge that it gives back.'),
    actor: z.string().describe('Who made it, such as `api_key:` and the id of the key.'),
    hash: z.string().describe('The hash that chains it to the entry before.'),
  }),
  {
    id: sample.entryId,
    sequence: 42,
    at: sample.createdAt,
    kind: 'settle',
    from: 'held',
    to: 'spent',
    amount: 80,
    availableAfter: 4200,
    holdId: sample.holdId,
    grantId: null,
    operation: 'write_content',
    siteId: sample.siteId,
    reversesId: null,
    actor: `api_key:${sample.keyId}`,
    hash: '5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef',
  },
);

export const creditEntryInput = z.strictObject({ entryId: id.describe('The entry.') });
export type CreditEntryInput = z.output<typeof creditEntryInput>;
