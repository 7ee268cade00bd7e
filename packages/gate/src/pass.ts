import { Refused } from '@tenantry/db/transaction';
import type { CallInfo } from '@tenantry/db/transaction';
import type { Actor } from '@tenantry/domain/actor';
import { defaultThrottleRates } from '@tenantry/domain/plans';
import { type Refusal, isRefusal, refuse } from '@tenantry/domain/refusals';
import { timeAhead } from '@tenantry/domain/time';
import { addressBlock, unknownAddress } from './address.ts';
import type { Audience } from './audience/audience.ts';
import { type RejectedCredential, isRejected } from './authenticate/rejected.ts';
import { throttleOfRequest } from './batch-throttle.ts';
import { orThrow, refusalError } from './public-error.ts';
import type { Calling, GateApp, RequestContext } from './request-context.ts';
import { type Bucket, type Verdict, rateHeaders } from './throttle.ts';

/** What the gate hands to a procedure that it lets pass. */
export interface Passed<Who extends Actor = Actor> {
  readonly actor: Who;
  readonly callInfo: CallInfo;
  readonly calling: Calling;
  /** What the throttle said of the call; undefined where it counts nothing. */
  readonly counted: Verdict | undefined;
  /**
   * Runs the steps again, but for the throttle, at the present time and for the same account. Answers the call as it would
   * be let in now, or the refusal.
   */
  passAgain(): Promise<CallInfo | Refusal>;
}

/** A procedure's terms, as far as the gate itself reads them; an audience reads the rest. */
interface ThrottleTerms {
  readonly throttle: Bucket['scope'];
  readonly cost?: number | undefined;
}

/**
 * Runs the four steps, always in this order: authenticate, resolve account, validate plan, throttle. Throws the refusal
 * of the first step that says no. A refused call has written no tenant data.
 */
export async function passGate<
  App extends GateApp,
  Terms extends ThrottleTerms,
  Who extends Actor,
  Resolved extends object,
>(
  audience: Audience<App, Terms, Who, Resolved>,
  context: RequestContext<App>,
  terms: Terms,
  calling: Calling,
): Promise<Passed<Who> & Resolved> {
  const { now } = context;
  const actor = await authenticate(audience, context, calling);
  const resolved = await recorded(audience, context, { actor, terms, calling }, async () => {
    const found = orThrow(await audience.resolveAccount(context, { actor, terms, calling }));
    const at = timeAhead(now, audience.aheadOf?.(found));
    const refusal = audience.validatePlan({ actor, terms, resolved: found, calling, now: at });
    if (refusal !== undefined) throw refusalError(refusal);
    return found;
  });
  const counted = await countCall(audience, context, { actor, terms, resolved });
  const callInfo = callInfoOf(audience, context, { actor, resolved });
  const passAgain = () => passStepsAgain(audience, context, { resolved, terms, calling });
  return { ...resolved, actor, callInfo, calling, counted, passAgain };
}

/** The fourth step: counts a call in its buckets. Throws `throttled` where one of them is full. */
export function countCall<
  App extends GateApp,
  Terms extends ThrottleTerms,
  Who extends Actor,
  Resolved extends object,
>(
  audience: Pick<Audience<App, Terms, Who, Resolved>, 'buckets'>,
  context: RequestContext<App>,
  given: { actor: Who; terms: Terms; resolved: Resolved },
): Promise<Verdict | undefined> {
  return spend(context, audience.buckets(context, given), given.terms.cost ?? 1);
}

function callInfoOf<App extends GateApp, Who extends Actor, Resolved extends object>(
  { sitesOf, aheadOf }: Pick<Audience<App, object, Who, Resolved>, 'sitesOf' | 'aheadOf'>,
  { now: realTime, incoming }: Pick<RequestContext, 'now' | 'incoming'>,
  { actor, resolved }: { actor: Who; resolved: Resolved },
): CallInfo {
  const sites = sitesOf?.(resolved);
  const aheadMilliseconds = aheadOf?.(resolved) ?? 0;
  const now = timeAhead(realTime, aheadMilliseconds);
  const call = { actor, requestId: incoming.requestId, now, ...(sites === undefined ? {} : { sites }) };
  return aheadMilliseconds === 0 ? call : { ...call, aheadMilliseconds };
}

/** The steps of a call that runs. A signed token is as good as it was when the call began; its session must still live. */
async function passStepsAgain<
  App extends GateApp,
  Terms extends ThrottleTerms,
  Who extends Actor,
  Resolved extends object,
