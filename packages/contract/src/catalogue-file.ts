import type { Catalogue } from '@tenantry/domain/catalogue/catalogue';
import { operationKinds } from '@tenantry/domain/credit/price';
import { ownNamePattern, planCycles, planStates, throttleScopes } from '@tenantry/domain/plans';
import { isStorable, unstorable } from '@tenantry/domain/storable';
import { z } from 'zod';

const int4Max = 2_147_483_647;
const count = z.int().min(0).max(int4Max);
const atLeastOne = z.int().min(1).max(int4Max);
const credits = z.int().min(0);
const text = (lengthMax: number) => z.string().min(1).max(lengthMax).refine(isStorable, unstorable);
const slug = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9_-]{0,49}$/,
    'a name is lower-case letters, digits, hyphens and underscores, at most 50',
  );
const ownName = z
  .string()
  .regex(
    ownNamePattern,
    'a name begins with a lower-case letter, and has letters, digits, hyphens and underscores, at most 50',
  );

/** An object with these keys alone; a key that it does not know is answered with those that it does. */
function fields<Shape extends z.ZodRawShape>(shape: Shape) {
  const known = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: ({ code }) => (code === 'unrecognized_keys' ? `is not known here; known are ${known}` : undefined),
  });
}

const price = fields({
  amount: z.int().min(0).describe('In minor units: 2900 is 29.00.'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'a currency is the three capitals of ISO 4217, such as USD')
    .describe('The three capitals of ISO 4217.'),
});

const rate = z.int().min(1).describe('Calls a minute.');
const scopeRates = Object.fromEntries(throttleScopes.map((scope) => [scope, rate])) as Record<
  (typeof throttleScopes)[number],
  typeof rate
>;

const limits = z
  .object({
    users: atLeastOne.describe('Members of an account.'),
    sites: atLeastOne.describe('Sites of an account.'),
    sectorsPerSite: z.int().min(1).max(5).describe('Sectors of a site.'),
    apiKeys: count.describe('API keys of an account.'),
  })
  .catchall(count)
  .describe('The most of each thing: the four built-in limits, and those that are declared under limits.');

const plan = fields({
  name: text(100).describe('What people read.'),
  state: z
    .enum(planStates)
    .default('listed')
    .describe('`listed` is sold, `unlisted` works for who has it, `withdrawn` stops at once.'),
  internal: z.boolean().default(false).describe('Whether no customer can choose it.'),
  price: price.describe('The price of one cycle.'),
  cycle: z.enum(planCycles).default('monthly').describe('How often the price is paid.'),
  credits: credits.describe('Credits of each month.'),
  rolloverCreditsMax: credits.default(0).describe('The most credits of an ended month that the next keeps.'),
  purchaseDays: atLeastOne
    .nullable()
    .default(null)
    .describe('After how many days purchased credits end; null for never.'),
  trialDays: z.int().min(0).max(3650).default(0).describe('For how many days it can be tried; 0 for none.'),
  graceDays: z.int().min(0).max(3650).default(7).describe('For how many days an unpaid account still works.'),
  features: z.array(ownName).describe('Built-in features (sites, operations) and declared ones.'),
  limits,
  throttle: fields(scopeRates).describe('Calls a minute of an account, for each kind of call.'),
});

const operation = fields({
  kind: z.enum(operationKinds).default('text').describe('What it makes.'),
  unit: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,49}$/, 'a unit is lower-case letters, digits and underscores, at most 50')
    .describe('What is counted: token, word and request can be run; any other name is held and settled.'),
  unitSize: atLeastOne.default(1).describe('How many units the rate is for.'),
  rate: count.nullable().default(null).describe('Credits for each started unitSize of units.'),
  rates: fields({
    input: count.describe('For tokens of the prompt.'),
    cachedInput: count.describe('For tokens of the prompt that the provider had in its cache.'),
    output: count.describe('For tokens of the output.'),
  })
    .nullable()
    .default(null)
    .describe('Credits for unitSize tokens of each sort, in place of rate.'),
  minimum: count.default(0).describe('The least credits that a use costs.'),
  outputTokensDefault: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(500)
    .describe('The most tokens of output of a run that names none.'),
  outputTokensMax: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(32_000)
    .describe('The most tokens of output that a run may ask for.'),
  model: text(200).nullable().default(null).describe("The model that answers; null for the provider's own."),
  promptTemplate: text(100_000)
    .nullable()
    .default(null)
    .describe('The prompt, with {{names}} of variables; null when a run brings its prompt.'),
  variables: z
    .array(z.string())
    .nullable()
    .default(null)
    .describe('The names of the variables of the prompt, so that one that is misspelt in it is a fault.'),
});

const creditPackage = fields({
  name: text(100).describe('What people read.'),
  credits: credits.min(1).describe('How many credits are sold.'),
  price: price.describe('The price of all of them.'),
  validDays: atLeastOne.nullable().default(null).describe('After how many days its credits end.'),
});

const payee = fields({
  name: text(140).describe('The holder of the account.'),
  bank: text(140).describe('The bank.'),
  iban: text(42).nullable().default(null).describe('The IBAN; null where the account has none.'),
  bic: z
    .string()
    .regex(/^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/, 'a BIC is 8 or 11 capitals and digits')
    .nullable()
    .default(null)
    .describe('The BIC of the bank; null where it is not needed.'),
  account: z.array(text(140)).max(8).default([]).describe('The lines that name an account without an IBAN.'),
});

const issuer = fields({
  name: text(140).describe('Who writes the invoices.'),
  address: z.array(text(140)).min(1).max(8).describe('The lines of the address.'),
  taxId: text(50).nullable().default(null).describe('The tax id that invoices show; null for none.'),
  email: text(254).nullable().default(null).describe('The e-mail address that invoices show; null for none.'),
  taxRateBasisPoints: z
    .int()
    .min(0)
    .max(10_000)
    .nullable()
    .default(null)
    .describe('The tax that prices include: 1900 for 19 %; null where none is charged.'),
  invoicePrefix: z
    .string()
    .regex(/^[A-Za-z0-9/-]{1,20}$/, 'a prefix is letters, digits, dashes and slashes, at most 20')
    .default('INV-')
    .describe('What the numbers of invoices begin with. Another prefix begins another series, at 1.'),
  payees: z
    .record(z.string().regex(/^[A-Z]{3}$/, 'a currency is three capitals, such as EUR'), payee)
    .describe('Where money of each currency is sent.'),
});

/** The file. Bounds are those of the tables, so that what passes can be stored. */
export const catalogueSchema = fields({
  catalogue: z.literal(1).describe('The version of this format.'),
  features: z
    .record(ownName, text(300))
    .default({})
    .describe("The product's own features, with what each is."),
  limits: z
    .record(ownName, text(300))
    .default({})
    .describe("The product's own limits, with what each counts."),
  plans: z.record(slug, plan).default({}).describe('What accounts subscribe to.'),
  operations: z.record(slug, operation).default({}).describe('What credits are spent on.'),
  packages: z.record(slug, creditPackage).default({}).describe('Credits that are sold in one piece.'),
  issuer: issuer.nullable().default(null).describe('Who writes invoices, and where money is sent.'),
}) satisfies z.ZodType<Catalogue>;
