import type { Actor } from '@tenantry/domain/actor';
import { defaultThrottleRates } from '@tenantry/domain/plans';
import { refuse } from '@tenantry/domain/refusals';
import { addressBlock } from '@tenantry/gate/address';
import { authenticate, isRejected } from '@tenantry/gate/authenticate';
import { leave, orThrow, problemOf, refusalError } from '@tenantry/gate/error-boundary';
import { resolveAccount } from '@tenantry/gate/resolve-account';
import type { AccountTerms, OpenTerms } from '@tenantry/gate/terms';
import { type Bucket, rateHeaders } from '@tenantry/gate/throttle';
import { validatePlan } from '@tenantry/gate/validate-plan';
import type { RestRoute } from '@tenantry/rest/meta';
import { initTRPC } from '@trpc/server';
import type { RequestContext } from './request-context.ts';

/** What a procedure says about itself; the gate, the REST routes, the documents and the tests read it. */
export interface Meta {
  readonly rest?: RestRoute;
  readonly terms?: AccountTerms | OpenTerms;
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

/** What a call is, before its input is read. */
interface Calling {
  type: 'query' | 'mutation' | 'subscription';
  path: string;
}

/**
 * One middleware for a whole gateMiddleware, since each one that tRPC runs copies the call: `pass` adds to the context or
 * throws a refusal, and nothing leaves the house but a refusal or a bare fault.
 */
function gateMiddleware<Added extends object>(
  pass: (context: RequestContext, calling: Calling) => Promise<Added>,
) {
  return t.middleware(async ({ ctx, type, path, next }) => {
    const { log } = ctx.app;
    const told = { requestId: ctx.incoming.requestId, path, log, setHeader: ctx.setHeader };
    let added: Added;
    try {
      added = await pass(ctx, { type, path });
    } catch (fault) {
      throw leave(fault, told);
    }
    const result = await next({ ctx: added });
    if (!result.ok) throw leave(result.error, told);
    return result;
  });
}

/** A procedure of anybody; its address pays. */
export function openProcedure(terms: OpenTerms, rest: RestRoute) {
  return t.procedure.meta({ terms, rest: { ...rest, public: true } }).use(
    gateMiddleware(async (context) => {
      await spendOfAddress(context, terms.throttle, terms.cost ?? 1);
      return {};
    }),
  );
}

/** A procedure of a person without an account: me, sessions. A key is nobody's person. */
export function personProcedure(terms: OpenTerms, rest: RestRoute) {
  return t.procedure.meta({ terms, rest }).use(
    gateMiddleware(async (context, calling) => {
      const actor = await authenticated(context, calling);
      if (actor.kind !== 'user') throw refusalError(refuse('scope_missing'));
      const rate = defaultThrottleRates[terms.throttle];
      const bucket: Bucket = { kind: 'user', id: actor.userId, scope: terms.throttle, rate };
      await spend(context, [bucket], terms.cost ?? 1);
      return { actor };
    }),
  );
}

/** A procedure made for an account: the whole gate, always in this order, before the input is parsed. */
export function accountProcedure(terms: AccountTerms, rest?: RestRoute) {
  return t.procedure.meta({ terms, ...(rest === undefined ? {} : { rest }) }).use(
    gateMiddleware(async (context, calling) => {
      const actor = await authenticated(context, calling);
      const { accessCache } = context.app.authentication;
      const resolved = orThrow(await resolveAccount(actor, context.incoming.accounts, accessCache));
      orThrow(validatePlan(resolved, terms, context.now));
      await spend(context, accountBuckets(actor, resolved.account, terms), terms.cost ?? 1);
      return { actor, terms, ...resolved };
    }),
  );
}

/** Who calls. A credential that is none costs its address a point, and its reason goes to the log alone. */
async function authenticated(context: RequestContext, { type, path }: Calling): Promise<Actor> {
  const { app, incoming, now } = context;
  const actor = await authenticate(incoming, app.authentication, { mutates: type === 'mutation', now });
  if ('refused' in actor) throw refusalError(actor);
  if (!isRejected(actor) && actor.kind !== 'anonymous') return actor;
  await spendOfAddress(context, 'default', 1);
  if (isRejected(actor))
    app.log.warn({ requestId: incoming.requestId, path, reason: actor.rejected }, 'credential refused');
  throw refusalError(refuse('unauthenticated'));
}

function accountBuckets(
  actor: Actor,
  account: { id: string; plan: { throttleRates: Record<Bucket['scope'], number> } },
  { throttle: scope }: AccountTerms,
): Bucket[] {
  const rate = account.plan.throttleRates[scope];
  const own: Bucket = { kind: 'account', id: account.id, scope, rate };
  // A key's own bucket comes first, so that a key that is over its share takes nothing from its account.
  return actor.kind === 'api_key' ? [{ kind: 'key', id: actor.keyId, scope, rate }, own] : [own];
}

async function spend(
  { app, setHeader }: RequestContext,
  buckets: readonly Bucket[],
  cost: number,
): Promise<void> {
  const verdict = await app.throttle.consume(buckets, cost);
  if (verdict === undefined) return;
  for (const [name, value] of rateHeaders(verdict)) setHeader(name, value);
  if (!verdict.allowed) throw refusalError(refuse('throttled', { retryAfterSeconds: verdict.resetSeconds }));
}

async function spendOfAddress(ctx: RequestContext, scope: Bucket['scope'], cost: number): Promise<void> {
  const rate = defaultThrottleRates[scope];
  await spend(ctx, [{ kind: 'address', id: addressBlock(ctx.incoming.address), scope, rate }], cost);
}
