import { z } from 'zod';
import { credits, id, uuid } from './fields.ts';
import { named, sample } from './named.ts';

/** What a site or a key may spend in a UTC day. */
export const creditLimit = named(
  'CreditLimit',
  'What a site or an API key may spend in a UTC day.',
  z.object({
    siteId: uuid.nullable().describe('The site that is limited; null when it is a key.'),
    keyId: uuid.nullable().describe('The key that is limited; null when it is a site.'),
    creditsPerDayMax: credits.nullable().describe('The most credits of a day; null for no limit.'),
    usedToday: credits.describe('What is held and spent of it today.'),
  }),
  { siteId: sample.siteId, keyId: null, creditsPerDayMax: 500, usedToday: 120 },
);

const creditsPerDayMax = credits
  .nullable()
  .describe('The most credits that a UTC day may cost; null lifts the limit.');

export const limitSiteInput = z
  .strictObject({ siteId: id.describe('The site.'), creditsPerDayMax })
  .meta({ examples: [{ siteId: sample.siteId, creditsPerDayMax: 500 }] });
export type LimitSiteInput = z.output<typeof limitSiteInput>;

export const limitKeyInput = z
  .strictObject({ keyId: id.describe('The key.'), creditsPerDayMax })
  .meta({ examples: [{ keyId: sample.keyId, creditsPerDayMax: 500 }] });
export type LimitKeyInput = z.output<typeof limitKeyInput>;
