import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { type Actor, actorName } from '@tenantry/domain/actor';
import { type Refusal, isRefusal } from '@tenantry/domain/refusals';
import { type Failpoint, noFailpoint } from './failpoint.ts';
import { rows } from './sql.ts';
import { requireAccountId } from './tenancy.ts';

/** Whom a transaction without an account is for. Row security reads this and nothing else. */
export interface DirectoryScope {
  /** The user whose own rows are visible. */
  userId?: string;
  /** A digest or public id that the caller presented; the directory row that holds it is visible. */
  presented?: string;
}

/** Whom a transaction of one account is for. */
export type AccountScope = DirectoryScope & { accountId: string };

/** Who makes a call, in which request, and at what time. */
export interface CallInfo {
  actor: Actor;
  requestId: string;
  /** The time of the call: of an account with a test clock, the time of that clock. */
  now: Date;
  /** How far the account's test clock is ahead of real time; missing for an account without one. */
  aheadMilliseconds?: number;
  /** The sites that the actor is limited to; undefined means every site of the account. */
  sites?: readonly string[];
}

/** An open transaction. Only packages/db and packages/ledger read `em`; the import rules refuse it elsewhere. */
export interface Transaction {
  readonly em: EntityManager;
}

/** An open transaction that is bound to one account, and the call that it serves. */
export interface AccountTransaction extends Transaction, CallInfo {
  readonly accountId: string;
  readonly actorName: string;
}

/** Carries a refusal out of a transaction, so that the transaction is rolled back. */
export class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.refused);
    this.refusal = refusal;
  }
}

/** Runs work in a transaction that is bound to one account. */
export type InAccount = <T>(
  scope: AccountScope,
  call: CallInfo,
  work: (tx: AccountTransaction) => Promise<T>,
) => Promise<T>;

/** Runs work in a transaction that sees no account: sign-in, directory tables, staff. */
export type WithoutAccount = <T>(scope: DirectoryScope, work: (tx: Transaction) => Promise<T>) => Promise<T>;

/** Opens transactions. A refusal that the work returns rolls back and is returned. PostgreSQL refuses a write in `read`. */
export interface Database {
  readonly inAccount: { readonly read: InAccount; readonly write: InAccount };
  readonly withoutAccount: { readonly read: WithoutAccount; readonly write: WithoutAccount };
  close(): Promise<void>;
}

type Mode = 'read' | 'write';

const enterStatement = 'select enter_account($1, $2, $3, $4)';

/** Opens the tables for transactions. Every statement outside the ledger's own connections runs in one of them. */
export function openDatabase(orm: MikroORM, failpoint: Failpoint = noFailpoint): Database {
  async function run<T>(
    mode: Mode,
    { accountId = '', userId = '', presented = '' }: Partial<AccountScope>,
    work: (em: EntityManager) => Promise<T>,
    pass: Failpoint,
  ): Promise<T> {
    const em = orm.em.fork({ clear: true, useContext: false });
    if (accountId !== '') em.setFilterParams('tenant', { account: requireAccountId(accountId) });
    try {
      const done = await em.transactional(async (inner) => {
        await rows({ em: inner }, enterStatement, [accountId, userId, presented, mode === 'read']);
        const answer = await work(inner);
        if (isRefusal(answer)) throw new Refused(answer);
        await pass('transact_written');
        return answer;
      });
      await pass('transact_committed');
      return done;
    } catch (fault) {
      if (fault instanceof Refused) return returned<T>(fault.refusal);
      throw fault;
    }
  }
  const inAccount =
    (mode: Mode): InAccount =>
    async (scope, call, work) => {
      const accountId = requireAccountId(scope.accountId);
      const bind = (em: EntityManager) => ({ ...call, em, accountId, actorName: actorName(call.actor) });
      return run(mode, scope, (em) => work(bind(em)), mode === 'write' ? failpoint : noFailpoint);
    };
  const withoutAccount =
    (mode: Mode): WithoutAccount =>
    ({ userId, presented }, work) =>
      run(
        mode,
        { ...(userId === undefined ? {} : { userId }), ...(presented === undefined ? {} : { presented }) },
        (em) => work({ em }),
        noFailpoint,
      );
  return {
    inAccount: { read: inAccount('read'), write: inAccount('write') },
    withoutAccount: { read: withoutAccount('read'), write: withoutAccount('write') },
    close: () => orm.close(true),
  };
}

// The refusal that leaves here is the value `work` returned, so it has the type the caller knows.
function returned<T>(refusal: Refusal): T {
  return refusal as T;
}
