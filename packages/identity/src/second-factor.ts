import { createHash } from 'node:crypto';
import { customAlphabet } from 'nanoid';
import { generateSecret, generateURI, verifySync } from 'otplib';

const stepSeconds = 30;
const recoveryCodes = 10;
const recoveryPattern = /^[a-z2-7]{5}-[a-z2-7]{5}$/;
const recoveryPart = customAlphabet('abcdefghijklmnopqrstuvwxyz234567', 5);

/** A new secret for an authenticator app, with the address that its QR code holds. RFC 6238, SHA-1, six digits. */
export function newTotpSecret(label: string): { secret: string; uri: string } {
  const secret = generateSecret();
  return { secret, uri: generateURI({ issuer: 'Tenantry', label, secret }) };
}

/**
 * The step that a code belongs to, if it is right at `now` (one step of 30 s to either side) and later than
 * `afterStep`, so that no code is taken twice.
 */
export function stepOfCode(secret: string, code: string, now: Date, afterStep: number): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const epoch = Math.floor(now.getTime() / 1000);
  const verdict = verifySync({
    secret,
    token: code,
    epoch,
    epochTolerance: stepSeconds,
    ...(afterStep < 0 ? {} : { afterTimeStep: afterStep }),
  });
  return verdict.valid && 'timeStep' in verdict ? verdict.timeStep : undefined;
}

/** Ten codes for whoever loses the app, each good once; only their digests are kept. */
export function mintRecoveryCodes(): { codes: string[]; digests: string[] } {
  const codes = Array.from({ length: recoveryCodes }, () => `${recoveryPart()}-${recoveryPart()}`);
  return { codes, digests: codes.map(digestOf) };
}

/** The digest of a recovery code, or undefined for a text that is none. */
export function digestRecoveryCode(code: string): string | undefined {
  return recoveryPattern.test(code) ? digestOf(code) : undefined;
}

const digestOf = (code: string) => createHash('sha256').update(code, 'utf8').digest('hex');
