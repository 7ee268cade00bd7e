import type { GuaranteeGroup } from './guarantee.ts';

/** Access tokens, refresh tokens and cookies. */
export const sessions: GuaranteeGroup = {
  subject: 'Tokens, sessions and cookies',
  guarantees: [
    {
      id: 'G1',
      statement: 'An access token with another algorithm, or with none, is refused.',
      tests: ['an access token %s is refused'],
    },
    {
      id: 'G2',
      statement: 'An access token with unexpected header fields is refused.',
      tests: ['an access token with %s is refused'],
    },
    {
      id: 'G3',
      statement: 'An access token needs all its claims and is valid until the second in which it expires.',
      tests: ['an access token without %s is refused', 'names its bearer until the second it expires'],
    },
    { id: 'G4', statement: 'A refresh token is no access token, and an access token is no refresh token.' },
    { id: 'G5', statement: 'A member who was removed is refused at once, whatever the token says.' },
    {
      id: 'G6',
      statement:
        'A malformed credential is refused with 401 and logged without its text; the call does not continue as anonymous.',
      tests: ['is refused with 401, and the log names the reason without its text'],
    },
    {
      id: 'G7',
      statement: 'An access token is accepted under each configured secret and under no other.',
      tests: ['is accepted under any secret of the ring and none besides'],
    },
    {
      id: 'G8',
      statement:
        'A refresh token that is used again ends its session, but for the one before the newest in its first half minute.',
    },
    {
      id: 'G9',
      statement: 'Signing out and changing the password end the sessions that they name.',
      tests: [
        'end one session, or all of them',
        'changes their password with the old one, and keeps only this session',
      ],
    },
    {
      id: 'G10',
      statement: 'Scripts cannot read the session cookie, and a mutation from another origin is refused.',
      tests: [
        'by cookie gives no tokens, and a cookie that scripts cannot read',
        'cookie from another origin, on a mutation',
      ],
    },
    {
      id: 'G12',
      statement: 'Every procedure resolves an account or is listed as one without an account.',
      tests: ['the sweep knows every procedure, or names it as one without an account'],
    },
    {
      id: 'G13',
      statement: 'A token from a clock that is 60 seconds ahead is accepted.',
      tests: ['issued by a clock 60 s ahead is accepted'],
    },
    {
      id: 'G14',
      statement: 'A change checks again, in its transaction, that its session has not ended.',
    },
    {
      id: 'G15',
      statement: 'Two tabs that refresh at once, or an answer that is lost, do not end a session.',
    },
    {
      id: 'G16',
      statement:
        'A cookie is read alone: not beside an Authorization header, not beside another; a refusal that it causes clears it.',
    },
  ],
};
