import { gateSteps, stepVerdicts } from '@tenantry/domain/gate/explanation';
import { refusalCodes } from '@tenantry/domain/refusals';
import { z } from 'zod';
import { apiProcedures } from './api-procedures.ts';
import { id, time, uuid } from './fields.ts';
import { named, sample } from './named.ts';
import { staffAccountInput } from './staff-account.ts';

const credentialKind = z.enum(['member', 'api_key', 'service_key']);

const procedureFields = {
  name: z.string().describe('The procedure.'),
  method: z.string().describe('Its method over REST.'),
  path: z.string().describe('Its path over REST.'),
  summary: z.string().describe('What it does.'),
};

/** A procedure of the API, to choose one. */
export const apiProcedureRow = named('ApiProcedure', 'A procedure of the API.', z.object(procedureFields), {
  name: 'site.list',
  method: 'GET',
  path: '/v1/sites',
  summary: 'The sites of the account',
});

/** What the gate of the API says of a call. */
export const gateExplanation = named(
  'GateExplanation',
  'What the gate of the API would say of a call with a credential, and which fact decided.',
  z.object({
    at: time.describe('The time for which it was asked.'),
    credential: z
      .object({
        kind: credentialKind.describe('What it is.'),
        id: uuid.describe('The person or key.'),
        name: z.string().describe('The address of the person, or the name of the key.'),
      })
      .describe('The credential of the call.'),
    procedure: z.object(procedureFields).describe('The procedure that it calls.'),
    passes: z.boolean().describe('Whether no step of the gate refuses the call.'),
    step: z.enum(gateSteps).nullable().describe('The step that refuses it; null for none.'),
    code: z.enum(refusalCodes).nullable().describe('The code that the caller gets; null for none.'),
    status: z.int().min(400).max(599).nullable().describe('The status that the caller gets; null for none.'),
    detail: z.string().nullable().describe('The sentence that the caller gets; null for none.'),
    steps: z
      .array(
        z.object({
          step: z.enum(gateSteps).describe('The step.'),
          verdict: z.enum(stepVerdicts).describe('What it says.'),
          code: z.enum(refusalCodes).nullable().describe('The code of a step that refuses; null for none.'),
          fact: z
            .string()
            .describe('The fact that decided, with times in UTC; empty where it is not reached.'),
        }),
      )
      .describe('The steps of the gate, in order.'),
  }),
  {
    at: sample.createdAt,
    credential: { kind: 'api_key', id: sample.keyId, name: 'WordPress plugin' },
    procedure: { name: 'site.list', method: 'GET', path: '/v1/sites', summary: 'The sites of the account' },
    passes: false,
    step: 'authenticate',
    code: 'unauthenticated',
    status: 401,
    detail: 'No valid credential was presented. Send one token or key as `Authorization: Bearer`.',
    steps: [
      {
        step: 'authenticate',
        verdict: 'refuses',
        code: 'unauthenticated',
        fact: 'The key expired at 2026-02-01T00:00:00.000Z.',
      },
      { step: 'resolve_account', verdict: 'not_reached', code: null, fact: '' },
      { step: 'validate_plan', verdict: 'not_reached', code: null, fact: '' },
      { step: 'throttle', verdict: 'not_reached', code: null, fact: '' },
    ],
  },
);

export const explainRefusalInput = staffAccountInput
  .extend({
    credentialKind: credentialKind.describe('Whose call it is.'),
    credentialId: id.describe('The person, API key or service key.'),
    procedure: z
      .string()
      .max(100)
      .refine((name) => apiProcedures.some((one) => one.name === name), 'is no procedure of the API')
      .describe('The procedure of the API that is called.'),
    address: z
      .union([z.ipv4(), z.ipv6()])
      .optional()
      .describe('Where the call comes from; without it from an address that is allowed.'),
  })
  .meta({
    examples: [
      {
        accountId: sample.accountId,
        credentialKind: 'api_key',
        credentialId: sample.keyId,
        procedure: 'site.list',
      },
    ],
  });
export type ExplainRefusalInput = z.output<typeof explainRefusalInput>;
