import type { AccountScope, CallInfo } from '@tenantry/db/transaction';
import type { Actor } from '@tenantry/domain/actor';
import type { ThrottleScope } from '@tenantry/domain/plans';
import type { Refusal, RefusalCode } from '@tenantry/domain/refusals';
import type { Calling, GateApp, RequestContext } from '../request-context.ts';
import type { AuditTerms, Declaration, Work } from '../terms.ts';

/** The terms that the units of work read. */
export interface WorkTerms {
  readonly throttle: ThrottleScope;
  readonly work?: Work;
  readonly audit?: AuditTerms;
  readonly secrets?: readonly string[];
  readonly keysOf?: string;
  readonly refusals?: readonly RefusalCode[];
}

/** A call that has passed the gate, as its unit of work sees it. */
export interface PassedCall<App extends GateApp = GateApp> extends RequestContext<App> {
  readonly actor: Actor;
  readonly callInfo: CallInfo;
  readonly calling: Calling;
  /** Asks the gate again while the call runs: the call as it would be let in now, or the refusal. */
  passAgain(): Promise<CallInfo | Refusal>;
  readonly terms: WorkTerms;
  /** The account that the call is made for; missing where the terms name none. */
  readonly account?: { readonly id: string } | undefined;
}

/**
 * What a handler is called with. `Code` are the refusals that its service answers; the terms declare the same. `Kind` is
 * the work that the terms must name for it; undefined stands for the default of the procedure's type.
 */
export interface Handled<App extends GateApp, Input, Code, Kind extends Work | undefined = undefined> {
  readonly ctx: PassedCall<App> & {
    readonly terms: { readonly work?: Kind };
    readonly declared: Declaration<Code>;
  };
  readonly input: Input;
  readonly signal: AbortSignal | undefined;
}

/** The work of a procedure: what its terms say, or the default of its type. */
export function workOf({ terms, calling }: Pick<PassedCall, 'terms' | 'calling'>): Work {
  return terms.work ?? (calling.type === 'query' ? 'read' : 'transaction');
}

/** The account of a call and the user who acts in it. Throws where the terms name no account. */
export function scopeOf({ account, actor }: Pick<PassedCall, 'account' | 'actor'>): AccountScope {
  if (account === undefined) throw new Error('The terms of this procedure name no account.');
  return { accountId: account.id, ...(actor.kind === 'user' ? { userId: actor.userId } : {}) };
}
