import type { OperatorScope, Role, Scope } from '@tenantry/domain/permissions';
import type { ThrottleScope } from '@tenantry/domain/plans';
import type { RequiredStanding } from '@tenantry/domain/standing';

/** What the gate asks of a call of a procedure of the API, as its terms say it. */
export interface ApiTerms {
  readonly audience: 'tenant' | 'person' | 'service' | 'credential' | 'public';
  readonly throttle: ThrottleScope;
  readonly cost?: number;
  readonly scope?: Scope | 'any';
  readonly person?: boolean;
  readonly role?: Role;
  readonly feature?: string;
  readonly standing?: RequiredStanding;
  readonly reach?: 'sites' | 'account';
  readonly serviceScope?: OperatorScope;
}

/** A procedure of the API, for whoever reads about it and does not serve it. */
export interface ApiProcedure {
  readonly name: string;
  readonly type: 'query' | 'mutation';
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly terms: ApiTerms;
}
