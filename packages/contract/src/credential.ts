import { operatorScopes, scopes } from '@tenantry/domain/permissions';
import { credentialKinds } from '@tenantry/domain/refusals';
import { z } from 'zod';
import { role, time, uuid } from './fields.ts';
import { named, sample } from './named.ts';

/** What a credential is. */
export const credential = named(
  'Credential',
  'What the credential of the call is, and what it may do.',
  z.object({
    kind: z.enum(credentialKinds).describe('What kind of credential it is.'),
    id: uuid.describe('The key, the session that the token or the cookie belongs to, or the impersonation.'),
    userId: uuid
      .nullable()
      .describe('The person whose session it is, or whom staff impersonate; null for a key.'),
    account: z
      .object({ id: uuid.describe('The account.') })
      .nullable()
      .describe('The account that it acts for; null for a person or a service key that has to name one.'),
    role: role.nullable().describe('The role of the person in the account; null for a key.'),
    scopes: z
      .array(z.enum([...scopes, ...operatorScopes]))
      .nullable()
      .describe('What the key may do; null for a person.'),
    sites: z.array(uuid).nullable().describe('The sites that it is limited to; null for all.'),
    expiresAt: time.nullable().describe('When the key or the session ends; null for never.'),
  }),
  {
    kind: 'api_key',
    id: sample.keyId,
    userId: null,
    account: { id: sample.accountId },
    role: null,
    scopes: ['site:read', 'operation:run'],
    sites: [sample.siteId],
    expiresAt: sample.expiresAt,
  },
);
