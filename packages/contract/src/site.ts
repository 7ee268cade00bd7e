import { z } from 'zod';
import { domain, id, nameText, time, uuid } from './fields.ts';
import { named, sample } from './named.ts';

/** A site of the account. */
export const site = named(
  'Site',
  'A site of the account.',
  z.object({
    id: uuid.describe('The site.'),
    name: z.string().describe('Its name.'),
    domain: z
      .string()
      .nullable()
      .describe('Its domain, unique in the account: a host name in lower case and in its ASCII form.'),
    createdAt: time.describe('When it was created.'),
    archivedAt: time.nullable().describe('When it was archived; null while it is in use.'),
  }),
  {
    id: sample.siteId,
    name: 'Tea blog',
    domain: 'tea.example',
    createdAt: sample.createdAt,
    archivedAt: null,
  },
);

export const siteInput = z.strictObject({ siteId: id.describe('The site.') });
export type SiteInput = z.output<typeof siteInput>;

export const createSiteInput = z
  .strictObject({
    name: nameText.describe('The name of the site.'),
    domain: domain
      .nullable()
      .optional()
      .describe('Its domain, unique in the account, in any spelling; null for none.'),
  })
  .meta({ examples: [{ name: 'Tea blog', domain: 'tea.example' }] });
export type CreateSiteInput = z.output<typeof createSiteInput>;

export const updateSiteInput = siteInput
  .extend({
    name: nameText.optional().describe('The new name.'),
    domain: domain.nullable().optional().describe('The new domain, in any spelling; null takes it away.'),
  })
  .refine(({ name, domain: to }) => name !== undefined || to !== undefined, 'changes nothing')
  .meta({ examples: [{ siteId: sample.siteId, name: 'Tea blog' }] });
export type UpdateSiteInput = z.output<typeof updateSiteInput>;
