import type { Role, Scope, ServiceScope } from '@tenantry/domain/permissions';
import type { CredentialKind } from '@tenantry/domain/refusals';
import type { TenantActor } from '../authenticate/tenant.ts';
import type { ResolvedAccount } from '../resolve-account/tenant.ts';

/** What the gate knows of the credential of a call. */
export interface CredentialView {
  kind: CredentialKind;
  /** The key, or the session. */
  id: string;
  userId: string | null;
  account: { id: string } | null;
  role: Role | null;
  scopes: (Scope | ServiceScope)[] | null;
  sites: string[] | null;
  expiresAt: string | null;
}

/** Tells what the credential of a call is and may do, as the gate has read it. Reads nothing more. */
export function describeCredential({
  actor,
  account,
  access,
}: {
  readonly actor: TenantActor;
  readonly account: ResolvedAccount['account'] | undefined;
  readonly access: ResolvedAccount['access'] | undefined;
}): CredentialView {
  return {
    ...identityOf(actor),
    account: account === undefined ? null : { id: account.id },
    role: access !== undefined && 'role' in access ? access.role : null,
    scopes: 'scopes' in actor ? [...actor.scopes] : null,
    sites: access?.sites === undefined ? null : [...access.sites],
    expiresAt: actor.expiresAt?.toISOString() ?? null,
  };
}

function identityOf(actor: TenantActor): Pick<CredentialView, 'kind' | 'id' | 'userId'> {
  if (actor.kind === 'impersonation')
    return { kind: actor.kind, id: actor.impersonationId, userId: actor.userId };
  if (actor.kind !== 'user') return { kind: actor.kind, id: actor.keyId, userId: null };
  const kind = actor.via === 'token' ? 'access_token' : 'session';
  return { kind, id: actor.sessionId, userId: actor.userId };
}
