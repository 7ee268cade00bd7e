import { findRefreshToken } from '@tenantry/db/session/queries';
import type { Actor } from '@tenantry/domain/actor';
import { defaultThrottleRates } from '@tenantry/domain/plans';
import { digestToken } from '@tenantry/identity/opaque-token';
import type { GateApp } from '../request-context.ts';
import type { PublicTerms } from '../terms.ts';
import type { Audience } from './audience.ts';
import { publicAudience } from './public.ts';

type Anonymous = Extract<Actor, { kind: 'anonymous' }>;

/** The session whose refresh token the input holds; undefined where it holds none that was issued. */
interface PresentedSession {
  readonly sessionId: string | undefined;
}

/**
 * Callers whose input holds a refresh token. Each session is throttled by itself, so that people who share an address do
 * not use up each other's calls; an unknown token counts for its address.
 */
export const refreshTokenAudience: Audience<GateApp, PublicTerms, Anonymous, PresentedSession> = {
  ...publicAudience,
  resolveAccount: async ({ app }, { calling }) => {
    const token = refreshTokenOf(await calling.rawInput());
    if (token === undefined) return { sessionId: undefined };
    return { sessionId: (await findRefreshToken(app.database, digestToken(token)))?.sessionId };
  },
  buckets: (context, given) => {
    const { sessionId } = given.resolved;
    if (sessionId === undefined) return publicAudience.buckets(context, given);
    const { throttle: scope } = given.terms;
    return [{ kind: 'session', id: sessionId, scope, rate: defaultThrottleRates[scope] }];
  },
};

function refreshTokenOf(input: unknown): string | undefined {
  if (typeof input !== 'object' || input === null || !('refreshToken' in input)) return undefined;
  return typeof input.refreshToken === 'string' ? input.refreshToken : undefined;
}
