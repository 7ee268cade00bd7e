import { catalogueMoves, catalogueParts, changeKinds } from '@tenantry/domain/catalogue/changes';
import { z } from 'zod';
import { catalogueSchema } from './catalogue-file.ts';
import { count, reason } from './fields.ts';
import { named } from './named.ts';

/** The most characters of a file that travels in a request. `tenantry catalogue apply` takes longer ones. */
const fileCharactersMax = 900_000;

const fingerprint = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .describe('Names the catalogue as it is stored: the same for the same content.');

/** What a catalogue makes impossible, as sentences. */
const gaps = z
  .array(z.string())
  .describe('What the catalogue makes impossible, as sentences. It may be meant.');

/** The catalogue that is stored. */
export const storedCatalogue = z.object({
  fingerprint,
  catalogue: catalogueSchema.omit({ catalogue: true }).describe('Everything that the catalogue declares.'),
  gaps,
});

/** The catalogue that is stored, as its file. */
export const catalogueFile = named(
  'CatalogueFile',
  'The catalogue as a file in YAML.',
  z.object({
    fingerprint,
    text: z.string().describe('What `tenantry catalogue export` prints.'),
  }),
  { fingerprint: '0'.repeat(64), text: 'catalogue: 1\n' },
);

const change = z.object({
  part: z.enum(catalogueParts).describe('The part of the catalogue.'),
  name: z.string().describe('The name of what changes there.'),
  change: z
    .enum(changeKinds)
    .describe(
      'What becomes of it: a `version` is added beside those that were sold; `state` lists, unlists or withdraws a plan; `remove` unlists a plan, withdraws an operation, and takes the rest away.',
    ),
  details: z.array(z.string()).describe('Each field that differs, as `path: before → after`.'),
  accounts: count.describe(
    'How many accounts have a version of the plan, or have paid for one; 0 of others.',
  ),
  versions: z
    .array(
      z.object({
        version: count.min(1).describe('A version of the plan.'),
        accounts: count.describe('How many accounts have it, or have paid for it.'),
      }),
    )
    .describe('The same by version of the plan; empty of others.'),
});

const example = {
  part: 'plans',
  name: 'growth',
  change: 'version',
  details: ['credits: 20000 → 30000'],
  accounts: 12,
  versions: [{ version: 1, accounts: 12 }],
} as const;

const text = z
  .string()
  .min(1)
  .max(fileCharactersMax)
  .describe('The file: YAML 1.2 or JSON, as `catalogue.schema.json` describes it.');

export const planCatalogueInput = z.strictObject({ text }).meta({ examples: [{ text: 'catalogue: 1\n' }] });
export type PlanCatalogueInput = z.output<typeof planCatalogueInput>;

/** What a file would change. */
export const plannedCatalogue = named(
  'CataloguePlan',
  'What a file of the catalogue would change, or what is wrong with it.',
  z.object({
    fingerprint,
    faults: z
      .array(
        z.object({
          line: count.min(1).describe('Where in the file, from 1.'),
          path: z.string().describe('The keys that lead there, joined by dots; empty for the file.'),
          message: z.string().describe('What is wrong, and what would be right.'),
        }),
      )
      .describe('What is wrong with the file; while there is one, nothing can be applied.'),
    gaps,
    changes: z.array(change).describe('What would change; empty where the file is true already.'),
    unmovable: z
      .array(
        z.object({
          plan: z.string().describe('A plan that changes.'),
          versions: z.array(count.min(1)).describe('Its versions that accounts cannot be moved from.'),
        }),
      )
      .describe(
        'Plans whose accounts cannot be moved: their version has another currency or cycle, or costs nothing where the new one does not.',
      ),
  }),
  {
    fingerprint: '0'.repeat(64),
    faults: [],
    gaps: [],
    changes: [{ ...example, details: [...example.details], versions: [...example.versions] }],
    unmovable: [],
  },
);

export const applyCatalogueInput = z
  .strictObject({
    text,
    fingerprint: fingerprint.describe(
      'The fingerprint of the catalogue that the change was made to. Another one refuses the apply.',
    ),
    move: z
      .enum(catalogueMoves)
      .default('none')
      .describe(
        'When accounts of a plan that changes go to its new version: `none` for never, at their next `renewal`, or `now`.',
      ),
    reason,
  })
  .meta({
    examples: [{ text: 'catalogue: 1\n', fingerprint: '0'.repeat(64), move: 'none', reason: 'New prices' }],
  });
export type ApplyCatalogueInput = z.output<typeof applyCatalogueInput>;

/** What an apply has changed. */
export const appliedCatalogue = z.object({
  fingerprint: fingerprint.describe('The catalogue as it is now.'),
  changes: z.array(change).describe('What was changed; empty where the file was true already.'),
});
