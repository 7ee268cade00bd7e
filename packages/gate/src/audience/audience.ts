import type { Actor } from '@tenantry/domain/actor';
import type { Refusal } from '@tenantry/domain/refusals';
import type { RejectedCredential } from '../authenticate/rejected.ts';
import type { Calling, GateApp, RequestContext } from '../request-context.ts';
import type { ProcedureTerms } from '../terms.ts';
import type { Bucket } from '../throttle.ts';

type Answer<T> = T | Promise<T>;

/**
 * What the four steps of the gate read for one kind of caller. The gate runs them in this order, once for each call,
 * before the input is parsed.
 */
export interface Audience<
  App extends GateApp,
  Terms extends object,
  Who extends Actor,
  Resolved extends object,
> {
  readonly name: ProcedureTerms['audience'];
  /** The setting that names the origins of changes by cookie, for whoever reads the log. */
  readonly originSetting?: 'ALLOWED_ORIGINS' | 'ADMIN_PUBLIC_URL';
  authenticate(context: RequestContext<App>, calling: Calling): Answer<Who | RejectedCredential | Refusal>;
  resolveAccount(
    context: RequestContext<App>,
    given: { actor: Who; terms: Terms; calling: Calling },
  ): Answer<Resolved | Refusal>;
  validatePlan(given: {
    actor: Who;
    terms: Terms;
    resolved: Resolved;
    calling: Calling;
    now: Date;
  }): Refusal | undefined;
  /** The buckets that the call is counted in, in order. */
  buckets(context: RequestContext<App>, given: { actor: Who; terms: Terms; resolved: Resolved }): Bucket[];
  /** How far the clock of the account is ahead of real time; missing where the call is made for no account. */
  aheadOf?(resolved: Resolved): number | undefined;
  /** The sites that the actor is limited to; undefined means every site. */
  sitesOf?(resolved: Resolved): readonly string[] | undefined;
  /** Writes down that a call was refused after authentication. */
  recordRefusal?(
    context: RequestContext<App>,
    given: { actor: Who; terms: Terms; calling: Calling; refusal: Refusal },
  ): Promise<void>;
}
