import { type Refusal, isRefusal, refuse } from '@tenantry/domain/refusals';
import { unknownAddress } from './address.ts';
import { customerAudience } from './audience/customer.ts';
import type { TenantApp } from './audience/tenant.ts';
import type { TenantActor } from './authenticate/tenant.ts';
import { type Passed, countCall, passGate, refusalOf } from './pass.ts';
import type { Calling, RequestContext } from './request-context.ts';
import type { ResolvedAccount } from './resolve-account/tenant.ts';
import type { AccountTerms } from './terms.ts';

/** A credential that came in a body, and what is asked of it. */
export interface PresentedCredential {
  /** An API key or an access token, as it stands after `Bearer `. */
  readonly credential: string;
  /** The IP address of whoever presented it; without it a credential of listed addresses is refused. */
  readonly address?: string | undefined;
  /** The account that it is used for, as a `Tenantry-Account` header would name it. */
  readonly account?: string | undefined;
  /** The same account by the operator's own id of it, which whoever verifies may know; at most one of the two. */
  readonly externalAccount?: string | undefined;
  /** A query unless they name a reach: the caller of the verification knows what the call does. */
  readonly terms: AccountTerms;
  /** Whether the call holds credits: it counts in the rate of holds too. */
  readonly holds: boolean;
  /** Whether whoever asks may know of sandbox accounts alone. */
  readonly isOfSandboxes: boolean;
}

/** The id of no account: an external id that nobody has is refused with the same bytes as one of a foreign account. */
const noAccountId = '00000000-0000-0000-0000-000000000000';

/** The customers, where whoever asks may name their account by an external id. In a call of their own they may not. */
const verifiedAudience: typeof customerAudience = {
  ...customerAudience,
  resolveAccount: async (context, given) => {
    const { app, incoming } = context;
    const [externalId] = incoming.externalAccounts;
    if (externalId === undefined) return customerAudience.resolveAccount(context, given);
    const named = await app.authentication.accessCache.externalAccount(externalId);
    const byId = { ...incoming, accounts: [named?.id ?? noAccountId], externalAccounts: [] };
    return customerAudience.resolveAccount({ ...context, incoming: byId }, given);
  },
};

/** Those with a sandbox account. To whoever may know of no other account, there is no other credential. */
const sandboxAudience: typeof customerAudience = {
  ...verifiedAudience,
  resolveAccount: async (context, given) => {
    const resolved = await verifiedAudience.resolveAccount(context, given);
    return isRefusal(resolved) || resolved.account.sandbox ? resolved : refuse('unauthenticated');
  },
};

/** What the gate says of a credential that it lets pass. */
export type VerifiedCredential = Passed<TenantActor> & ResolvedAccount;

/**
 * Runs the four steps for a credential that came in a body, as `passGate` runs them for the credential of a call, with the
 * same code and the same buckets. Answers the refusal of the first step that says no. What it costs the caller of the
 * verification is counted by the gate that the caller has passed.
 */
export async function verifyCredential(
  context: RequestContext<TenantApp>,
  presented: PresentedCredential,
  path: string,
): Promise<VerifiedCredential | Refusal> {
  const calling: Calling = { type: 'query', path, rawInput: async () => undefined };
  const call = callOf(context, presented);
  const { terms, holds, isOfSandboxes } = presented;
  try {
    const audience = isOfSandboxes ? sandboxAudience : verifiedAudience;
    const passed = await passGate(audience, call, terms, calling);
    if (!holds || terms.throttle === 'credit_hold') return passed;
    const { actor, account, access } = passed;
    const holding = { ...terms, throttle: 'credit_hold', cost: 1 } as const;
    await countCall(customerAudience, call, { actor, terms: holding, resolved: { account, access } });
    return passed;
  } catch (fault) {
    const refusal = refusalOf(fault);
    if (refusal === undefined) throw fault;
    return refusal;
  }
}

/** The call that the holder of the credential would make. It sets no header of the answer to the verification. */
function callOf(
  { app, incoming: { requestId }, now }: RequestContext<TenantApp>,
  { credential, address = unknownAddress, account, externalAccount }: PresentedCredential,
): RequestContext<TenantApp> {
  return {
    app,
    now,
    incoming: {
      requestId,
      address,
      authorizations: [`Bearer ${credential}`],
      cookies: [],
      strayCredential: false,
      origin: undefined,
      fetchSite: undefined,
      accounts: account === undefined ? [] : [account],
      externalAccounts: externalAccount === undefined ? [] : [externalAccount],
      onBehalfOf: [],
      idempotencyKeys: [],
      acceptsStream: false,
      calls: 1,
    },
    setHeader: () => undefined,
    setCookie: () => undefined,
    clearCookie: () => undefined,
  };
}
