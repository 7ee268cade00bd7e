import { findStaffOfToken, recordSecurityEvent } from '@tenantry/db/staff/queries';
import type { Actor } from '@tenantry/domain/actor';
import { type StaffPower, isRecorded, staffAllows } from '@tenantry/domain/permissions';
import { defaultThrottleRates } from '@tenantry/domain/plans';
import { refuse } from '@tenantry/domain/refusals';
import { Refused } from '@tenantry/db/transaction';
import { addressBlock } from '@tenantry/gate/address';
import { leave, problemOf, refusalError } from '@tenantry/gate/error-boundary';
import { type Bucket, rateHeaders } from '@tenantry/gate/throttle';
import { digestToken } from '@tenantry/identity/opaque-token';
import type { RestRoute } from '@tenantry/rest/meta';
import type { Flow } from '@tenantry/services/ports';
import { initTRPC } from '@trpc/server';
import type { RequestContext } from './request-context.ts';

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
  .context<RequestContext>()
  .create({
    isDev: false,
    errorFormatter: ({ shape, error, ctx }) => {
      const problem = problemOf(error, ctx?.incoming.requestId ?? '');
      return { ...shape, message: problem.detail, data: problem };
    },
  });

export const { router } = t;

/**
 * One middleware for a whole gateMiddleware: `pass` adds to the context or throws a refusal; nothing else leaves. `record`
 * sees what the procedure itself refused.
 */
function gateMiddleware<Added extends object>(
  pass: (context: RequestContext, path: string) => Promise<Added>,
  record: (added: Added, path: string, refused: string) => Promise<void> = async () => undefined,
) {
  return t.middleware(async ({ ctx, path, next }) => {
    const told = {
      requestId: ctx.incoming.requestId,
      path,
      log: ctx.app.log,
      setHeader: ctx.setHeader,
    };
    let added: Added;
    try {
      added = await pass(ctx, path);
    } catch (fault) {
      throw leave(fault, told);
    }
    const result = await next({ ctx: added });
    if (result.ok) return result;
    const { cause } = result.error;
    if (cause instanceof Refused) await record(added, path, cause.refusal.refused);
    throw leave(result.error, told);
  });
}

async function spend(ctx: RequestContext, bucket: Bucket): Promise<void> {
  const verdict = await ctx.app.throttle.consume([bucket], 1);
  if (verdict === undefined) return;
  for (const [name, value] of rateHeaders(verdict)) ctx.setHeader(name, value);
  if (!verdict.allowed) throw refusalError(refuse('throttled', { retryAfterSeconds: verdict.resetSeconds }));
}

function spendOfAddress(ctx: RequestContext, scope: Bucket['scope']): Promise<void> {
  const id = addressBlock(ctx.incoming.address);
  return spend(ctx, { kind: 'address', id, scope, rate: defaultThrottleRates[scope] });
}

const bearerPattern = /^Bearer ([\w-]{43})$/i;

type StaffActor = Extract<Actor, { kind: 'staff' }>;

/** Staff by their own tokens; whatever a tenant holds is no credential here. */
async function authenticated(
  context: RequestContext,
  path: string,
): Promise<{ actor: StaffActor; flow: Flow }> {
  const { app, incoming, now } = context;
  const { requestId } = incoming;
  const [authorization, ...others] = incoming.authorizations;
  const sole = others.length === 0 && !incoming.strayCredential ? authorization : undefined;
  const token = bearerPattern.exec(sole ?? '')?.[1];
  const found =
    token === undefined ? undefined : await findStaffOfToken(app.database, digestToken(token), now);
  if (found === undefined) {
    await spendOfAddress(context, 'default');
    app.log.warn({ requestId, path, reason: 'no_staff_session' }, 'credential refused');
    throw refusalError(refuse('unauthenticated'));
  }
  const { staff, session } = found;
  const actor: StaffActor = { kind: 'staff', staffId: staff.id, role: staff.role, sessionId: session.id };
  return { actor, flow: { database: app.database, callInfo: { actor, requestId, now } } };
}

/** A procedure of anybody on this app: signing in. */
export function openProcedure(rest: RestRoute) {
  return t.procedure.meta({ rest: { ...rest, public: true } }).use(
    gateMiddleware(async (context) => {
      await spendOfAddress(context, 'auth');
      return {};
    }),
  );
}

/**
 * A procedure of staff with a power: authenticate, check the power, throttle, before the input is parsed. A refused
 * callInfo on money or credits stays on record, whatever becomes of the callInfo's own transaction.
 */
export function staffProcedure({ power }: StaffTerms, rest: RestRoute) {
  const record = async (
    { flow: { database, callInfo } }: { flow: Flow },
    action: string,
    refused: string,
  ) => {
    if (isRecorded(power)) await recordSecurityEvent(database, callInfo, action, { refused });
  };
  return t.procedure.meta({ terms: { power }, rest }).use(
    gateMiddleware(async (context, path) => {
      const { actor, flow } = await authenticated(context, path);
      if (!staffAllows(actor.role, power)) {
        await record({ flow }, path, 'role_forbids');
        throw refusalError(refuse('role_forbids'));
      }
      const rate = defaultThrottleRates.default;
      await spend(context, { kind: 'user', id: actor.staffId, scope: 'default', rate });
      return { actor, flow };
    }, record),
  );
}
