import { rows } from '../sql.ts';
import type { Transaction } from '../transaction.ts';

/** A second factor as it is stored. */
export interface SecondFactor {
  sealedSecret: string;
  /** When it was confirmed, as a text that tells one set-up from another; null before. */
  confirmedAt: string | null;
  lastStep: number;
}

/** An app that has shown a right code. */
interface ConfirmedApp {
  /** The sealed secret that the code belongs to. */
  sealedSecret: string;
  step: number;
  now: Date;
  recoveryDigests: readonly string[];
}

/** The second factors of one kind of people. Each method takes the id of one of them. */
export interface SecondFactorStore {
  read(tx: Transaction, ownerId: string): Promise<SecondFactor | undefined>;
  /** What the owner is told of a confirmed one; null without one. */
  describe(
    tx: Transaction,
    ownerId: string,
  ): Promise<{ confirmedAt: Date; recoveryCodesLeft: number } | null>;
  /** Begins to set one up, in place of one that was never confirmed; false when there is a confirmed one. */
  begin(tx: Transaction, ownerId: string, sealedSecret: string, now: Date): Promise<boolean>;
  /** Uses the code of a time step up; false when it, or a later one, was used. `resealed` replaces the sealed secret. */
  takeStep(
    tx: Transaction,
    ownerId: string,
    step: number,
    resealed?: { from: string; to: string },
  ): Promise<boolean>;
  /** Confirms it with the code of a time step, and stores its recovery codes; false for a used code. */
  confirm(tx: Transaction, ownerId: string, app: ConfirmedApp): Promise<boolean>;
  /** Stores new recovery codes in place of the ones before. */
  replaceRecoveryCodes(tx: Transaction, ownerId: string, digests: readonly string[]): Promise<void>;
  /** Uses a recovery code up; false when it is unknown or was used. */
  useRecoveryCode(tx: Transaction, ownerId: string, digest: string, now: Date): Promise<boolean>;
  /** Removes it with its recovery codes; false when there was none. */
  remove(tx: Transaction, ownerId: string): Promise<boolean>;
}

/** The tables of one kind of people, and what else is written when one is confirmed. */
interface FactorTables {
  factor: string;
  code: string;
  owner: string;
  alsoConfirmed?: string;
}

function statementsOf({ factor, code, owner, alsoConfirmed = '' }: FactorTables) {
  return {
    find: `select sealed_secret as "sealedSecret", confirmed_at::text as "confirmedAt", last_step::float8 as "lastStep"
      from ${factor} where ${owner} = $1`,
    begin: `insert into ${factor} (${owner}, sealed_secret, created_at) values ($1, $2, $3)
      on conflict (${owner}) do update set sealed_secret = excluded.sealed_secret, created_at = excluded.created_at, last_step = -1
      where ${factor}.confirmed_at is null returning ${owner}`,
    take: `update ${factor} set last_step = $1 where ${owner} = $2 and last_step < $1 returning ${owner}`,
    confirm: `update ${factor} set confirmed_at = $1${alsoConfirmed}
      where ${owner} = $2 and sealed_secret = $3 and confirmed_at is null returning ${owner}`,
    reseal: `update ${factor} set sealed_secret = $1 where ${owner} = $2 and sealed_secret = $3`,
    deleteCodes: `delete from ${code} where ${owner} = $1`,
    describe: `select (extract(epoch from confirmed_at) * 1000)::float8 as "confirmedAt",
      (select count(*)::int from ${code} code where code.${owner} = ${factor}.${owner} and used_at is null) as "recoveryCodesLeft"
      from ${factor} where ${owner} = $1 and confirmed_at is not null`,
    addCode: `insert into ${code} (${owner}, digest) values ($1, $2)`,
    useCode: `update ${code} set used_at = $1 where ${owner} = $2 and digest = $3 and used_at is null returning digest`,
    remove: `delete from ${factor} where ${owner} = $1 returning ${owner}`,
  };
}

/** The queries over the second factors of one kind of people, from their tables. */
export function secondFactorStore(tables: FactorTables): SecondFactorStore {
  const sql = statementsOf(tables);
  const store: SecondFactorStore = {
    read: async (tx, ownerId) => (await rows<SecondFactor>(tx, sql.find, [ownerId]))[0],
    describe: async (tx, ownerId) => {
      const [factor] = await rows<{ confirmedAt: number; recoveryCodesLeft: number }>(tx, sql.describe, [
        ownerId,
      ]);
      return factor === undefined ? null : { ...factor, confirmedAt: new Date(factor.confirmedAt) };
    },
    begin: async (tx, ownerId, sealedSecret, now) =>
      (await rows(tx, sql.begin, [ownerId, sealedSecret, now.toISOString()])).length === 1,
    takeStep: async (tx, ownerId, step, resealed) => {
      if ((await rows(tx, sql.take, [step, ownerId])).length !== 1) return false;
      if (resealed !== undefined) await rows(tx, sql.reseal, [resealed.to, ownerId, resealed.from]);
      return true;
    },
    confirm: async (tx, ownerId, { sealedSecret, step, now, recoveryDigests }) => {
      if (!(await store.takeStep(tx, ownerId, step))) return false;
      // Another call may have confirmed it with the code of another step, or have begun anew with another secret.
      const confirmed = await rows(tx, sql.confirm, [now.toISOString(), ownerId, sealedSecret]);
      if (confirmed.length !== 1) return false;
      await store.replaceRecoveryCodes(tx, ownerId, recoveryDigests);
      return true;
    },
    replaceRecoveryCodes: async (tx, ownerId, digests) => {
      await rows(tx, sql.deleteCodes, [ownerId]);
      for (const digest of digests) await rows(tx, sql.addCode, [ownerId, digest]);
    },
    useRecoveryCode: async (tx, ownerId, digest, now) =>
      (await rows(tx, sql.useCode, [now.toISOString(), ownerId, digest])).length === 1,
    remove: async (tx, ownerId) => {
      await rows(tx, sql.deleteCodes, [ownerId]);
      return (await rows(tx, sql.remove, [ownerId])).length > 0;
    },
  };
  return store;
}
