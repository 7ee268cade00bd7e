import type { Actor } from '@tenantry/domain/actor';
import { defaultThrottleRates } from '@tenantry/domain/plans';
import { refuse } from '@tenantry/domain/refusals';
import { addressBlock } from '@tenantry/gate/address';
import { authenticate, isDenied } from '@tenantry/gate/authenticate';
import { boundError, orThrow, problemOf, refusalError } from '@tenantry/gate/error-boundary';
import { resolveAccount } from '@tenantry/gate/resolve-account';
import type { AccountTerms, OpenTerms } from '@tenantry/gate/terms';
import { type Bucket, rateHeaders } from '@tenantry/gate/throttle';
import { validatePlan } from '@tenantry/gate/validate-plan';
import type { RestRoute } from '@tenantry/rest/meta';
import { initTRPC } from '@trpc/server';
import type { Street } from './street.ts';

/** What a procedure says about itself; the gate, the REST routes, the documents and the tests read it. */
export interface Meta {
  readonly rest?: RestRoute;
  readonly terms?: AccountTerms | OpenTerms;
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

/** The outermost wall: nothing leaves the house but a refusal or a bare fault, and a fault is logged once. */
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

/** Who calls. A credential that is none costs its address a point, and its reason goes to the log alone. */
const authenticated = t.middleware(async ({ ctx, type, path, next }) => {
  const { house, incoming, now } = ctx;
  const actor = await authenticate(incoming, house.authentication, { mutates: type === 'mutation', now });
  if ('refused' in actor) throw refusalError(actor);
  if (isDenied(actor) || actor.kind === 'anonymous') {
    await spendOfAddress(ctx, 'default', 1);
    if (isDenied(actor))
      house.log.warn({ requestId: incoming.requestId, path, reason: actor.denied }, 'credential refused');
    throw refusalError(refuse('unauthenticated'));
  }
  return next({ ctx: { actor } });
});

/** A procedure of anybody; its address pays. */
export function openProcedure(terms: OpenTerms, rest: RestRoute) {
  return t.procedure
    .meta({ terms, rest: { ...rest, public: true } })
    .use(errorBoundary)
    .use(async ({ ctx, next }) => {
      await spendOfAddress(ctx, terms.throttle, terms.cost ?? 1);
      return next();
    });
}

/** A procedure of a person without an account: me, sessions. A key is nobody's person. */
export function personProcedure(terms: OpenTerms, rest: RestRoute) {
  return t.procedure
    .meta({ terms, rest })
    .use(errorBoundary)
    .use(authenticated)
    .use(async ({ ctx, next }) => {
      const { actor } = ctx;
      if (actor.kind !== 'user') throw refusalError(refuse('scope_missing'));
      const rate = defaultThrottleRates[terms.throttle];
      const bucket: Bucket = { kind: 'user', id: actor.userId, scope: terms.throttle, rate };
      await spend(ctx, [bucket], terms.cost ?? 1);
      return next({ ctx: { actor } });
    });
}

/** A procedure made for an account: the whole gate, always in this order, before the input is parsed. */
export function accountProcedure(terms: AccountTerms, rest?: RestRoute) {
  return t.procedure
    .meta({ terms, ...(rest === undefined ? {} : { rest }) })
    .use(errorBoundary)
    .use(authenticated)
    .use(async function accountResolved({ ctx, next }) {
      const { facts } = ctx.house.authentication;
      const resolved = orThrow(await resolveAccount(ctx.actor, ctx.incoming.accounts, facts));
      return next({ ctx: { ...resolved, terms } });
    })
    .use(async function planValidated({ ctx, next }) {
      const refusal = validatePlan(ctx, terms, ctx.now);
      if (refusal !== undefined) throw refusalError(refusal);
      return next();
    })
    .use(async function throttled({ ctx, next }) {
      await spend(ctx, accountBuckets(ctx.actor, ctx.account, terms), terms.cost ?? 1);
      return next();
    });
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

async function spend({ house, setHeader }: Street, buckets: readonly Bucket[], cost: number): Promise<void> {
  const verdict = await house.throttle.consume(buckets, cost);
  if (verdict === undefined) return;
  const headers = rateHeaders(verdict);
  for (const name in headers) setHeader(name, headers[name] ?? '');
  if (!verdict.allowed) throw refusalError(refuse('throttled', { retryAfterSeconds: verdict.resetSeconds }));
}

async function spendOfAddress(ctx: Street, scope: Bucket['scope'], cost: number): Promise<void> {
  const rate = defaultThrottleRates[scope];
  await spend(ctx, [{ kind: 'address', id: addressBlock(ctx.incoming.address), scope, rate }], cost);
}
