import type { Failpoint } from '@tenantry/db/failpoint';
import type { StoredAnswer } from '@tenantry/db/idempotency/call';
import type { AccountTransaction, CallInfo, Database, Transaction } from '@tenantry/db/transaction';
import type { Refusal, RefusalCode } from '@tenantry/domain/refusals';
import type { LedgerKey, LedgerService } from '@tenantry/ledger/service';
import type {
  AdminSettings,
  ApprovalSettings,
  Background,
  BillingSettings,
  CatalogueFiles,
  Emails,
  Identity,
  InvoicePrinter,
  PaymentMethodSettings,
  ProofStore,
  Provider,
  SessionCache,
  WebhookTargets,
  Statements,
} from './ports.ts';

/** Everything outside the database that a service may name in its context. */
export interface Ports {
  identity: Identity;
  provider: Provider;
  emails: Emails;
  proofs: ProofStore;
  statements: Statements;
  invoices: InvoicePrinter;
  background: Background;
  sessionCache: SessionCache;
  webhookTargets: WebhookTargets;
  failpoint: Failpoint;
  billing: BillingSettings;
  approvals: ApprovalSettings;
  adminSettings: AdminSettings;
  catalogueFiles: CatalogueFiles;
  paymentMethods: PaymentMethodSettings;
}

/**
 * What a service is given that runs in one transaction of an account: the transaction, the call, and the ports it names. A
 * transaction that changes has locked the account.
 */
export type Context<Port extends keyof Ports = never> = CallInfo & { readonly tx: AccountTransaction } & Pick<
    Ports,
    Port
  >;

/** What a service is given that runs without an account and opens its own transactions. */
export type DirectoryContext<Port extends keyof Ports = never> = CallInfo & {
  readonly database: Database;
  /** Where the call comes from, as far as guards of passwords and codes count it. */
  readonly address: string;
} & Pick<Ports, Port>;

/** What a service is given that changes something of a person's own, or of staff's. */
export type PersonContext<Port extends keyof Ports = never> = DirectoryContext<Port> & {
  /**
   * Writes the change in one transaction with its security event. A person's session is still good there, and nobody else
   * changes the person meanwhile. A service calls it once, and answers its result. `recorded` says what the event tells that
   * the input does not name.
   */
  commit<T>(work: (tx: Transaction) => Promise<T>, recorded?: () => Record<string, string>): Promise<T>;
  /** As `commit`, in a transaction of an account that the change makes. */
  commitInAccount<T>(accountId: string, work: (tx: AccountTransaction) => Promise<T>): Promise<T>;
};

/** What a service is given that asks a member for a proof before it changes something of their account. */
export type MemberContext<Port extends keyof Ports = never> = DirectoryContext<Port> & {
  /** Writes the change in one transaction of the account with its audit row. A service calls it once, and answers its result. */
  commit<T>(work: (tx: AccountTransaction) => Promise<T>): Promise<T>;
};

/** What a service is given that calls another system between its changes of credits; it holds no transaction. */
export type ExternalContext<Port extends keyof Ports = never> = CallInfo & {
  readonly accountId: string;
  /** Aborts when the caller disconnects, or when this process shuts down. */
  readonly signal: AbortSignal;
  /**
   * Changes the account's credits in the group commit, as a step of the call: `begin` marks its Idempotency-Key as
   * running, `complete` stores the answer, `abandon` frees the key.
   */
  change<Input, Output, Code extends RefusalCode>(
    step: Exclude<LedgerKey<Output>['phase'], 'once'>,
    service: LedgerService<Input, Output, Code>,
    input: Input,
  ): Promise<Output | StoredAnswer | Refusal<Code | 'idempotency_mismatch' | 'idempotency_in_flight'>>;
} & Pick<Ports, Port>;
