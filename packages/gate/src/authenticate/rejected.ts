/** Why a credential was refused. It goes to the log; the caller learns nothing of it. */
export type CredentialFault =
  | 'missing'
  | 'several_credentials'
  | 'stray_credential'
  | 'malformed'
  | 'bad_checksum'
  | 'unknown_key'
  | 'revoked'
  | 'expired'
  | 'address_not_allowed'
  | 'bad_token'
  | 'unknown_session';

/** A request whose credential proves nobody. */
export interface RejectedCredential {
  readonly rejected: CredentialFault;
}

/** Makes a rejected credential. */
export const rejected = (fault: CredentialFault): RejectedCredential => ({ rejected: fault });

/** Tells a rejected credential from whatever else authentication answers. */
export function isRejected(value: object): value is RejectedCredential {
  return 'rejected' in value;
}
