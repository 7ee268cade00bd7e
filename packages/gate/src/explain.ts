import type { ApiTerms } from '@tenantry/contract/api-procedure';
import type { ChosenCredential } from '@tenantry/db/access/chosen-credential';
import type { AccountAccess } from '@tenantry/db/access/queries';
import {
  type Decided,
  type GateStep,
  type StepVerdict,
  gateSteps,
  saysBucket,
  whyActorMayNot,
  whyCredentialEnds,
  whyStandingRefuses,
} from '@tenantry/domain/gate/explanation';
import { type Refusal, type RefusalCode, isRefusal, refuse } from '@tenantry/domain/refusals';
import { isStandingCode, standing } from '@tenantry/domain/standing';
import type { AccessCache } from './access-cache.ts';
import { isPerson, isPersonOrService, isService } from './audience/kinds.ts';
import { refusalIfKeyLacks } from './audience/service.ts';
import { tenantBuckets } from './audience/tenant.ts';
import { rejectionOfHeldKey } from './authenticate/held-key.ts';
import { type RejectedCredential, isRejected } from './authenticate/rejected.ts';
import { actorOfServiceKey } from './authenticate/service.ts';
import { type TenantActor, actorOfKey, sessionActor } from './authenticate/tenant.ts';
import { ownBucket } from './own-bucket.ts';
import { type ResolvedAccount, resolveTenantAccount } from './resolve-account/tenant.ts';
import { anyScope, reachOf } from './terms.ts';
import type { Bucket, Throttle, Verdict } from './throttle.ts';
import { refusalIfPlanForbids } from './validate-plan.ts';

/** A call that nobody makes: of whom, of what, and from where. */
export interface ImaginedCall {
  readonly credential: ChosenCredential;
  readonly account: AccountAccess;
  readonly terms: ApiTerms;
  readonly type: 'query' | 'mutation';
  /** Where it comes from; undefined where that is not known, and every address is allowed. */
  readonly address: string | undefined;
  /** The real time, and that of the account. */
  readonly now: Date;
  readonly accountNow: Date;
  /** Who suspended or closed the account, where it is. */
  readonly decided: Decided | undefined;
}

/** What one step of the gate says, and the fact that decided. */
export interface ExplainedStep {
  readonly step: GateStep;
  readonly verdict: StepVerdict;
  /** The code that a refusing step answers. */
  readonly code: RefusalCode | null;
  readonly fact: string;
}

/** What a step answers to the explanation of it: a refusal with its fact, or what the next step needs. */
type Said<T> =
  | { readonly passes: T; readonly fact: string }
  | { readonly refusal: Refusal; readonly fact: string };

/** What an explanation reads besides the call. */
export interface ExplainingApp {
  readonly accessCache: AccessCache;
  readonly throttle: Pick<Throttle, 'look'>;
}

/**
 * Says what the gate would say of a call, and why: each step is asked with the same code as a call asks it, but that the
 * secret of the credential is taken as proven and no point of a bucket is taken. It stops at the step that refuses.
 */
export async function explainCall(app: ExplainingApp, call: ImaginedCall): Promise<ExplainedStep[]> {
  const { audience, throttle } = call.terms;
  if (audience === 'public')
    return passedWithout('The procedure needs no credential; the address is throttled.');
  const steps: ExplainedStep[] = [];
  const who = explainAuthentication(call);
  if ('refusal' in who) return ended(steps, 'authenticate', who);
  steps.push(passed('authenticate', who.fact));
  const actor = who.passes;
  const place = await explainAccount(app, call, actor);
  if ('refusal' in place) return ended(steps, 'resolve_account', place);
  steps.push(passed('resolve_account', place.fact));
  const may = explainPlan(call, actor, place.passes);
  if ('refusal' in may) return ended(steps, 'validate_plan', may);
  steps.push(passed('validate_plan', may.fact));
  const account = place.passes?.account;
  const buckets =
    account === undefined ? [ownBucket(actor, throttle)] : tenantBuckets(actor, account, throttle);
  return [...steps, await explainThrottle(app, call, buckets)];
}

