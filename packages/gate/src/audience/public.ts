import type { Actor } from '@tenantry/domain/actor';
import { defaultThrottleRates } from '@tenantry/domain/plans';
import { addressBlock } from '../address.ts';
import type { GateApp } from '../request-context.ts';
import type { PublicTerms } from '../terms.ts';
import type { Audience } from './audience.ts';

type Anonymous = Extract<Actor, { kind: 'anonymous' }>;

/** Callers that need no credential: sign-in, registration, the plans. Their address is throttled. */
export const publicAudience: Audience<GateApp, PublicTerms, Anonymous, object> = {
  name: 'public',
  authenticate: () => ({ kind: 'anonymous' }),
  resolveAccount: () => ({}),
  validatePlan: () => undefined,
  buckets: ({ incoming: { address } }, { terms: { throttle: scope } }) => [
    { kind: 'address', id: addressBlock(address), scope, rate: defaultThrottleRates[scope] },
  ],
};
