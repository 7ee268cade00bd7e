import { hitKinds, hitsMax } from '@tenantry/domain/search/hits';
import { z } from 'zod';
import { text, uuid } from './fields.ts';
import { named, sample } from './named.ts';

/** A text that names something of an account. */
export const searchText = text(200).describe(
  'A name or its words, an e-mail address, an id, the external id, the prefix of an API key, a payment reference, or an invoice number.',
);

/** Something that a search found. */
const searchHit = named(
  'SearchHit',
  'Something of an account that a search found.',
  z.object({
    kind: z.enum(hitKinds).describe('What it is.'),
    id: uuid.describe('Its id; of a member the id of the person.'),
    accountId: uuid.describe('The account that it is of.'),
    accountName: z.string().describe('The name of that account.'),
    label: z.string().describe('What names it.'),
    detail: z.string().nullable().describe('What else is known of it; null for nothing.'),
  }),
  {
    kind: 'invoice',
    id: sample.invoiceId,
    accountId: sample.accountId,
    accountName: 'Example Ltd',
    label: 'T-000117',
    detail: 'RF18539007547034',
  },
);

export const findInput = z.strictObject({ q: searchText }).meta({ examples: [{ q: 'example' }] });
export type FindInput = z.output<typeof findInput>;

export const searchHits = z.object({
  items: z.array(searchHit).max(hitsMax).describe('What was found, what is named exactly first.'),
});
