import { issueAccessToken } from './access-token.ts';
import { type ApiKeyMode, digestApiKey, mintApiKey } from './api-key.ts';
import { normaliseEmail } from '@tenantry/domain/email';
import { digestText, mintOpaqueToken } from './opaque-token.ts';
import {
  digestRecoveryCode,
  mintRecoveryCodes,
  newTotpSecret,
  openVault,
  stepOfCode,
} from './second-factor.ts';
import { decoyHash, hashPassword, verifyPassword } from './password.ts';

export interface IdentitySettings {
  tokens: { secret: string; issuer: string; audience: string };
  apiKeyPepper: string;
}

/** Seconds an access token lives. */
const lifetimeSeconds = 600;

/** The parts of this room, bound to a house's secrets. */
export function openIdentity({ tokens, apiKeyPepper }: IdentitySettings) {
  return {
    ...openVault(apiKeyPepper),
    newTotpSecret,
    stepOfCode,
    mintRecoveryCodes,
    digestRecoveryCode,
    hashPassword,
    verifyPassword,
    decoyHash,
    normaliseEmail,
    digestText,
    mintToken: mintOpaqueToken,
    mintApiKey: (mode: ApiKeyMode) => mintApiKey(mode),
    digestApiKey: (secret: string) => digestApiKey(secret, apiKeyPepper),
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

/** The parts of this room that staff need; they sign in with opaque tokens and hold no API keys. */
export function openStaffIdentity() {
  return { verifyPassword, decoyHash, normaliseEmail, digestText, mintToken: mintOpaqueToken };
}
