import { roles, scopes } from '@tenantry/domain/permissions';
import { throttleScopes } from '@tenantry/domain/plans';
import { z } from 'zod';
import { credential } from './credential.ts';
import { createHoldInput, creditHold } from './credit-hold.ts';
import { planReference } from './entitlements.ts';
import { count, externalId, id, text, uuid } from './fields.ts';
import { exampleOf, named, sample } from './named.ts';
import { ownName } from './plan.ts';
import { problem } from './problem.ts';
import { standing } from './subscription.ts';

/** The most characters of a credential that is looked at: more than any of ours has. */
const credentialCharactersMax = 8192;

export const verifyCredentialInput = z
  .strictObject({
    credential: z
      .string()
      .max(credentialCharactersMax)
      .describe('An API key or an access token, as it stands after `Bearer` in your own request.'),
    address: z
      .union([z.ipv4(), z.ipv6()])
      .optional()
      .describe(
        'The IP address of whoever presented it. Without it a key of listed addresses is refused. Wrong credentials of one address are throttled.',
      ),
    account: id
      .optional()
      .describe('The account that a person acts for, where they belong to several; as `Tenantry-Account`.'),
    externalAccount: externalId
      .optional()
      .describe('The same account by your own id of it, instead of `account`.'),
    scope: z
      .enum(scopes)
      .optional()
      .describe(
        'What the role of a person must include, and a key must hold. Without it any, or with a hold `credit:spend`.',
      ),
    person: z.boolean().optional().describe('Whether only a person may; no API key is let through then.'),
    role: z.enum(roles).optional().describe('The least role of a person.'),
    feature: text(100).optional().describe('A feature that the plan must include.'),
    standing: z
      .enum(['good', 'unpaid', 'any'])
      .optional()
      .describe('The standing that the account needs: `good` without it, `unpaid` where money may say no.'),
    reach: z
      .enum(['sites', 'account'])
      .optional()
      .describe('`account` refuses a caller who is limited to certain sites.'),
    throttle: z
      .strictObject({
        scope: z.enum(throttleScopes).describe('The rate of the plan that counts the call.'),
        cost: z.int().min(1).max(9999).default(1).describe('How many points of the rate the call takes.'),
      })
      .optional()
      .describe(
        'How the call is counted. Without it one point of `default`, or with a hold of `credit_hold`.',
      ),
    limit: ownName
      .optional()
      .describe(
        "A limit of the plan that must allow one more: `users`, `sites`, `sectorsPerSite`, `apiKeys`, or one of your catalogue's.",
      ),
    used: count.optional().describe('How many of that limit there are already.'),
    hold: createHoldInput
      .optional()
      .describe(
        'Credits to hold when everything else is let through, as `POST /v1/credits/holds` takes them.',
      ),
  })
  .refine(
    ({ limit, used }) => (limit === undefined) === (used === undefined),
    'names a limit and how many are used, or neither',
  )
  .refine(
    ({ account, externalAccount }) => account === undefined || externalAccount === undefined,
    'names the account once: by `account` or by `externalAccount`',
  )
  .meta({
    examples: [
      {
        credential: 'tny_live_…',
        address: '192.0.2.7',
        scope: 'operation:run',
        feature: 'operations',
        limit: 'projects',
        used: 7,
        hold: { operation: 'write_content', units: 800 },
      },
    ],
  });
export type VerifyCredentialInput = z.output<typeof verifyCredentialInput>;

const { type: _type, title: _title, requestId, ...refusal } = problem.shape;
const { id: holder, userId, role, kind, scopes: held, sites, expiresAt } = credential.shape;

/** A credential that the gate lets through. */
const acceptedCredential = named(
  'AcceptedCredential',
  'A credential that the gate lets through, with whose it is and what it may do.',
  z.object({
    valid: z.literal(true).describe('The gate lets the call through.'),
    requestId,
    account: z
      .object({
        id: uuid.describe('The account.'),
        externalId: z.string().nullable().describe('Your own id of it; null without one.'),
        name: z.string().describe('Its name.'),
      })
      .describe('The account that the call is for.'),
    actor: z
      .object({ kind, id: holder, userId, role, scopes: held, sites, expiresAt })
      .describe('Who calls, and what they may do.'),
    plan: planReference
      .extend({
        features: z.array(ownName).describe('What the plan includes.'),
        limits: z
          .record(ownName, count)
          .describe('The most of each thing that the plan allows, by its name.'),
      })
      .describe('The plan that runs.'),
    standing: standing.describe('What the account may do now.'),
    throttle: z
      .object({
        scope: z.enum(throttleScopes).describe('The rate that counted the call.'),
        limit: z.int().min(1).describe('The points of a minute.'),
        remaining: z.int().min(0).describe('What is left of them.'),
        resetSeconds: z.int().min(1).describe('After how many seconds all are there again.'),
      })
      .nullable()
      .describe(
        'The tightest of the rates that counted the call; null where the operator has turned the throttle off.',
      ),
    hold: creditHold.nullable().describe('The credits that were held; null where none were asked for.'),
  }),
  {
    valid: true,
    requestId: sample.requestId,
    account: { id: sample.accountId, externalId: 'customer-42', name: 'Example Ltd' },
    actor: {
      kind: 'api_key',
      id: sample.keyId,
      userId: null,
      role: null,
      scopes: ['operation:run', 'credit:spend'],
      sites: null,
      expiresAt: null,
    },
    plan: {
      slug: 'growth',
      version: 1,
      name: 'Growth',
      features: ['sites', 'operations', 'exports'],
      limits: { users: 10, sites: 10, sectorsPerSite: 5, apiKeys: 20, projects: 10 },
    },
    standing: exampleOf(standing),
    throttle: { scope: 'credit_hold', limit: 60, remaining: 59, resetSeconds: 60 },
    hold: exampleOf(creditHold),
  },
);

/** A credential that the gate refuses. */
const refusedCredential = named(
  'RefusedCredential',
  'A credential that the gate refuses: the status, the code and the figures of the refusal that a direct call would get.',
  z.object({ valid: z.literal(false).describe('The gate refuses the call.'), requestId, ...refusal }),
  {
    valid: false,
    requestId: sample.requestId,
    status: 402,
    code: 'insufficient_credits',
    detail: 'The account does not have enough credits. Ask for less, or buy credits.',
    required: 800,
    available: 120,
  },
);

/** What the gate says of a credential. */
export const credentialVerdict = z.discriminatedUnion('valid', [acceptedCredential, refusedCredential]);
