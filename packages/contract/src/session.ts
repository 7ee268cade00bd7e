import { z } from 'zod';
import { bearerToken, count, knownEmail, opaqueToken, password, secondFactorCode } from './fields.ts';
import { accountOfUser } from './me.ts';
import { exampleOf, named, sample } from './named.ts';

/** The tokens of a session. */
export const sessionTokens = named(
  'SessionTokens',
  'The tokens of a session.',
  z.object({
    accessToken: bearerToken,
    refreshToken: z.string().describe('The token to exchange for the next pair, once.'),
    expiresInSeconds: count.describe('For how many seconds the access token works.'),
  }),
  { accessToken: 'eyJhbGciOiJFZERTQSJ9.e30.c2ln', refreshToken: sample.token, expiresInSeconds: 600 },
);

/** A new session. With `delivery: cookie` there are no tokens. */
export const session = named(
  'Session',
  'A new session; its tokens are missing when it is kept in a cookie.',
  sessionTokens
    .partial()
    .extend({ accounts: z.array(accountOfUser).describe('The accounts that the person belongs to.') }),
  { ...exampleOf(sessionTokens), accounts: [exampleOf(accountOfUser)] },
);

/** How a session reaches its owner. */
export const sessionDelivery = z
  .enum(['token', 'cookie'])
  .default('token')
  .describe('Whether the session is answered as tokens or kept in a cookie.');

export const createSessionInput = z
  .strictObject({
    email: knownEmail.describe('The e-mail address of the person.'),
    password: password.describe('Their password.'),
    totpCode: secondFactorCode.optional().describe('A code of the second factor, when the person has one.'),
    delivery: sessionDelivery,
  })
  .meta({ examples: [{ email: 'ada@example.com', password: 'correct horse battery' }] });
export type CreateSessionInput = z.output<typeof createSessionInput>;

export const refreshSessionInput = z
  .strictObject({ refreshToken: opaqueToken.describe('The newest refresh token of the session.') })
  .meta({ examples: [{ refreshToken: sample.token }] });
export type RefreshSessionInput = z.output<typeof refreshSessionInput>;
