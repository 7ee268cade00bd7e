import type { Role } from '@tenantry/domain/permissions';

/**
 * A state of an account, and the verdict of the gate in it. It is written by hand and computed from no code of the
 * product.
 */
export interface GateState {
  readonly name: string;
  readonly account: 'active' | 'suspended' | 'closed';
  readonly subscription: 'trialing' | 'pending_payment' | 'active' | 'past_due' | 'cancelled' | 'expired';
  /** When the period ends, in seconds from now; the plan has seven days of grace. */
  readonly endsInSeconds: number;
  readonly plan?: 'withdrawn';
  /** The refusal of a procedure that needs good standing; undefined when it is admitted. */
  readonly refusal?: string;
  /** Whether procedures for unpaid accounts are refused too. */
  readonly refusesUnpaid?: true;
}

const day = 86_400;
const near = 3600;

/** Every state of account, subscription and plan, on both sides of each deadline. */
export const gateStates: readonly GateState[] = [
  { name: 'trial', account: 'active', subscription: 'trialing', endsInSeconds: near },
  {
    name: 'trial that has ended',
    account: 'active',
    subscription: 'trialing',
    endsInSeconds: -near,
    refusal: '402 trial_expired',
  },
  { name: 'paid', account: 'active', subscription: 'active', endsInSeconds: near },
  { name: 'paid, in grace', account: 'active', subscription: 'active', endsInSeconds: near - 7 * day },
  {
    name: 'paid, past grace',
    account: 'active',
    subscription: 'active',
    endsInSeconds: -near - 7 * day,
    refusal: '402 payment_overdue',
  },
  { name: 'past due, in its period', account: 'active', subscription: 'past_due', endsInSeconds: near },
  { name: 'past due, in grace', account: 'active', subscription: 'past_due', endsInSeconds: -near },
  {
    name: 'past due, past grace',
    account: 'active',
    subscription: 'past_due',
    endsInSeconds: -near - 7 * day,
    refusal: '402 payment_overdue',
  },
  {
    name: 'first payment pending',
    account: 'active',
    subscription: 'pending_payment',
    endsInSeconds: near,
    refusal: '402 payment_pending',
  },
  { name: 'cancelled, in its period', account: 'active', subscription: 'cancelled', endsInSeconds: near },
  {
    name: 'cancelled, period over',
    account: 'active',
    subscription: 'cancelled',
    endsInSeconds: -near,
    refusal: '402 subscription_cancelled',
  },
  {
    name: 'expired',
    account: 'active',
    subscription: 'expired',
    endsInSeconds: near,
    refusal: '402 subscription_expired',
  },
  {
    name: 'plan withdrawn',
    account: 'active',
    subscription: 'active',
    endsInSeconds: near,
    plan: 'withdrawn',
    refusal: '402 plan_inactive',
  },
  {
    name: 'suspended',
    account: 'suspended',
    subscription: 'active',
    endsInSeconds: near,
    refusal: '403 account_suspended',
    refusesUnpaid: true,
  },
  {
    name: 'suspended and unpaid',
    account: 'suspended',
    subscription: 'trialing',
    endsInSeconds: -near,
    refusal: '403 account_suspended',
    refusesUnpaid: true,
  },
  {
    name: 'closed',
    account: 'closed',
    subscription: 'active',
    endsInSeconds: near,
    refusal: '403 account_closed',
    refusesUnpaid: true,
  },
];

/** Who calls: a person in a role, or a key. */
export const gateCallers = [
  'owner',
  'admin',
  'editor',
  'viewer',
  'full key',
  'bare key',
  'full service key',
  'bare service key',
] as const;
export type GateCaller = (typeof gateCallers)[number];

const editorScopes = [
  'account:read',
  'member:read',
  'site:read',
  'site:write',
  'credit:read',
  'credit:spend',
  'operation:run',
];
const viewerScopes = ['account:read', 'member:read', 'site:read', 'credit:read'];
const notForKeys = ['member:write', 'key:write', 'billing:write'];
const scopesOf: Readonly<Record<Exclude<Role, 'owner' | 'admin'>, readonly string[]>> = {
  editor: editorScopes,
  viewer: viewerScopes,
};

/** The refusal of a caller that lacks a scope; undefined when the caller has it. */
export function scopeRefusal(caller: GateCaller, scope: string): string | undefined {
  // Every member and every key of the account may.
  if (scope === 'any') return undefined;
  // No account of the table is a system account or a sandbox.
  if (scope === 'platform:metrics' || scope === 'clock:write')
    return caller.endsWith('key') ? '403 scope_missing' : '403 role_forbids';
  switch (caller) {
    case 'owner':
    case 'admin':
      return undefined;
    case 'editor':
    case 'viewer':
      return scopesOf[caller].includes(scope) ? undefined : '403 role_forbids';
    case 'full key':
    case 'full service key':
      return notForKeys.includes(scope) ? '403 scope_missing' : undefined;
    case 'bare key':
    case 'bare service key':
      return scope === 'account:read' ? undefined : '403 scope_missing';
  }
}

/** The terms of a procedure. */
export interface AskedTerms {
  scope: string;
  standing?: 'good' | 'unpaid' | 'any';
  role?: Role;
  person?: true;
}

/** The refusal of a caller that lacks a role or a scope; undefined when the caller has both. */
export function callerRefusal(
  caller: GateCaller,
  { scope, person, role = 'viewer' }: AskedTerms,
): string | undefined {
  if (person && caller.endsWith('key')) return '403 scope_missing';
  const isLow = caller === 'editor' || caller === 'viewer';
  const isBelow = (role === 'admin' && isLow) || (role === 'owner' && (isLow || caller === 'admin'));
  return isBelow ? '403 role_forbids' : scopeRefusal(caller, scope);
}

/** The verdict of a cell: standing first, then role or scope; undefined when the gate admits the call. */
export function gateVerdict(state: GateState, caller: GateCaller, terms: AskedTerms): string | undefined {
  const required = terms.standing ?? 'good';
  const isRefused = required === 'good' || (required === 'unpaid' && state.refusesUnpaid === true);
  return (isRefused ? state.refusal : undefined) ?? callerRefusal(caller, terms);
}
