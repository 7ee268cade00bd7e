import { issueAccessToken } from './access-token.ts';
import { digestApiKey, mintApiKey, mintServiceKey } from './api-key.ts';
import { normaliseEmail } from '@tenantry/domain/email';
import { digestText, mintOpaqueToken } from './opaque-token.ts';
import { digestRecoveryCode, mintRecoveryCodes, newTotpSecret, stepOfCode } from './second-factor.ts';
import { isCommonPassword } from './common-passwords.ts';
import { decoyHash, generatePassword, hashPassword, matchPassword, verifyPassword } from './password.ts';
import { type VaultKey, openVault } from './vault.ts';

export interface IdentitySettings {
  tokens: { secret: string; issuer: string; audience: string };
  apiKeyPepper: string;
  /** Seal the secrets of authenticator apps: the first seals, all unseal. */
  secondFactorKeys: readonly VaultKey[];
}

/** Seconds an access token lives. */
const lifetimeSeconds = 600;

/** The parts of this package, bound to the secrets of an app. */
export function openIdentity({ tokens, apiKeyPepper, secondFactorKeys }: IdentitySettings) {
  return {
    ...openStaffIdentity({ secondFactorKeys }),
    ...openServiceKeyIdentity(apiKeyPepper),
    verifyPassword,
    mintApiKey,
    issueAccessToken: async (subject: string, sessionId: string, now: Date) => ({
      token: await issueAccessToken({
        ...tokens,
        subject,
        sessionId,
        now,
        lifetimeSeconds,
      }),
      lifetimeSeconds,
    }),
  };
}

/** The parts of this package that make service keys. */
export function openServiceKeyIdentity(apiKeyPepper: string) {
  return { mintServiceKey, digestApiKey: (secret: string) => digestApiKey(secret, apiKeyPepper) };
}

/** The parts of this package that staff need; they sign in with opaque tokens and hold no API keys. */
export function openStaffIdentity({ secondFactorKeys }: Pick<IdentitySettings, 'secondFactorKeys'>) {
  return {
    ...openVault(secondFactorKeys),
    newTotpSecret,
    stepOfCode,
    mintRecoveryCodes,
    digestRecoveryCode,
    isCommonPassword,
    ...openMemberIdentity(),
    matchPassword,
    mintToken: mintOpaqueToken,
  };
}

/** The parts of this package that make members of staff. */
export function openMemberIdentity() {
  return {
    hashPassword,
    decoyHash,
    generatePassword,
    normaliseEmail,
    digestText,
  };
}
