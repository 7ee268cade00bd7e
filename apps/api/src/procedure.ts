import type { Actor } from '@tenantry/domain/actor';
import { defaultThrottleRates } from '@tenantry/domain/plans';
import { refuse } from '@tenantry/domain/refusals';
import { addressBlock } from '@tenantry/gate/address';
import { authenticate, isDenied } from '@tenantry/gate/authenticate';
import { leave, orThrow, problemOf, refusalError } from '@tenantry/gate/error-boundary';
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

/** What a call is, before its input is read. */
interface Calling {
  type: 'query' | 'mutation' | 'subscription';
  path: string;
}

/**
 * One middleware for a whole corridor, since each one that tRPC runs copies the call: `pass` adds to the context or
 * throws a refusal, and nothing leaves the house but a refusal or a bare fault.
 */
function corridor<Added extends object>(pass: (street: Street, calling: Calling) => Promise<Added>) {
  return t.middleware(async ({ ctx, type, path, next }) => {
    const { log } = ctx.house;
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
    corridor(async (street) => {
      await spendOfAddress(street, terms.throttle, terms.cost ?? 1);
      return {};
    }),
  );
}

/** A procedure of a person without an account: me, sessions. A key is nobody's person. */
export function personProcedure(terms: OpenTerms, rest: RestRoute) {
  return t.procedure.meta({ terms, rest }).use(
    corridor(async (street, calling) => {
      const actor = await authenticated(street, calling);
      if (actor.kind !== 'user') throw refusalError(refuse('scope_missing'));
      const rate = defaultThrottleRates[terms.throttle];
      const bucket: Bucket = { kind: 'user', id: actor.userId, scope: terms.throttle, rate };
      await spend(street, [bucket], terms.cost ?? 1);
      return { actor };
    }),
  );
}

/** A procedure made for an account: the whole gate, always in this order, before the input is parsed. */
export function accountProcedure(terms: AccountTerms, rest?: RestRoute) {
  return t.procedure.meta({ terms, ...(rest === undefined ? {} : { rest }) }).use(
    corridor(async (street, calling) => {
      const actor = await authenticated(street, calling);
      const { facts } = street.house.authentication;
      const resolved = orThrow(await resolveAccount(actor, street.incoming.accounts, facts));
      orThrow(validatePlan(resolved, terms, street.now));
      await spend(street, accountBuckets(actor, resolved.account, terms), terms.cost ?? 1);
      return { actor, terms, ...resolved };
    }),
  );
}

/** Who calls. A credential that is none costs its address a point, and its reason goes to the log alone. */
async function authenticated(street: Street, { type, path }: Calling): Promise<Actor> {
  const { house, incoming, now } = street;
  const actor = await authenticate(incoming, house.authentication, { mutates: type === 'mutation', now });
  if ('refused' in actor) throw refusalError(actor);
  if (!isDenied(actor) && actor.kind !== 'anonymous') return actor;
  await spendOfAddress(street, 'default', 1);
  if (isDenied(actor))
    house.log.warn({ requestId: incoming.requestId, path, reason: actor.denied }, 'credential refused');
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

async function spend({ house, setHeader }: Street, buckets: readonly Bucket[], cost: number): Promise<void> {
  const verdict = await house.throttle.consume(buckets, cost);
  if (verdict === undefined) return;
  for (const [name, value] of rateHeaders(verdict)) setHeader(name, value);
  if (!verdict.allowed) throw refusalError(refuse('throttled', { retryAfterSeconds: verdict.resetSeconds }));
}

async function spendOfAddress(ctx: Street, scope: Bucket['scope'], cost: number): Promise<void> {
  const rate = defaultThrottleRates[scope];
  await spend(ctx, [{ kind: 'address', id: addressBlock(ctx.incoming.address), scope, rate }], cost);
}
