import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { type Actor, actorName } from '@tenantry/domain/actor';
import { type Refusal, isRefusal } from '@tenantry/domain/refusals';
import { type Failpoint, noFailpoint } from './failpoint.ts';
import { requireAccountId } from './tenancy.ts';

/** Who a transaction says it is; row security reads nothing else. */
export interface Scope {
  accountId?: string;
  userId?: string;
  presented?: string;
}

/** Who acts, on which request, at what time. */
export interface CallInfo {
  actor: Actor;
  requestId: string;
  now: Date;
  /** The sites that the actor is limited to; undefined for all of the account's. */
  sites?: readonly string[];
}

/** A handle on one transaction of one account, handed to a service. */
export interface AccountTransaction extends CallInfo {
  em: EntityManager;
  accountId: string;
  actorName: string;
}

/** Carries a refusal out of a transaction, so that the transaction is rolled back. */
export class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.refused);
    this.refusal = refusal;
  }
}

export interface Database {
  /** Runs `work` in one transaction bound to an account. A returned refusal rolls back and is returned. */
  transact<T>(
    scope: Scope & { accountId: string },
    callInfo: CallInfo,
    work: (tx: AccountTransaction) => Promise<T>,
  ): Promise<T>;
  /** Runs `work` in one transaction without an account: directory look-ups, sign-in, staff. */
  withoutAccount<T>(scope: Scope, work: (em: EntityManager) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const contextStatement =
  "select set_config('app.account', ?, true), set_config('app.user', ?, true), set_config('app.presented', ?, true)";

/** Opens the only door to the tables. */
export function openDatabase(orm: MikroORM, failpoint: Failpoint = noFailpoint): Database {
  async function inTransaction<T>(
    scope: Scope,
    work: (em: EntityManager) => Promise<T>,
    pass: Failpoint,
  ): Promise<T> {
    const em = orm.em.fork({ clear: true, useContext: false });
    if (scope.accountId !== undefined)
      em.setFilterParams('tenant', { account: requireAccountId(scope.accountId) });
    try {
      const done = await em.transactional(async (inner) => {
        await inner.execute(contextStatement, [
          scope.accountId ?? '',
          scope.userId ?? '',
          scope.presented ?? '',
        ]);
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
  return {
    transact: (scope, callInfo, work) =>
      inTransaction(
        scope,
        (em) => work({ ...callInfo, em, accountId: scope.accountId, actorName: actorName(callInfo.actor) }),
        failpoint,
      ),
    withoutAccount: (scope, work) => inTransaction(scope, work, noFailpoint),
    close: () => orm.close(true),
  };
}

// The refusal that leaves here is the value `work` returned, so it has the type the caller knows.
function returned<T>(refusal: Refusal): T {
  return refusal as T;
}
