import { rows } from '../sql.ts';
import type { Database, Transaction } from '../transaction.ts';

/** The second factor of a user as it is stored. */
export interface SecondFactor {
  sealedSecret: string;
  /** When it was confirmed, as a text that tells one set-up from another; null before. */
  confirmedAt: string | null;
  lastStep: number;
}

const find = `select sealed_secret as "sealedSecret", confirmed_at::text as "confirmedAt", last_step::float8 as "lastStep"
from second_factor where user_id = $1`;
const begin = `insert into second_factor (user_id, sealed_secret, created_at) values ($1, $2, $3)
on conflict (user_id) do update set sealed_secret = excluded.sealed_secret, created_at = excluded.created_at, last_step = -1
where second_factor.confirmed_at is null returning user_id`;
const take =
  'update second_factor set last_step = $1 where user_id = $2 and last_step < $1 returning user_id';
const confirm = `update second_factor set confirmed_at = $1, address_confirmed = (select email_verified_at is not null from app_user where id = $2)
where user_id = $2 and sealed_secret = $3 and confirmed_at is null returning user_id`;
const reseal = 'update second_factor set sealed_secret = $1 where user_id = $2 and sealed_secret = $3';
const deleteCodes = 'delete from recovery_code where user_id = $1';
const describe = `select (extract(epoch from confirmed_at) * 1000)::float8 as "confirmedAt",
(select count(*)::int from recovery_code where recovery_code.user_id = second_factor.user_id and used_at is null) as "recoveryCodesLeft"
from second_factor where user_id = $1 and confirmed_at is not null`;
const addCode = 'insert into recovery_code (user_id, digest) values ($1, $2)';
const useCode =
  'update recovery_code set used_at = $1 where user_id = $2 and digest = $3 and used_at is null returning digest';

/** The second factor of a user, or undefined. */
export function findSecondFactor(database: Database, userId: string): Promise<SecondFactor | undefined> {
  return database.withoutAccount.read({ userId }, (tx) => readSecondFactor(tx, userId));
}

/** What a user is told of their confirmed second factor; null without one. */
export async function describeSecondFactor(
  database: Database,
  userId: string,
): Promise<{ confirmedAt: Date; recoveryCodesLeft: number } | null> {
  const [factor] = await database.withoutAccount.read({ userId }, (tx) =>
    rows<{ confirmedAt: number; recoveryCodesLeft: number }>(tx, describe, [userId]),
  );
  return factor === undefined ? null : { ...factor, confirmedAt: new Date(factor.confirmedAt) };
}

/** The second factor of a user who is locked, or undefined. */
export async function readSecondFactor(tx: Transaction, userId: string): Promise<SecondFactor | undefined> {
  const [factor] = await rows<SecondFactor>(tx, find, [userId]);
  return factor;
}

/** Begins to set one up, in place of one that was never confirmed; false when there is a confirmed one. */
export async function beginSecondFactor(
  tx: Transaction,
  userId: string,
  sealedSecret: string,
  now: Date,
): Promise<boolean> {
  return (await rows(tx, begin, [userId, sealedSecret, now.toISOString()])).length === 1;
}

/** Uses the code of a time step up; false when it, or a later one, was used. `resealed` replaces the sealed secret. */
export async function takeStep(
  tx: Transaction,
  userId: string,
  step: number,
  resealed?: { from: string; to: string },
): Promise<boolean> {
  if ((await rows(tx, take, [step, userId])).length !== 1) return false;
  if (resealed !== undefined) await rows(tx, reseal, [resealed.to, userId, resealed.from]);
  return true;
}

/** Confirms the second factor with the code of a time step, and stores its recovery codes; false for a used code. */
export async function confirmSecondFactor(
  tx: Transaction,
  userId: string,
  { sealedSecret, step, now, recoveryDigests }: ConfirmedApp,
): Promise<boolean> {
  if (!(await takeStep(tx, userId, step))) return false;
  // Another call may have confirmed it with the code of another step, or have begun anew with another secret.
  if ((await rows(tx, confirm, [now.toISOString(), userId, sealedSecret])).length !== 1) return false;
  await replaceRecoveryCodes(tx, userId, recoveryDigests);
  return true;
}

/** Stores new recovery codes of a user in place of the ones before. */
export async function replaceRecoveryCodes(
  tx: Transaction,
  userId: string,
  digests: readonly string[],
): Promise<void> {
  await rows(tx, deleteCodes, [userId]);
  for (const digest of digests) await rows(tx, addCode, [userId, digest]);
}

/** An app that has shown a right code. */
interface ConfirmedApp {
  /** The sealed secret that the code belongs to. */
  sealedSecret: string;
  step: number;
  now: Date;
  recoveryDigests: readonly string[];
}

/** Uses a recovery code up; false when it is unknown or was used. */
export async function useRecoveryCode(
  tx: Transaction,
  userId: string,
  digest: string,
  now: Date,
): Promise<boolean> {
  return (await rows(tx, useCode, [now.toISOString(), userId, digest])).length === 1;
}

const isUnproven =
  'select 1 as unproven from second_factor where user_id = $1 and (confirmed_at is null or not address_confirmed)';

/**
 * Removes a second factor that was not confirmed, or was set up before the address of its user was: whoever set it up
 * may not have been the owner of that mailbox.
 */
export async function endUnprovenSecondFactor(tx: Transaction, userId: string): Promise<void> {
  if ((await rows(tx, isUnproven, [userId])).length > 0) await deleteSecondFactor(tx, userId);
}

/** Removes the second factor of a user, with its recovery codes; false when there was none. */
export async function deleteSecondFactor(tx: Transaction, userId: string): Promise<boolean> {
  await rows(tx, deleteCodes, [userId]);
  const removed = 'delete from second_factor where user_id = $1 returning user_id';
  return (await rows(tx, removed, [userId])).length > 0;
}
