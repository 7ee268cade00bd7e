import type { CredentialKind, HeldCredentialFault } from '@tenantry/domain/refusals';

/** Why a credential was refused. It goes to the log. The caller learns it of a credential that they hold, and of no other. */
export type CredentialFault =
  | HeldCredentialFault
  | 'missing'
  | 'several_credentials'
  | 'stray_credential'
  | 'malformed'
  | 'bad_checksum'
  | 'unknown_key'
  | 'bad_token'
  | 'unknown_session';

/** A request whose credential proves nobody. */
export interface RejectedCredential {
  readonly rejected: CredentialFault;
  /** What the caller is told: set when the secret was right, so that the caller holds the credential. */
  readonly held?: { readonly kind: CredentialKind; readonly fault: HeldCredentialFault };
}

/** Makes a rejected credential. */
export const rejected = (fault: CredentialFault): RejectedCredential => ({ rejected: fault });

/** Makes a rejected credential whose secret was right. */
export const rejectedHeld = (kind: CredentialKind, fault: HeldCredentialFault): RejectedCredential => ({
  rejected: fault,
  held: { kind, fault },
});

/** Tells a rejected credential from whatever else authentication answers. */
export function isRejected(value: object): value is RejectedCredential {
  return 'rejected' in value;
}
