import type { Database } from '../transaction.ts';

/** A person's second factor as it is stored. */
export interface SecondFactor {
  sealedSecret: string;
  isConfirmed: boolean;
  lastStep: number;
}

const find = `select sealed_secret as "sealedSecret", confirmed_at is not null as "isConfirmed", last_step::float8 as "lastStep"
from second_factor where user_id = ?`;
const begin = `insert into second_factor (user_id, sealed_secret, created_at) values (?, ?, ?)
on conflict (user_id) do update set sealed_secret = excluded.sealed_secret, created_at = excluded.created_at, last_step = -1
where second_factor.confirmed_at is null returning user_id`;
const take = 'update second_factor set last_step = ? where user_id = ? and last_step < ? returning user_id';
const confirm = 'update second_factor set confirmed_at = ? where user_id = ? and confirmed_at is null';
const reseal = 'update second_factor set sealed_secret = ? where user_id = ? and sealed_secret = ?';
const addCode = 'insert into recovery_code (user_id, digest) values (?, ?)';
const useCode =
  'update recovery_code set used_at = ? where user_id = ? and digest = ? and used_at is null returning digest';

/** The second factor of a person, or undefined. */
export async function findSecondFactor(
  database: Database,
  userId: string,
): Promise<SecondFactor | undefined> {
  const rows: SecondFactor[] = await database.withoutAccount.read({ userId }, ({ em }) =>
    em.execute(find, [userId]),
  );
  return rows[0];
}

/** Begins to set one up, in place of one that was never confirmed; false when there is a confirmed one. */
export async function beginSecondFactor(
  database: Database,
  userId: string,
  sealedSecret: string,
  now: Date,
): Promise<boolean> {
  const rows: unknown[] = await database.withoutAccount.write({ userId }, ({ em }) =>
    em.execute(begin, [userId, sealedSecret, now.toISOString()]),
  );
  return rows.length === 1;
}

/** What is written in the transaction that takes a code. */
export interface WithStep {
  /** Confirms the factor, with its recovery codes. */
  confirmation?: { now: Date; recoveryDigests: readonly string[] };
  /** Stores the same secret as another key sealed it, unless the secret has changed meanwhile. */
  reseal?: { from: string; to: string } | undefined;
}

/** Takes the code of a step, once; false when it, or a later one, was taken. */
export function takeStep(
  database: Database,
  userId: string,
  step: number,
  also: WithStep = {},
): Promise<boolean> {
  return database.withoutAccount.write({ userId }, async ({ em }) => {
    const rows: unknown[] = await em.execute(take, [step, userId, step]);
    if (rows.length !== 1) return false;
    if (also.reseal !== undefined) await em.execute(reseal, [also.reseal.to, userId, also.reseal.from]);
    if (also.confirmation === undefined) return true;
    const { now, recoveryDigests } = also.confirmation;
    await em.execute(confirm, [now.toISOString(), userId]);
    for (const digest of recoveryDigests) await em.execute(addCode, [userId, digest]);
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
  const rows: unknown[] = await database.withoutAccount.write({ userId }, ({ em }) =>
    em.execute(useCode, [now.toISOString(), userId, digest]),
  );
  return rows.length === 1;
}

/** Takes the second factor of a person away, with its recovery codes. */
export async function deleteSecondFactor(database: Database, userId: string): Promise<void> {
  await database.withoutAccount.write({ userId }, async ({ em }) => {
    await em.execute('delete from recovery_code where user_id = ?', [userId]);
    await em.execute('delete from second_factor where user_id = ?', [userId]);
  });
}
