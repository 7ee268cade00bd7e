import { credentialFaults, credentialKinds, problemCodes, paymentReasons } from '@tenantry/domain/refusals';
import { providerReasons } from '@tenantry/domain/run/finish';
import { z } from 'zod';
import { credits } from './fields.ts';
import { money } from './money.ts';
import { named, sample } from './named.ts';

/** What stands before the code in the `type` of a problem. */
export const problemTypePrefix = 'urn:tenantry:problem:';

/** What a run cost. */
export const runCredits = z
  .object({
    charged: credits.describe('What the run was charged.'),
    available: credits.describe('The available credits after it.'),
  })
  .describe('What the run cost.');

/** What every refusal and every fault is answered as, on both transports. */
export const problem = named(
  'Problem',
  'A refusal or a fault, as an RFC 9457 problem.',
  z.object({
    type: z.string().describe('`urn:tenantry:problem:` and the code.'),
    title: z.string().describe('The name of the status.'),
    status: z.int().min(400).max(599).describe('The HTTP status.'),
    detail: z.string().describe('What the code means, as a sentence for people.'),
    code: z.enum(problemCodes).describe('What a program decides on; a code never changes its meaning.'),
    requestId: z.string().describe('The id of the request, to quote in a report.'),
    errors: z
      .array(
        z.object({
          path: z.string().describe('The field, with dots between its parts; empty for the whole input.'),
          message: z.string().describe('What is wrong with it.'),
        }),
      )
      .optional()
      .describe('What is wrong with which part of the request (400), or which fields name nothing (404).'),
    required: credits.optional().describe('The credits that the call needs.'),
    available: credits.optional().describe('The credits that the account has.'),
    limit: credits.optional().describe('What the plan or a spending limit allows.'),
    used: credits.optional().describe('What is used of that limit.'),
    expected: money.optional().describe('The money that was expected.'),
    given: money.optional().describe('The money that the request names, where another was expected.'),
    retryAfterSeconds: z
      .int()
      .min(0)
      .max(31_536_000)
      .optional()
      .describe('After how many seconds to try again (429, 503, `idempotency_in_flight`).'),
    credential: z
      .object({
        kind: z.enum(credentialKinds).describe('What kind of credential it is.'),
        fault: z.enum(credentialFaults).describe('Why it is refused.'),
      })
      .optional()
      .describe('The credential that was refused, for who holds it: its secret was right (401).'),
    reason: z
      .enum([...providerReasons, ...paymentReasons])
      .optional()
      .describe(
        'Why the model provider refuses the input (`provider_refused`). To staff alone: what the payment or its invoice is (`payment_state`).',
      ),
    credits: runCredits.optional(),
  }),
  {
    type: 'urn:tenantry:problem:insufficient_credits',
    title: 'Payment Required',
    status: 402,
    detail: 'The account does not have enough credits.',
    code: 'insufficient_credits',
    requestId: sample.requestId,
    required: 120,
    available: 40,
  },
);
