import { idempotencyReplayedHeader } from '@tenantry/contract/headers';
import type { VerifyCredentialInput } from '@tenantry/contract/credential-verification';
import { type KeyedCall, isStoredAnswer } from '@tenantry/db/idempotency/call';
import { limitsOf, refusalIfNamedLimitReached } from '@tenantry/domain/plans';
import {
  type Refusal,
  type RefusalCode,
  isRefusal,
  refusalStatus,
  refusalTitle,
} from '@tenantry/domain/refusals';
import { standing } from '@tenantry/domain/standing';
import type { LedgerService } from '@tenantry/ledger/service';
import type { TenantApp } from '../audience/tenant.ts';
import type { ServiceActor } from '../authenticate/service.ts';
import { refusalError } from '../public-error.ts';
import { type AccountTerms, anyScope } from '../terms.ts';
import type { Verdict } from '../throttle.ts';
import { type PresentedCredential, type VerifiedCredential, verifyCredential } from '../verify-credential.ts';
import { type Presented, present } from './answer.ts';
import { describeCredential } from './credential.ts';
import { type LedgerApp, answerKey } from './external.ts';
import type { PassedCall } from './handler.ts';
import { keyedCall } from './idempotency.ts';
import { refusalIfHidden } from './stored-answer.ts';

type HoldInput = NonNullable<VerifyCredentialInput['hold']>;
type HoldService<Hold, Code extends RefusalCode> = LedgerService<HoldInput, Hold, Code>;
/** A call of the operator's own backend. */
type VerifyCall<App extends TenantApp & LedgerApp> = PassedCall<App> & { readonly actor: ServiceActor };

/**
 * Makes the handler of a verification: the gate's verdict on the credential of the input, with the terms of the input, and
 * the hold where the gate lets it through. What the credential is refused for is an answer; what is wrong with the call
 * itself, such as its Idempotency-Key, is thrown. It reads no database for what the gate remembers, unless it holds.
 */
export function runVerification<App extends TenantApp & LedgerApp, Hold, Code extends RefusalCode>(
  service: HoldService<Hold, Code>,
) {
  return async ({ ctx, input }: { ctx: VerifyCall<App>; input: VerifyCredentialInput }) => {
    const { credential, address, account, externalAccount, hold, limit, used = 0 } = input;
    const { requestId } = ctx.incoming;
    // The input holds a credential, whose plain digest nobody may read.
    const keyed = keyedCall(ctx, input, true);
    const presented: PresentedCredential = {
      credential,
      address,
      account,
      externalAccount,
      terms: termsOf(input),
      holds: hold !== undefined,
      isOfSandboxes: ctx.actor.mode === 'test',
    };
    const passed = await verifyCredential(ctx, presented, ctx.calling.path);
    if (isRefusal(passed)) return refusedAnswer(passed, requestId);
    const full =
      limit === undefined ? undefined : refusalIfNamedLimitReached(passed.account.plan, limit, used);
    if (full !== undefined) return refusedAnswer(full, requestId);
    const held = hold === undefined ? null : await holdFor(ctx, { passed, service, keyed, hold });
    return isRefusal(held) ? refusedAnswer(held, requestId) : acceptedAnswer(passed, held);
  };
}

/** The terms that the input asks for; those of a hold are the same as where it is made directly. */
function termsOf({
  throttle,
  scope,
  hold,
  person,
  role,
  feature,
  standing: needed,
  reach,
}: VerifyCredentialInput): AccountTerms {
  const holds = hold !== undefined;
  return {
    scope: scope ?? (holds ? 'credit:spend' : anyScope),
    throttle: throttle?.scope ?? (holds ? 'credit_hold' : 'default'),
    cost: throttle?.cost,
    person,
    role,
    feature,
    standing: needed,
    reach,
  };
}

/** Holds the credits in the group commit of the account, in the name of whoever holds the credential. */
async function holdFor<App extends TenantApp & LedgerApp, Hold, Code extends RefusalCode>(
  ctx: VerifyCall<App>,
  given: {
    passed: VerifiedCredential;
    service: HoldService<Hold, Code>;
    keyed: KeyedCall | undefined;
    hold: HoldInput;
  },
): Promise<Presented<Hold> | Refusal> {
  const { passed, service, keyed, hold } = given;
  const { callInfo, account } = passed;
  const call = { ...ctx, ...passed };
  const key = answerKey<Hold>(call, { keyed, input: hold }, 'once');
  const held = await ctx.app.ledger.change(account.id, { service, input: hold, callInfo, key });
  if (isRefusal(held)) {
    if (held.refused === 'idempotency_mismatch' || held.refused === 'idempotency_in_flight')
      throw refusalError(held);
    return held;
  }
  if (!isStoredAnswer(held)) return present(held);
  const hidden = refusalIfHidden(call, held);
  if (hidden !== undefined) return hidden;
  ctx.setHeader(idempotencyReplayedHeader, 'true');
  return stored<Hold>(JSON.parse(held.replay));
}

// What is stored was presented from a `Hold`.
function stored<Hold>(value: unknown): Presented<Hold> {
  return value as Presented<Hold>;
}

function refusedAnswer({ refused, facts }: Refusal, requestId: string) {
  return {
    valid: false as const,
    requestId,
    status: refusalStatus[refused],
    code: refused,
    detail: refusalTitle[refused],
    ...facts,
  };
}

function acceptedAnswer<Hold>(passed: VerifiedCredential, hold: Hold) {
  const { account, callInfo, counted } = passed;
  const { account: _account, ...who } = describeCredential(passed);
  const { id, name, externalId, plan } = account;
  const { slug, version, name: planName, features } = plan;
  return {
    valid: true as const,
    requestId: callInfo.requestId,
    account: { id, externalId, name },
    actor: who,
    plan: {
      slug,
      version,
      name: planName,
      features: [...features],
      limits: Object.fromEntries(limitsOf(plan)),
    },
    standing: present(standing(account, account.subscription, plan, callInfo.now)),
    throttle: counted === undefined ? null : countedAnswer(counted),
    hold,
  };
}

function countedAnswer({ scope, rate, remaining, resetSeconds }: Verdict) {
  return { scope, limit: rate, remaining, resetSeconds };
}
