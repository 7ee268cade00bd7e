import type { Scope, ServiceScope, StaffRole } from './permissions.ts';

/** Who acts. A union, so that no call is made by nobody. */
export type Actor =
  | { kind: 'anonymous' }
  | { kind: 'user'; userId: string; sessionId: string; via: 'session' | 'token' }
  | { kind: 'api_key'; keyId: string; accountId: string; scopes: readonly Scope[]; siteId: string | null }
  | {
      kind: 'service_key';
      keyId: string;
      /** A `test` key acts for sandbox accounts alone. */
      mode: 'live' | 'test';
      scopes: readonly ServiceScope[];
      /** Whom the operator's own backend says it acts for; null when it does not say. */
      onBehalfOf: string | null;
    }
  /** Staff who look at an account as one of its members does, and change nothing. */
  | { kind: 'impersonation'; impersonationId: string; staffId: string; userId: string; accountId: string }
  | { kind: 'staff'; staffId: string; role: StaffRole; sessionId: string }
  | { kind: 'system'; job: string };

/** The actor as one word for a ledger entry or an audit row, such as `user:0190…`. */
export function actorName(actor: Actor): string {
  switch (actor.kind) {
    case 'anonymous':
      return 'anonymous';
    case 'user':
      return `user:${actor.userId}`;
    case 'api_key':
      return `api_key:${actor.keyId}`;
    case 'service_key':
      return `service_key:${actor.keyId}`;
    case 'impersonation':
    case 'staff':
      return `staff:${actor.staffId}`;
    case 'system':
      return `system:${actor.job}`;
  }
}

/** What is written down of an actor besides the name: whom a service key acted for, and whom staff impersonated. */
export function actorFacts(actor: Actor): {
  onBehalfOf?: string;
  impersonationId?: string;
  asUser?: string;
} {
  if (actor.kind === 'impersonation')
    return { impersonationId: actor.impersonationId, asUser: `user:${actor.userId}` };
  return actor.kind === 'service_key' && actor.onBehalfOf !== null ? { onBehalfOf: actor.onBehalfOf } : {};
}
