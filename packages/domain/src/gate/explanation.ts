import { type Role, type Scope, accountAllows, roleAllows, roleAtLeast } from '../permissions.ts';
import { type StandingFacts, type StandingCode, graceEndOf } from '../standing.ts';

/** The steps of the gate, in their order. */
export const gateSteps = ['authenticate', 'resolve_account', 'validate_plan', 'throttle'] as const;
export type GateStep = (typeof gateSteps)[number];

/** What a step says of a call: `unknown` where it counts in a place that cannot be seen from here. */
export const stepVerdicts = ['passes', 'refuses', 'not_reached', 'unknown'] as const;
export type StepVerdict = (typeof stepVerdicts)[number];

/** Who decided something, when, and why in their words. */
export interface Decided {
  at: Date;
  by: string;
  reason: string | null;
}

const at = (time: Date) => time.toISOString();
const listed = (words: readonly string[]) => (words.length === 0 ? 'none' : words.join(', '));

/** Who, when and why, as the end of a sentence; without a record only when, where that is known. */
function byWhom(decided: Decided | undefined, known?: Date): string {
  if (decided === undefined) return known === undefined ? '' : ` at ${at(known)}`;
  const why = decided.reason === null ? '' : `: ${decided.reason.replace(/\.$/, '')}`;
  return ` at ${at(known ?? decided.at)} by ${decided.by}${why}`;
}

/** The fact for which a credential that its holder has proven is refused. */
export function whyCredentialEnds(
  kind: 'key' | 'session',
  fault: 'revoked' | 'expired' | 'address_not_allowed',
  facts: {
    revokedAt: Date | null;
    expiresAt: Date | null;
    revoked?: Decided | undefined;
    allowedAddresses?: readonly string[];
  },
): string {
  const subject = kind === 'key' ? 'The key' : 'The newest session of the member';
  switch (fault) {
    case 'revoked':
      return `${subject} was revoked${byWhom(facts.revoked, facts.revokedAt ?? undefined)}.`;
    case 'expired':
      return `${subject} expired${facts.expiresAt === null ? '' : ` at ${at(facts.expiresAt)}`}.`;
    case 'address_not_allowed':
      return `The address is not one of those that the key may be used from: ${listed(facts.allowedAddresses ?? [])}.`;
  }
}

/** The fact for which the standing of an account refuses a call. */
export function whyStandingRefuses(
  code: StandingCode,
  facts: {
    subscription: StandingFacts;
    plan: { slug: string; graceDays: number };
    decided?: Decided | undefined;
  },
): string {
  const { subscription, plan, decided } = facts;
  const end = at(subscription.paidThrough);
  switch (code) {
    case 'account_closed':
      return `The account was closed${byWhom(decided)}.`;
    case 'account_suspended':
      return `The account was suspended${byWhom(decided)}.`;
    case 'plan_inactive':
      return `The plan ${plan.slug} was withdrawn from sale.`;
    case 'payment_pending':
      return 'The first payment of the subscription was not confirmed yet.';
    case 'trial_expired':
      return `The trial ended at ${end}.`;
    case 'payment_overdue':
      return `The subscription is past due since ${end}, and grace ended at ${at(graceEndOf(subscription, plan.graceDays))}.`;
    case 'subscription_cancelled':
      return `The subscription was cancelled, and what was paid ended at ${end}.`;
    case 'subscription_expired':
      return 'The subscription has expired.';
  }
}

/** What a call needs of its actor, as far as the words of a refusal depend on it. */
interface NeededOfActor {
  scope: Scope | 'any';
  person: boolean;
  role: Role;
}

/** The fact for which a role or the scopes of a key do not allow a call. */
export function whyActorMayNot(
  actor: { role: Role } | { scopes: readonly string[] },
  account: { system: boolean; sandbox: boolean },
  { scope, person, role }: NeededOfActor,
): string {
  if (scope !== 'any' && !accountAllows(account, scope))
    return `The scope ${scope} means nothing in an account of this kind.`;
  if ('scopes' in actor) {
    if (person) return 'A signed-in person alone may call it; no key may.';
    return `The key lacks the scope ${scope}. It holds: ${listed(actor.scopes)}.`;
  }
  if (scope !== 'any' && !roleAllows(actor.role, scope))
    return `The role ${actor.role} lacks the scope ${scope}.`;
  if (!roleAtLeast(actor.role, role)) return `The role ${actor.role} is lower than ${role}, which it needs.`;
  throw new Error(`The role ${actor.role} may do this, and was refused.`);
}

/** The fact for which a bucket of the throttle refuses a call, or what is left of it. */
export function saysBucket(
  { kind, scope }: { kind: string; scope: string },
  { rate, remaining, resetSeconds }: { rate: number; remaining: number; resetSeconds: number },
): string {
  return `The bucket ${scope} of the ${kind}: ${remaining} of ${rate} calls a minute are left, and it begins anew in ${resetSeconds} s.`;
}
