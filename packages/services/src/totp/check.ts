import { type SecondFactor, takeStep, useRecoveryCode } from '@tenantry/db/second-factor/queries';
import type { DirectoryContext } from '../context.ts';

/**
 * Whether a code proves the second factor of a user: one of the authenticator app that was not used before, or an
 * unused recovery code. It uses the code up, and seals the app's secret again when an older key sealed it.
 */
export async function isSecondFactorRight(
  { database, now, identity }: Pick<DirectoryContext<'identity'>, 'database' | 'now' | 'identity'>,
  { userId, factor, code }: { userId: string; factor: SecondFactor; code: string },
): Promise<boolean> {
  const recovery = identity.digestRecoveryCode(code);
  const { write } = database.withoutAccount;
  if (recovery !== undefined) return write({ userId }, (tx) => useRecoveryCode(tx, userId, recovery, now));
  const { sealedSecret, lastStep } = factor;
  const secret = identity.unseal(sealedSecret);
  const step = identity.stepOfCode(secret.text, code, now, lastStep);
  if (step === undefined) return false;
  const resealed = secret.isOutdated ? { from: sealedSecret, to: identity.seal(secret.text) } : undefined;
  return write({ userId }, (tx) => takeStep(tx, userId, step, resealed));
}