>(
  audience: Audience<App, Terms, Who, Resolved>,
  begun: RequestContext<App>,
  { resolved, terms, calling }: { resolved: Resolved; terms: Terms; calling: Calling },
): Promise<CallInfo | Refusal> {
  const { app, incoming } = begun;
  const accountId = accountIdOf(resolved);
  const context: RequestContext<App> = {
    ...begun,
    now: app.clock(),
    tokenTime: begun.now,
    // A person who has joined another account meanwhile still means this one.
    incoming:
      accountId === undefined ? incoming : { ...incoming, accounts: [accountId], externalAccounts: [] },
  };
  const actor = await audience.authenticate(context, calling);
  if (isRefusal(actor)) return actor;
  if (isRejected(actor)) return refusalOfRejected(actor);
  const found = await audience.resolveAccount(context, { actor, terms, calling });
  if (isRefusal(found)) return found;
  const at = timeAhead(context.now, audience.aheadOf?.(found));
  const refusal = audience.validatePlan({ actor, terms, resolved: found, calling, now: at });
  return refusal ?? callInfoOf(audience, context, { actor, resolved: found });
}

function accountIdOf(resolved: object): string | undefined {
  const account: unknown = Reflect.get(resolved, 'account');
  return typeof account === 'object' && account !== null && 'id' in account ? String(account.id) : undefined;
}

function refusalOfRejected({ held }: RejectedCredential): Refusal<'unauthenticated'> {
  return refuse('unauthenticated', held === undefined ? {} : { credential: held });
}

/** The actor of the call. A request whose credential proves nobody costs its address a point; the log says why. */
async function authenticate<
  App extends GateApp,
  Terms extends object,
  Who extends Actor,
  Resolved extends object,
>(
  audience: Audience<App, Terms, Who, Resolved>,
  context: RequestContext<App>,
  calling: Calling,
): Promise<Who> {
  const actor = await audience.authenticate(context, calling);
  if (isRefusal(actor)) {
    if (actor.refused === 'origin_refused') warnOfOrigin(context, calling, audience.originSetting);
    throw refusalError(actor);
  }
  if (!isRejected(actor)) return actor;
  const { app, incoming } = context;
  if (incoming.authorizations.length === 0 && incoming.cookies.length > 0) context.clearCookie();
  const rate = defaultThrottleRates.default;
  // A credential that is verified without an address costs nobody but the caller of the verification.
  if (incoming.address !== unknownAddress)
    await spend(
      context,
      [{ kind: 'address', id: addressBlock(incoming.address), scope: 'default', rate }],
      1,
    );
  const { requestId } = incoming;
  if (actor.rejected !== 'missing')
    app.log.warn(
      { requestId, path: calling.path, reason: actor.rejected },
      'The credential of a call was refused.',
    );
  throw refusalError(refusalOfRejected(actor));
}

/** Tells whoever reads the log which origin was refused, and which setting would allow it. */
function warnOfOrigin(
  { app, incoming: { requestId, origin } }: RequestContext,
  { path }: Calling,
  setting = 'ALLOWED_ORIGINS',
): void {
  app.log.warn(
    { requestId, path, origin: origin?.slice(0, 200), setting },
    'A page was refused, because the setting does not name its origin.',
  );
}

/** Runs a step, and lets the audience write down the refusal that it throws. */
async function recorded<App extends GateApp, Terms extends object, Who extends Actor, T>(
  audience: Pick<Audience<App, Terms, Who, object>, 'recordRefusal'>,
  context: RequestContext<App>,
  given: { actor: Who; terms: Terms; calling: Calling },
  step: () => Promise<T>,
): Promise<T> {
  if (audience.recordRefusal === undefined) return step();
  try {
    return await step();
  } catch (fault) {
    const refusal = refusalOf(fault);
    if (refusal !== undefined) await audience.recordRefusal(context, { ...given, refusal });
    throw fault;
  }
}

/** The refusal that an error carries, if it is one. */
export function refusalOf(fault: unknown): Refusal | undefined {
  if (fault instanceof Refused) return fault.refusal;
  return fault instanceof Error && fault.cause instanceof Refused ? fault.cause.refusal : undefined;
}

async function spend(
  { app, incoming, setHeader }: RequestContext,
  buckets: readonly Bucket[],
  cost: number,
): Promise<Verdict | undefined> {
  const verdict = await throttleOfRequest(app.throttle, incoming).consume(buckets, cost);
  if (verdict === undefined) return undefined;
  for (const [name, value] of rateHeaders(verdict)) setHeader(name, value);
  if (!verdict.allowed) throw refusalError(refuse('throttled', { retryAfterSeconds: verdict.resetSeconds }));
  return verdict;
}