const passed = (step: GateStep, fact: string): ExplainedStep => ({
  step,
  verdict: 'passes',
  code: null,
  fact,
});

const passedWithout = (fact: string) => gateSteps.map((step) => passed(step, fact));

/** The steps up to the one that refuses, and those after it, which a call does not reach. */
function ended(
  before: readonly ExplainedStep[],
  step: GateStep,
  { refusal, fact }: { refusal: Refusal; fact: string },
): ExplainedStep[] {
  const unreached = gateSteps.slice(before.length + 1).map(
    (unreachedStep): ExplainedStep => ({
      step: unreachedStep,
      verdict: 'not_reached',
      code: null,
      fact: '',
    }),
  );
  return [...before, { step, verdict: 'refuses', code: refusal.refused, fact }, ...unreached];
}

function explainAuthentication(call: ImaginedCall): Said<TenantActor> {
  const { credential, terms } = call;
  const actor = actorOf(call);
  if (isRejected(actor)) return rejectedBecause(credential, actor);
  switch (terms.audience) {
    case 'person':
      if (terms.serviceScope === undefined ? isPerson(actor) : isPersonOrService(actor)) break;
      return {
        refusal: refuse('scope_missing'),
        fact: 'The procedure is for people; no API key may call it.',
      };
    case 'service':
      if (isService(actor)) break;
      return {
        refusal: refuse(isPerson(actor) ? 'role_forbids' : 'scope_missing'),
        fact: "The procedure is for keys of the operator's own backend.",
      };
    case 'tenant':
    case 'credential':
    case 'public':
  }
  return { passes: actor, fact: goodCredential(call) };
}

function actorOf({ credential, address, now }: ImaginedCall): TenantActor | RejectedCredential {
  if (credential.kind === 'member') return sessionActor(credential.session, 'session', now);
  const { kind, key } = credential;
  const facts = address === undefined ? { ...key, allowedAddresses: [] } : key;
  const rejection = rejectionOfHeldKey(kind, facts, { address: address ?? '', now });
  if (rejection !== undefined) return rejection;
  return credential.kind === 'api_key' ? actorOfKey(credential.key) : actorOfServiceKey(credential.key, null);
}

function rejectedBecause(credential: ChosenCredential, { held }: RejectedCredential): Said<TenantActor> {
  if (held === undefined)
    return { refusal: refuse('unauthenticated'), fact: 'The person has no session: they never signed in.' };
  const facts = credential.kind === 'member' ? credential.session : credential.key;
  const revokedAt = facts?.revokedAt ?? null;
  const revoked = Number(credential.revoked?.at) === Number(revokedAt) ? credential.revoked : undefined;
  const allowedAddresses = credential.kind === 'member' ? [] : credential.key.allowedAddresses;
  const known = { revokedAt, expiresAt: facts?.expiresAt ?? null, revoked, allowedAddresses };
  const kind = credential.kind === 'member' ? 'session' : 'key';
  return {
    refusal: refuse('unauthenticated', { credential: held }),
    fact: whyCredentialEnds(kind, held.fault, known),
  };
}

function goodCredential({ credential, address }: ImaginedCall): string {
  if (credential.kind === 'member') return 'The person has a session that is good.';
  const { allowedAddresses } = credential.key;
  const where =
    address === undefined && allowedAddresses.length > 0
      ? `, where it is used from ${allowedAddresses.join(' or ')}`
      : '';
  return `The key is good${where}.`;
}

async function explainAccount(
  { accessCache }: ExplainingApp,
  { credential, account, terms, now }: ImaginedCall,
  actor: TenantActor,
): Promise<Said<ResolvedAccount | undefined>> {
  if (terms.audience !== 'tenant' && terms.audience !== 'credential')
    return { passes: undefined, fact: 'The procedure is for no account.' };
  const named = { accounts: [account.id], externalAccounts: [] };
  // Of a person the membership in this account alone matters: the call is taken to name it.
  const memberships = () =>
    credential.kind === 'member' && credential.membership !== undefined ? [credential.membership] : [];
  const found = await resolveTenantAccount(actor, named, { ...accessCache, memberships }, now);
  if (!isRefusal(found)) return { passes: found, fact: saysAccess(found) };
  const fact =
    credential.kind === 'member'
      ? 'The person is not a member of the account.'
      : 'The key does not act for this account: a test key acts for sandboxes alone.';
  return { refusal: found, fact };
}

