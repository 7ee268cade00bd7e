import * as z from 'zod/mini';

const optionalText = z.catch(z.optional(z.string()), undefined);

/** What stands in the address of an account's page: filters, what is open, and what is asked. */
export const accountSearch = z.object({
  kind: z.catch(
    z.optional(
      z.enum([
        'grant',
        'grant_end',
        'grant_expiry',
        'hold',
        'settle',
        'release',
        'hold_expiry',
        'adjustment',
        'reversal',
        'true_up',
      ]),
    ),
    undefined,
  ),
  operation: optionalText,
  site: optionalText,
  key: optionalText,
  /** The entry whose "why" is open. */
  entry: optionalText,
  /** What usage is summed by. */
  by: z.catch(z.optional(z.enum(['day', 'operation', 'site', 'key'])), undefined),
  /** The webhook endpoint whose deliveries are shown. */
  endpoint: optionalText,
  /** Whether "why refused?" is open, and what it asks. */
  why: z.catch(z.optional(z.boolean()), undefined),
  who: z.catch(z.optional(z.enum(['member', 'api_key', 'service_key'])), undefined),
  id: optionalText,
  procedure: optionalText,
  address: optionalText,
});

/** Some of it; a value of undefined takes it out of the address. */
export type AccountSearch = {
  readonly [Key in keyof z.output<typeof accountSearch>]?: z.output<typeof accountSearch>[Key] | undefined;
};
