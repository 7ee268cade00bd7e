import type { Role, Scope } from '@tenantry/domain/permissions';
import type { Feature, ThrottleScope } from '@tenantry/domain/plans';
import type { RequiredStanding } from '@tenantry/domain/standing';

/** What a procedure asks of a call made for an account. Gate, OpenAPI, documents and tests read the same object. */
export interface AccountTerms {
  readonly scope: Scope;
  /** Whether only a person may: a key may not, whatever its scopes. */
  readonly person?: true;
  /** The least role of a person; a key needs its scope alone. */
  readonly role?: Role;
  /** A feature the plan must include. */
  readonly feature?: Feature;
  /** The standing the account needs. Default: `good`. */
  readonly standing?: RequiredStanding;
  readonly throttle: ThrottleScope;
  /** Points of the throttle bucket; an integer of at least 1. Default: 1. */
  readonly cost?: number;
  /** Whether the ledger entry is the audit row of this verb. Default: an audit entry is written. */
  readonly audit?: 'entry' | 'ledger';
}

/** What a procedure asks of a call without an account: a person's own, or anybody's. */
export interface OpenTerms {
  readonly throttle: ThrottleScope;
  readonly cost?: number;
}
