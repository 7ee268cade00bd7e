import type { OperatorScope, Role, Scope, StaffPower } from '@tenantry/domain/permissions';
import type { Feature, ThrottleScope } from '@tenantry/domain/plans';
import type { RefusalCode } from '@tenantry/domain/refusals';
import type { RequiredStanding } from '@tenantry/domain/standing';

/**
 * How the work of a procedure runs.
 * - `read`: one read-only transaction. The default of a query.
 * - `transaction`: one transaction, with its audit row and its stored answer. The default of a mutation.
 * - `proven`: the service proves its caller first, then opens one transaction as above.
 * - `ledger`: decided in the account's group commit; the ledger entry is the audit row.
 * - `external`: calls another system, and holds no transaction while it waits.
 * - `stream`: as `external`, and answers in events.
 */
export type Work = 'read' | 'transaction' | 'proven' | 'ledger' | 'external' | 'stream';

/** What an audit row tells of a change besides who made it and when. */
export interface AuditTerms {
  /** The input field that names what was changed. Default: the `id` of the answer. */
  readonly subject?: string;
  /** Input fields whose values are written down. */
  readonly facts?: readonly string[];
}

interface CommonTerms {
  /** Which rate counts the call. */
  readonly throttle: ThrottleScope;
  /** Points that the call takes of the rate; an integer of at least 1. Default: 1. */
  readonly cost?: number;
  /** The codes that the procedure's own service can answer; the compiler compares them with the service's type. */
  readonly refusals?: readonly RefusalCode[];
  readonly work?: Work;
  /**
   * Fields of the output that are shown once and never stored: an answer that is replayed has null there. Each is the
   * names from the answer to the field, with dots between them.
   */
  readonly secrets?: readonly string[];
  /** The procedure whose Idempotency-Keys the call uses too: both are one call to a key. Default: its own. */
  readonly keysOf?: string;
}

/**
 * How far the effect or the answer of a procedure goes.
 * - `sites`: what belongs to sites. Its service leaves out what the actor may not see.
 * - `account`: the account as a whole. An actor who is limited to sites is refused.
 */
export type Reach = 'sites' | 'account';

/** The scope of what every member and every key of the account may do. */
export const anyScope = 'any';

/** What the gate asks of a call that is made for an account: by a member or an API key. */
export interface AccountTerms {
  /** Which rate counts the call. */
  readonly throttle: ThrottleScope;
  /** Points that the call takes of the rate; an integer of at least 1. Default: 1. */
  readonly cost?: number | undefined;
  /** What the role of a person must include, and a key must hold. */
  readonly scope: Scope | typeof anyScope;
  /** Whether only a person may call: an API key may not, whatever its scopes. */
  readonly person?: boolean | undefined;
  /** The least role of a person; an API key needs its scope alone. */
  readonly role?: Role | undefined;
  /** A feature that the plan must include: a built-in one, or one that the catalogue declares. */
  readonly feature?: string | undefined;
  /** The standing that the account needs. Default: `good`. */
  readonly standing?: RequiredStanding | undefined;
  /** Default: `sites` for a query; `account` for a mutation, so that a change that does not name its reach is refused. */
  readonly reach?: Reach | undefined;
}

/** What a procedure asks of a call that is made for an account. Its features are built-in ones. */
export interface TenantTerms extends CommonTerms, AccountTerms {
  readonly cost?: number;
  readonly person?: true;
  readonly role?: Role;
  readonly feature?: Feature;
  readonly standing?: RequiredStanding;
  readonly reach?: Reach;
  readonly audit?: AuditTerms;
}

/** How far a call of a tenant's procedure goes. */
export function reachOf(
  { reach }: Pick<AccountTerms, 'reach'>,
  type: 'query' | 'mutation' | 'subscription',
): Reach {
  return reach ?? (type === 'query' ? 'sites' : 'account');
}

/** What a procedure asks of a person who acts for themselves, without an account. */
export interface PersonTerms extends CommonTerms {
  /** The scope with which a service key may call too; without it none may. */
  readonly serviceScope?: OperatorScope;
}

/** What a procedure asks of a service key that acts for no account which the call names. */
export interface ServiceTerms extends CommonTerms {
  readonly serviceScope: OperatorScope;
}

/** What a procedure asks of whoever holds a credential of this app, whatever it may do. */
export type CredentialTerms = Pick<CommonTerms, 'throttle' | 'cost'> & { readonly refusals?: never };

/** What a procedure asks of a caller without a credential: sign-in, registration. */
export type PublicTerms = Omit<CommonTerms, 'work' | 'secrets' | 'keysOf'>;

/** The input fields that may name the account of a staff procedure. Where several are given, they must agree. */
export type AccountField = 'accountId' | 'subscriptionId' | 'invoiceId' | 'paymentId';

/** The power of what every member of staff may do: what is their own. */
export const anyPower = 'any';

/** What a procedure asks of staff. */
export interface StaffTerms extends CommonTerms {
  readonly power: StaffPower | typeof anyPower;
  /** Whether staff may call who have not set up the second factor that is required of them. */
  readonly beforeSecondFactor?: true;
  /** The input fields that name the account; without any the procedure is for no single account. */
  readonly account?: readonly AccountField[];
  readonly audit?: AuditTerms;
}

/** The terms of a procedure with the audience that it was built for. */
export type ProcedureTerms =
  | ({ readonly audience: 'tenant' } & TenantTerms)
  | ({ readonly audience: 'person' } & PersonTerms)
  | ({ readonly audience: 'service' } & ServiceTerms)
  | ({ readonly audience: 'credential' } & CredentialTerms)
  | ({ readonly audience: 'public' } & PublicTerms)
  | ({ readonly audience: 'staff' } & StaffTerms);

/**
 * The declared refusals of a procedure, compared by the compiler in both directions with those of its service: a
 * service may answer no code that is not declared, and no code is declared that the service cannot answer.
 */
export interface Declaration<Code> {
  readonly same: (code: Code) => Code;
}