function saysAccess({ access }: ResolvedAccount): string {
  const limits =
    access.sites === undefined ? '' : `, limited to the sites ${access.sites.join(', ') || 'none'}`;
  return 'role' in access
    ? `The person is a member in the role ${access.role}${limits}.`
    : `The key acts for the account with the scopes ${access.scopes.join(', ')}${limits}.`;
}

function explainPlan(
  call: ImaginedCall,
  actor: TenantActor,
  resolved: ResolvedAccount | undefined,
): Said<undefined> {
  const { terms, type, accountNow } = call;
  if (terms.audience === 'tenant' && resolved !== undefined) {
    const { scope = anyScope, ...others } = terms;
    const refusal = refusalIfPlanForbids(resolved, { terms: { ...others, scope }, type, now: accountNow });
    if (refusal !== undefined) return { refusal, fact: whyPlanForbids(call, resolved, refusal) };
    return { passes: undefined, fact: saysStanding(call, resolved) };
  }
  if (terms.serviceScope !== undefined && isPersonOrService(actor)) {
    const refusal = refusalIfKeyLacks(actor, terms.serviceScope);
    if (refusal !== undefined) return { refusal, fact: `The key lacks the scope ${terms.serviceScope}.` };
  }
  return { passes: undefined, fact: 'The procedure asks nothing of a plan.' };
}

function whyPlanForbids(
  call: ImaginedCall,
  { account, access }: ResolvedAccount,
  { refused }: Refusal,
): string {
  const { terms, type, decided } = call;
  const { subscription, plan } = account;
  if (isStandingCode(refused)) return whyStandingRefuses(refused, { subscription, plan, decided });
  if (refused === 'site_forbidden')
    return `The procedure reaches the ${reachOf(terms, type)} as a whole, and the caller is limited to the sites ${access.sites?.join(', ')}.`;
  if (refused === 'plan_lacks_feature') return `The plan ${plan.slug} lacks the feature ${terms.feature}.`;
  const { scope = anyScope, person = false, role = 'viewer' } = terms;
  return whyActorMayNot(access, account, { scope, person, role });
}

function saysStanding({ accountNow }: ImaginedCall, { account }: ResolvedAccount): string {
  const { state, code, until } = standing(account, account.subscription, account.plan, accountNow);
  const end = until === null ? '' : ` until ${until.toISOString()}`;
  return state === 'refused'
    ? `The standing is ${code}, which this procedure does not ask for.`
    : `The standing is ${state}${end}, and the actor may do this.`;
}

async function explainThrottle(
  { throttle }: ExplainingApp,
  { terms: { cost = 1 } }: ImaginedCall,
  buckets: readonly Bucket[],
): Promise<ExplainedStep> {
  const step = 'throttle';
  const seen: { bucket: Bucket; verdict: Verdict }[] = [];
  for (const bucket of buckets) {
    const verdict = await throttle.look(bucket, cost);
    if (verdict === undefined) return { step, verdict: 'unknown', code: null, fact: unseen(bucket) };
    seen.push({ bucket, verdict });
    if (!verdict.allowed) {
      const fact = saysBucket(bucket, verdict);
      return { step, verdict: 'refuses', code: 'throttled', fact };
    }
  }
  return passed(step, seen.map(({ bucket, verdict }) => saysBucket(bucket, verdict)).join(' '));
}

const unseen = ({ kind, scope, rate }: Bucket) =>
  `The bucket ${scope} of the ${kind} has ${rate} calls a minute. Each process of the API counts by itself, so what is left cannot be seen here; with REDIS_URL or THROTTLE_STORE=postgres it can.`;
