import { findStaffOfToken, recordSecurityEvent } from '@tenantry/db/staff/queries';
import type { Actor } from '@tenantry/domain/actor';
import { type StaffPower, staffAllows } from '@tenantry/domain/permissions';
import { defaultThrottleRates } from '@tenantry/domain/plans';
import { refuse } from '@tenantry/domain/refusals';
import { addressBlock } from '@tenantry/gate/address';
import { boundError, problemOf, refusalError } from '@tenantry/gate/error-boundary';
import { type Bucket, rateHeaders } from '@tenantry/gate/throttle';
import { digestToken } from '@tenantry/identity/opaque-token';
import type { RestRoute } from '@tenantry/rest/meta';
import type { Flow } from '@tenantry/services/ports';
import { initTRPC } from '@trpc/server';
import type { Street } from './street.ts';

/** What a procedure asks of staff. */
export interface StaffTerms {
  readonly power: StaffPower;
}

interface Meta {
  readonly rest?: RestRoute;
  readonly terms?: StaffTerms;
}

const t = initTRPC
  .meta<Meta>()
  .context<Street>()
  .create({
    isDev: false,
    errorFormatter: ({ shape, error, ctx }) => {
      const problem = problemOf(error, ctx?.incoming.requestId ?? '');
      return { ...shape, message: problem.detail, data: problem };
    },
  });

export const { router } = t;

const errorBoundary = t.middleware(async ({ ctx, path, next }) => {
  const result = await next();
  if (result.ok) return result;
  const { error, isFault } = boundError(result.error);
  const { requestId } = ctx.incoming;
  if (isFault)
    ctx.house.log.error({ err: result.error.cause ?? result.error, requestId, path }, 'call failed');
  const { retryAfterSeconds } = problemOf(error, requestId);
  if (retryAfterSeconds !== undefined) ctx.setHeader('retry-after', String(retryAfterSeconds));
  throw error;
});

async function spend(ctx: Street, bucket: Bucket): Promise<void> {
  const verdict = await ctx.house.throttle.consume([bucket], 1);
  if (verdict === undefined) return;
  for (const [name, value] of Object.entries(rateHeaders(verdict))) ctx.setHeader(name, value);
  if (!verdict.allowed) throw refusalError(refuse('throttled', { retryAfterSeconds: verdict.resetSeconds }));
}

function spendOfAddress(ctx: Street, scope: Bucket['scope']): Promise<void> {
  const id = addressBlock(ctx.incoming.address);
  return spend(ctx, { kind: 'address', id, scope, rate: defaultThrottleRates[scope] });
}

const bearerPattern = /^Bearer ([\w-]{43})$/i;

/** Staff by their own tokens; whatever a tenant holds is no credential here. */
const authenticated = t.middleware(async ({ ctx, path, next }) => {
  const { house, incoming, now } = ctx;
  const [authorization, ...others] = incoming.authorizations;
  const sole = others.length === 0 && !incoming.strayCredential ? authorization : undefined;
  const token = bearerPattern.exec(sole ?? '')?.[1];
  const found =
    token === undefined ? undefined : await findStaffOfToken(house.database, digestToken(token), now);
  if (found === undefined) {
    await spendOfAddress(ctx, 'default');
    house.log.warn({ requestId: incoming.requestId, path, reason: 'no_staff_session' }, 'credential refused');
    throw refusalError(refuse('unauthenticated'));
  }
  const { staff, session } = found;
  const actor: Extract<Actor, { kind: 'staff' }> = {
    kind: 'staff',
    staffId: staff.id,
    role: staff.role,
    sessionId: session.id,
  };
  const flow: Flow = { database: house.database, deed: { actor, requestId: incoming.requestId, now } };
  return next({ ctx: { actor, flow } });
});

/** A procedure of anybody on this app: signing in. */
export function openProcedure(rest: RestRoute) {
  return t.procedure
    .meta({ rest: { ...rest, public: true } })
    .use(errorBoundary)
    .use(async ({ ctx, next }) => {
      await spendOfAddress(ctx, 'auth');
      return next();
    });
}

/** A procedure of staff with a power: authenticate, check the power, throttle, before the input is parsed. */
export function staffProcedure(terms: StaffTerms, rest: RestRoute) {
  return t.procedure
    .meta({ terms, rest })
    .use(errorBoundary)
    .use(authenticated)
    .use(async function powerChecked({ ctx, path, next }) {
      if (staffAllows(ctx.actor.role, terms.power)) return next();
      if (terms.power === 'money:confirm') await leaveTrace(ctx.flow, path, 'role_forbids');
      throw refusalError(refuse('role_forbids'));
    })
    .use(async function throttled({ ctx, next }) {
      const rate = defaultThrottleRates.default;
      await spend(ctx, { kind: 'user', id: ctx.actor.staffId, scope: 'default', rate });
      return next();
    });
}

/** A refused deed of staff on money stays on record, whatever becomes of the deed's own transaction. */
export function leaveTrace({ database, deed }: Flow, action: string, refused: string): Promise<void> {
  return recordSecurityEvent(database, deed, action, { refused });
}
