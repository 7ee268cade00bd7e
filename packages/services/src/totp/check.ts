import type { SecondFactor, SecondFactorStore } from '@tenantry/db/second-factor/store';
import type { Transaction } from '@tenantry/db/transaction';
import type { Identity } from '../ports.ts';

/** A code that belongs to a second factor and may still have been used: one of the app, or a recovery code. */
export type ReadCode =
  | { kind: 'recovery'; digest: string }
  | { kind: 'app'; step: number; resealed: { from: string; to: string } | undefined };

/** The part of identity that reads codes. */
type CodeIdentity = Pick<Identity, 'digestRecoveryCode' | 'stepOfCode' | 'seal' | 'unseal'>;

/** Reads a code; undefined for one that the authenticator app does not show now. */
export function readCode(
  { identity, now }: { readonly identity: CodeIdentity; readonly now: Date },
  { sealedSecret, lastStep }: SecondFactor,
  code: string,
): ReadCode | undefined {
  const digest = identity.digestRecoveryCode(code);
  if (digest !== undefined) return { kind: 'recovery', digest };
  const secret = identity.unseal(sealedSecret);
  const step = identity.stepOfCode(secret.text, code, now, lastStep);
  if (step === undefined) return undefined;
  const resealed = secret.isOutdated ? { from: sealedSecret, to: identity.seal(secret.text) } : undefined;
  return { kind: 'app', step, resealed };
}

/**
 * Uses a code up, in the transaction of what it allows; false when it was used, or is a recovery code of nobody. It
 * seals the app's secret again when an older key sealed it.
 */
export function useCode(
  tx: Transaction,
  { store, ownerId }: { store: SecondFactorStore; ownerId: string },
  code: ReadCode,
  now: Date,
): Promise<boolean> {
  return code.kind === 'recovery'
    ? store.useRecoveryCode(tx, ownerId, code.digest, now)
    : store.takeStep(tx, ownerId, code.step, code.resealed);
}
