import { rows } from '../sql.ts';
import type { Database } from '../transaction.ts';

/** A person's second factor as it is stored. */
export interface SecondFactor {
  sealedSecret: string;
  isConfirmed: boolean;
  lastStep: number;
}

const find = `select sealed_secret as "sealedSecret", confirmed_at is not null as "isConfirmed", last_step::float8 as "lastStep"
from second_factor where user_id = $1`;
const begin = `insert into second_factor (user_id, sealed_secret, created_at) values ($1, $2, $3)
on conflict (user_id) do update set sealed_secret = excluded.sealed_secret, created_at = excluded.created_at, last_step = -1
where second_factor.confirmed_at is null returning user_id`;
const take =
  'update second_factor set last_step = $1 where user_id = $2 and last_step < $1 returning user_id';
const confirm = 'update second_factor set confirmed_at = $1 where user_id = $2 and confirmed_at is null';
const addCode = 'insert into recovery_code (user_id, digest) values ($1, $2)';
const useCode =
  'update recovery_code set used_at = $1 where user_id = $2 and digest = $3 and used_at is null returning digest';

/** The second factor of a person, or undefined. */
export async function findSecondFactor(
  database: Database,
  userId: string,
): Promise<SecondFactor | undefined> {
  const [factor] = await database.withoutAccount.read({ userId }, (tx) =>
    rows<SecondFactor>(tx, find, [userId]),
  );
  return factor;
}

/** Begins to set one up, in place of one that was never confirmed; false when there is a confirmed one. */
export async function beginSecondFactor(
  database: Database,
  userId: string,
  sealedSecret: string,
  now: Date,
): Promise<boolean> {
  const begun = await database.withoutAccount.write({ userId }, (tx) =>
    rows(tx, begin, [userId, sealedSecret, now.toISOString()]),
  );
  return begun.length === 1;
}

/** Takes the code of a step, once; with `recoveryDigests` it confirms the factor in the same transaction. */
export function takeStep(
  database: Database,
  userId: string,
  step: number,
  confirmation?: { now: Date; recoveryDigests: readonly string[] },
): Promise<boolean> {
  return database.withoutAccount.write({ userId }, async (tx) => {
    const taken = await rows(tx, take, [step, userId]);
    if (taken.length !== 1) return false;
    if (confirmation === undefined) return true;
    await rows(tx, confirm, [confirmation.now.toISOString(), userId]);
    for (const digest of confirmation.recoveryDigests) await rows(tx, addCode, [userId, digest]);
    return true;
  });
}

/** Uses a recovery code up; false when it is none, or was used. */
export async function useRecoveryCode(
  database: Database,
  userId: string,
  digest: string,
  now: Date,
): Promise<boolean> {
  const used = await database.withoutAccount.write({ userId }, (tx) =>
    rows(tx, useCode, [now.toISOString(), userId, digest]),
  );
  return used.length === 1;
}

/** Takes the second factor of a person away, with its recovery codes. */
export async function deleteSecondFactor(database: Database, userId: string): Promise<void> {
  await database.withoutAccount.write({ userId }, async (tx) => {
    await rows(tx, 'delete from recovery_code where user_id = $1', [userId]);
    await rows(tx, 'delete from second_factor where user_id = $1', [userId]);
  });
}
