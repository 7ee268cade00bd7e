// Generated from the routers of the API and the admin app by `npm run generate`; do not edit.

/** A credential that the gate lets through, with whose it is and what it may do. */
export interface AcceptedCredential {
  /** The gate lets the call through. */
  valid: true;
  /** The id of the request, to quote in a report. */
  requestId: string;
  /** The account that the call is for. */
  account: {
    /** The account. */
    id: string;
    /** Your own id of it; null without one. */
    externalId: string | null;
    /** Its name. */
    name: string;
  };
  /** Who calls, and what they may do. */
  actor: {
    /** What kind of credential it is. */
    kind: 'api_key' | 'service_key' | 'access_token' | 'session' | 'impersonation';
    /** The key, the session that the token or the cookie belongs to, or the impersonation. */
    id: string;
    /** The person whose session it is, or whom staff impersonate; null for a key. */
    userId: string | null;
    /** The role of the person in the account; null for a key. */
    role: 'owner' | 'admin' | 'editor' | 'viewer' | null;
    /** What the key may do; null for a person. */
    scopes:
      | (
          | 'account:read'
          | 'account:write'
          | 'member:read'
          | 'member:write'
          | 'site:read'
          | 'site:write'
          | 'key:read'
          | 'key:write'
          | 'credit:read'
          | 'credit:spend'
          | 'operation:run'
          | 'billing:read'
          | 'billing:write'
          | 'platform:metrics'
          | 'clock:write'
          | 'account:create'
          | 'credential:verify'
        )[]
      | null;
    /** The sites that it is limited to; null for all. */
    sites: string[] | null;
    /** When the key or the session ends; null for never. */
    expiresAt: string | null;
  };
  /** The plan that runs. */
  plan: {
    /** The name that calls use. */
    slug: string;
    /** The version; a subscription keeps the one it was sold. */
    version: number;
    /** The name that people read. */
    name: string;
    /** What the plan includes. */
    features: string[];
    /** The most of each thing that the plan allows, by its name. */
    limits: Record<string, number>;
  };
  /** What the account may do now. */
  standing: Standing;
  /** The tightest of the rates that counted the call; null where the operator has turned the throttle off. */
  throttle: {
    /** The rate that counted the call. */
    scope:
      | 'auth'
      | 'auth_strict'
      | 'content_read'
      | 'content_write'
      | 'credit_hold'
      | 'credit_settle'
      | 'ai_function'
      | 'billing'
      | 'default';
    /** The points of a minute. */
    limit: number;
    /** What is left of them. */
    remaining: number;
    /** After how many seconds all are there again. */
    resetSeconds: number;
  } | null;
  /** The credits that were held; null where none were asked for. */
  hold: CreditHold | null;
}
/** The membership that an invitation made. */
export interface AcceptedInvitation {
  /** The account. */
  accountId: string;
  /** The person. */
  userId: string;
  /** The role of the person in the account. */
  role: 'owner' | 'admin' | 'editor' | 'viewer';
}
/** An account: one tenant. */
export interface Account {
  /** The account. */
  id: string;
  /** Its name. */
  name: string;
  /** The operator's own id of this customer, unique across accounts; null without one. */
  externalId: string | null;
  /** What an operator decided about it. */
  status: 'active' | 'suspended' | 'closed';
  /** How a new subscription is paid. */
  paymentMethod: 'stripe' | 'paypal' | 'bank_transfer';
  /** Whether it is for trying out; its API keys are test keys. */
  sandbox: boolean;
  /** When it was created. */
  createdAt: string;
}
/** A change in the audit trail of an account. A change of credits is an entry of the ledger. */
export interface AccountChange {
  /** The row of the audit trail. */
  id: string;
  /** When. */
  at: string;
  /** The procedure that changed something, such as `site.create`. */
  action: string;
  /** Who, such as `user:` and the id of the person. */
  actor: string;
  /** What was changed: an id or a reference; null for the account itself. */
  subject: string | null;
  /** What else is known, such as the reason. */
  facts: Record<string, string>;
  /** The id of the request. */
  requestId: string;
}
/** An e-mail to an owner or admin about something that happened in the account. */
export interface AccountEmail {
  /** The e-mail. */
  id: string;
  /** The message of the outbox that it tells of. */
  messageId: string;
  /** What happened. */
  type:
    | 'subscription.trial_ending'
    | 'invoice.issued'
    | 'invoice.reminder'
    | 'invoice.paid'
    | 'credit_note.issued'
    | 'payment.rejected'
    | 'payment.proof_asked'
    | 'credit.low_balance'
    | 'account.suspended'
    | 'webhook_endpoint.disabled';
  /** The person. */
  userId: string;
  /** Their e-mail address. */
  email: string;
  /** Whether it waits, was taken by the mail server, was given up, or its person had left. */
  status: 'pending' | 'sent' | 'failed' | 'skipped';
  /** How many attempts were made. */
  attempts: number;
  /** When what it tells of happened. */
  happenedAt: string;
  /** When it was sent or given up; null while it waits. */
  finishedAt: string | null;
}
/** An account that a person belongs to. */
export interface AccountOfUser {
  /** The account. */
  id: string;
  /** Its name. */
  name: string;
  /** The role of the person in it. */
  role: 'owner' | 'admin' | 'editor' | 'viewer';
  /** Whether it is in use; a closed account shows its invoices alone. */
  status: 'active' | 'suspended' | 'closed';
}
/** What a correction of credits would make of them. The correction itself computes the same. */
export interface AdjustmentPreview {
  /** The credits now. */
  before: CreditBalance;
  /** The credits after it. */
  after: CreditBalance;
  /** When what is given ends; null for never, and for credits that are taken. */
  expiresAt: string | null;
  /** Whether another member of staff has to approve it. */
  needsSecondApprover: boolean;
  /** Above how many credits one of them has to; null for never. */
  bound: number | null;
}
/** An API key of the account. */
export interface ApiKey {
  /** The key. */
  id: string;
  /** Its name. */
  name: string;
  /** The first part of the secret, by which a key is recognised. */
  prefix: string;
  /** When it ends; null for never. */
  expiresAt: string | null;
  /** When it was revoked; null while it is not. */
  revokedAt: string | null;
  /** The IP addresses and CIDR blocks that it may be used from; empty for all. */
  allowedAddresses: string[];
  /** When it was last used, as it is written down up to a minute later; null for never. */
  lastUsedAt: string | null;
  /** The key that it replaced in a rotation; null for none. */
  predecessorId: string | null;
  /** When it was created. */
  createdAt: string;
  /** What the key may do. */
  scopes: (
    | 'account:read'
    | 'account:write'
    | 'member:read'
    | 'member:write'
    | 'site:read'
    | 'site:write'
    | 'key:read'
    | 'key:write'
    | 'credit:read'
    | 'credit:spend'
    | 'operation:run'
    | 'billing:read'
    | 'billing:write'
    | 'platform:metrics'
    | 'clock:write'
  )[];
  /** The one site that it is limited to; null for all sites. */
  siteId: string | null;
  /** The most credits it may spend in a UTC day; null for all. */
  creditsPerDayMax: number | null;
  /** The person who made it, also when they have left; null when not known. */
  createdBy: string | null;
}
/** A new API key with its secret. */
export interface ApiKeyWithSecret {
  /** The key. */
  id: string;
  /** Its name. */
  name: string;
  /** The first part of the secret, by which a key is recognised. */
  prefix: string;
  /** When it ends; null for never. */
  expiresAt: string | null;
  /** When it was revoked; null while it is not. */
  revokedAt: string | null;
  /** The IP addresses and CIDR blocks that it may be used from; empty for all. */
  allowedAddresses: string[];
  /** When it was last used, as it is written down up to a minute later; null for never. */
  lastUsedAt: string | null;
  /** The key that it replaced in a rotation; null for none. */
  predecessorId: string | null;
  /** When it was created. */
  createdAt: string;
  /** What the key may do. */
  scopes: (
    | 'account:read'
    | 'account:write'
    | 'member:read'
    | 'member:write'
    | 'site:read'
    | 'site:write'
    | 'key:read'
    | 'key:write'
    | 'credit:read'
    | 'credit:spend'
    | 'operation:run'
    | 'billing:read'
    | 'billing:write'
    | 'platform:metrics'
    | 'clock:write'
  )[];
  /** The one site that it is limited to; null for all sites. */
  siteId: string | null;
  /** The most credits it may spend in a UTC day; null for all. */
  creditsPerDayMax: number | null;
  /** The person who made it, also when they have left; null when not known. */
  createdBy: string | null;
  /** The key to send as a bearer token. It is shown once; a repeated answer has null. */
  secret: string | null;
}
/** A procedure of the API. */
export interface ApiProcedure {
  /** The procedure. */
  name: string;
  /** Its method over REST. */
  method: string;
  /** Its path over REST. */
  path: string;
  /** What it does. */
  summary: string;
}
/** A payment that one member of staff has approved, and another one may confirm. */
export interface ApprovedPayment {
  /** The payment. */
  id: string;
  /** The invoice that it pays. */
  invoiceId: string;
  /** How it was paid. */
  method: 'stripe' | 'paypal' | 'bank_transfer';
  /** Whether its money arrived. */
  status: 'pending_approval' | 'succeeded' | 'failed' | 'refunded' | 'returned';
  /** What was paid; before it is confirmed, what the payer says. */
  total: Money;
  /** What of it was sent back. */
  refunded: Money;
  /** Who paid. */
  payerName: string;
  /** The reference of the bank or provider. */
  externalPaymentId: string | null;
  /** Why an operator rejected it, or why its money went back. */
  reason: string | null;
  /** When it was submitted. */
  createdAt: string;
  /** When an operator confirmed or rejected it; null before. */
  confirmedAt: string | null;
  /** Who approved it first. */
  approvedBy: string;
}
/** A line of a statement that one member of staff has approved, and another one may confirm. */
export interface ApprovedStatementLine {
  /** The line, which waits on. */
  lineId: string;
  /** The payment that its money is of. */
  payment: ApprovedPayment;
}
/** Who did what, when, why and in which request. */
export interface AuditRecord {
  /** The record. */
  id: string;
  /** When it was done. */
  at: string;
  /** What was done: the name of the procedure, as a rule. */
  action: string;
  /** Who did it: `staff:`, `user:`, `api_key:`, `service_key:` or `system:` with an id. */
  actor: string;
  /** The address of that person, where they have one. */
  actorEmail: string | null;
  /** The account that was changed; null for a security event. */
  accountId: string | null;
  /** Its name. */
  accountName: string | null;
  /** The request, as the log names it. */
  requestId: string;
  /** What was changed. */
  subjectId: string | null;
  /** What the record tells besides: the reason, and new values. */
  facts: Record<string, string>;
  /** The place in its chain; null for one from before there were chains. */
  sequence: number | null;
  /** The hash over it and the record before it. */
  hash: string | null;
}
/** A bank transfer that waits for an operator. */
export interface BankTransfer {
  /** The payment. */
  id: string;
  /** The invoice that it pays. */
  invoiceId: string;
  /** How it was paid. */
  method: 'stripe' | 'paypal' | 'bank_transfer';
  /** Whether its money arrived. */
  status: 'pending_approval' | 'succeeded' | 'failed' | 'refunded' | 'returned';
  /** What was paid; before it is confirmed, what the payer says. */
  total: Money;
  /** What of it was sent back. */
  refunded: Money;
  /** Who paid. */
  payerName: string;
  /** The reference of the bank or provider. */
  externalPaymentId: string | null;
  /** Why an operator rejected it, or why its money went back. */
  reason: string | null;
  /** When it was submitted. */
  createdAt: string;
  /** When an operator confirmed or rejected it; null before. */
  confirmedAt: string | null;
  /** The invoice that it pays. */
  invoice: Invoice;
  /** The reference to pay under. */
  reference: string;
}
/** What new invoices say of the customer. Everything is null, and the address empty, where the account has said nothing: then they have its name alone. */
export interface BillingDetails {
  /** The legal name of the customer. */
  legalName: string | null;
  /** The lines of the address, without the country. */
  address: string[];
  /** The country: ISO 3166-1, two capital letters. */
  country: string | null;
  /** The tax id; null without one. */
  taxId: string | null;
  /** The address for questions; null without one. */
  email: string | null;
}
/** The catalogue as a file in YAML. */
export interface CatalogueFile {
  /** Names the catalogue as it is stored: the same for the same content. */
  fingerprint: string;
  /** What `tenantry catalogue export` prints. */
  text: string;
}
/** What a file of the catalogue would change, or what is wrong with it. */
export interface CataloguePlan {
  /** Names the catalogue as it is stored: the same for the same content. */
  fingerprint: string;
  /** What is wrong with the file; while there is one, nothing can be applied. */
  faults: {
    /** Where in the file, from 1. */
    line: number;
    /** The keys that lead there, joined by dots; empty for the file. */
    path: string;
    /** What is wrong, and what would be right. */
    message: string;
  }[];
  /** What the catalogue makes impossible, as sentences. It may be meant. */
  gaps: string[];
  /** What would change; empty where the file is true already. */
  changes: {
    /** The part of the catalogue. */
    part: 'features' | 'limits' | 'plans' | 'operations' | 'packages' | 'issuer';
    /** The name of what changes there. */
    name: string;
    /** What becomes of it: a `version` is added beside those that were sold; `state` lists, unlists or withdraws a plan; `remove` unlists a plan, withdraws an operation, and takes the rest away. */
    change: 'add' | 'version' | 'state' | 'update' | 'remove';
    /** Each field that differs, as `path: before → after`. */
    details: string[];
    /** How many accounts have a version of the plan, or have paid for one; 0 of others. */
    accounts: number;
    /** The same by version of the plan; empty of others. */
    versions: {
      /** A version of the plan. */
      version: number;
      /** How many accounts have it, or have paid for it. */
      accounts: number;
    }[];
  }[];
  /** Plans whose accounts cannot be moved: their version has another currency or cycle, or costs nothing where the new one does not. */
  unmovable: {
    /** A plan that changes. */
    plan: string;
    /** Its versions that accounts cannot be moved from. */
    versions: number[];
  }[];
}
/** A payment that was begun at a provider. */
export interface Checkout {
  /** The page of the provider to send the payer to. */
  redirectUrl: string;
}
/** What booking a bank transfer changed. */
export interface ConfirmedBankTransfer {
  /** The payment, which succeeded. */
  payment: Payment;
  /** The invoice, which is paid, or paid in part. */
  invoice: Invoice;
  /** The subscription with its new period. */
  subscription: Subscription;
  /** The credits with those of the plan. */
  credits: CreditBalance;
}
/** What booking a line of a statement changed. */
export interface ConfirmedStatementLine {
  /** The payment, which succeeded. */
  payment: Payment;
  /** The invoice, which is paid, or paid in part. */
  invoice: Invoice;
  /** The subscription with its new period. */
  subscription: Subscription;
  /** The credits with those of the plan. */
  credits: CreditBalance;
  /** The line, which is booked. */
  lineId: string;
}
/** What the credential of the call is, and what it may do. */
export interface Credential {
  /** What kind of credential it is. */
  kind: 'api_key' | 'service_key' | 'access_token' | 'session' | 'impersonation';
  /** The key, the session that the token or the cookie belongs to, or the impersonation. */
  id: string;
  /** The person whose session it is, or whom staff impersonate; null for a key. */
  userId: string | null;
  /** The account that it acts for; null for a person or a service key that has to name one. */
  account: {
    /** The account. */
    id: string;
  } | null;
  /** The role of the person in the account; null for a key. */
  role: 'owner' | 'admin' | 'editor' | 'viewer' | null;
  /** What the key may do; null for a person. */
  scopes:
    | (
        | 'account:read'
        | 'account:write'
        | 'member:read'
        | 'member:write'
        | 'site:read'
        | 'site:write'
        | 'key:read'
        | 'key:write'
        | 'credit:read'
        | 'credit:spend'
        | 'operation:run'
        | 'billing:read'
        | 'billing:write'
        | 'platform:metrics'
        | 'clock:write'
        | 'account:create'
        | 'credential:verify'
      )[]
    | null;
  /** The sites that it is limited to; null for all. */
  sites: string[] | null;
  /** When the key or the session ends; null for never. */
  expiresAt: string | null;
}
/** When the account is told that its credits run low. */
export interface CreditAlerts {
  /** The balances below which a `credit.low_balance` message is sent. */
  lowBalanceThresholds: number[];
}
/** The credits of an account. Available, held, spent and expired add up to granted. */
export interface CreditBalance {
  /** All credits that were granted. */
  granted: number;
  /** The credits that can be held or spent now. */
  available: number;
  /** The credits that open holds reserve. */
  held: number;
  /** The credits that were charged. */
  spent: number;
  /** The credits that ended unspent. */
  expired: number;
  /** The available credits of each kind. */
  byKind: {
    /** Available credits of the plan. */
    plan: number;
    /** Available credits of promotions. */
    promo: number;
    /** Available credits that staff gave. */
    adjustment: number;
    /** Available credits that were bought. */
    purchase: number;
  };
}
/** A correction with the credits that it leaves. */
export interface CreditCorrection {
  /** The entry that the correction is. */
  entry: CreditEntry;
  /** The credits after it. */
  credits: CreditBalance;
}
/** An entry of the ledger: it moves an amount from one book of the account to another. */
export interface CreditEntry {
  /** The entry. */
  id: string;
  /** Its number in the account, without gaps. */
  sequence: number;
  /** When it was made. */
  at: string;
  /** Why it was made. */
  kind:
    | 'grant'
    | 'grant_end'
    | 'grant_expiry'
    | 'hold'
    | 'settle'
    | 'release'
    | 'hold_expiry'
    | 'adjustment'
    | 'reversal'
    | 'true_up';
  /** The book that the amount leaves. */
  from: 'granted' | 'available' | 'held' | 'spent' | 'expired';
  /** The book that the amount enters. */
  to: 'granted' | 'available' | 'held' | 'spent' | 'expired';
  /** The credits that it moves. */
  amount: number;
  /** The available credits after it. */
  availableAfter: number;
  /** The hold that it belongs to. */
  holdId: string | null;
  /** The grant that it belongs to. */
  grantId: string | null;
  /** The operation that was paid for. */
  operation: string | null;
  /** The site that the work was for. */
  siteId: string | null;
  /** The charge that it gives back. */
  reversesId: string | null;
  /** Who made it, such as `api_key:` and the id of the key. */
  actor: string;
  /** The hash that chains it to the entry before. */
  hash: string;
}
/** Why an entry was made and how its amount came about. */
export interface CreditExplanation {
  entry: CreditEntry;
  /** The rule as one sentence for people. */
  rule: string;
  /** The hold that the entry belongs to. */
  hold: CreditHold | null;
  /** The grants that the credits came from or went back to. */
  grants: {
    /** The grant. */
    id: string;
    /** Why it was given. */
    kind: 'plan' | 'promo' | 'adjustment' | 'purchase';
    /** What makes it the only grant of its cause. */
    reference: string;
    /** When what is left of it ends; null for never. */
    expiresAt: string | null;
    /** What the entry moved of this grant. */
    amount: number;
  }[];
  /** The charge that the entry gives back. */
  reverses: CreditEntry | null;
  /** The entries that gave back of this charge. */
  reversedBy: CreditEntry[];
  /** Why staff made it. */
  reason: string | null;
  /** The price as it was then. */
  price: {
    /** Which price of the operation; null where none was written down. */
    version: number | null;
    /** What is counted: `token`, `word` or `request`, of which a run is made, or any other unit. */
    unit: string;
    /** How many units one price is for. */
    unitSize: number;
    /** The credits for each started size of units; null where the sorts of tokens have rates of their own. */
    creditsPerUnit: number | null;
    /** The credits for one size of tokens of each sort, whose sum is rounded up once; null where a unit has one price. */
    rates: {
      /** Of tokens of the prompt. */
      input: number;
      /** Of tokens of the prompt that the provider had in its cache. */
      cachedInput: number;
      /** Of tokens of the output. */
      output: number;
    } | null;
    /** The least that a use costs. */
    creditsMin: number;
  } | null;
  /** How many units were priced. */
  units: number | null;
  /** The tokens of the run. */
  usage: {
    /** Tokens of the prompt. */
    inputTokens: number;
    /** Of the tokens of the prompt, those that the provider had in its cache. */
    cachedInputTokens: number;
    /** Tokens of the output. */
    outputTokens: number;
    /** Of the tokens of the output, those that the model reasoned with and did not show. */
    reasoningTokens: number;
    /** Whether the provider reported them, or they were estimated. */
    source: 'reported' | 'estimated';
  } | null;
}
/** A grant of credits with what is left of it. */
export interface CreditGrant {
  /** The grant. */
  id: string;
  /** Why it was given. */
  kind: 'plan' | 'promo' | 'adjustment' | 'purchase';
  /** The credits that it gave. */
  amount: number;
  /** What is left of it to hold or spend. */
  available: number;
  /** What open holds reserve of it. */
  held: number;
  /** When what is left of it ends; null for never. */
  expiresAt: string | null;
  /** What makes it the only grant of its cause. */
  reference: string;
  /** When it was made. */
  createdAt: string;
}
/** A hold: credits that are reserved before the work. */
export interface CreditHold {
  /** The hold. */
  id: string;
  /** The credits that it reserves. */
  amount: number;
  /** What became of it. */
  status: 'open' | 'settled' | 'released' | 'expired';
  /** What was charged; null while it is open. */
  settledAmount: number | null;
  /** Whether the charge is an estimate that may be trued up once. */
  estimated: boolean;
  /** The operation that it pays for. */
  operation: string | null;
  /** The site that the work is for. */
  siteId: string | null;
  /** The labels of the caller. */
  metadata: Record<string, string>;
  /** When it ends by itself and charges nothing. */
  expiresAt: string;
  /** When it was made. */
  createdAt: string;
}
/** What a site or an API key may spend in a UTC day. */
export interface CreditLimit {
  /** The site that is limited; null when it is a key. */
  siteId: string | null;
  /** The key that is limited; null when it is a site. */
  keyId: string | null;
  /** The most credits of a day; null for no limit. */
  creditsPerDayMax: number | null;
  /** What is held and spent of it today. */
  usedToday: number;
}
/** What was taken back of a paid invoice, because its money was sent back. */
export interface CreditNote {
  /** The credit note. */
  id: string;
  /** Its number. */
  number: string;
  /** The invoice that it takes back, in part or whole. */
  invoiceId: string;
  /** The number of that invoice. */
  invoiceNumber: string;
  /** When that invoice was made. */
  invoiceCreatedAt: string;
  /** The payment that was refunded. */
  paymentId: string;
  /** Who wrote it; null where the operator had named nobody. */
  issuer: InvoiceIssuer | null;
  /** Who was asked to pay, as on the invoice. */
  customer: InvoiceCustomer;
  /** What is taken back; one line where it is a part. */
  lines: InvoiceLine[];
  /** What is sent back, with the tax in it. */
  total: Money;
  /** The tax in the total. */
  tax: Money;
  /** The rate of the tax in hundredths of a percent; null where none was charged. */
  taxRateBasisPoints: number | null;
  /** When it was made. */
  createdAt: string;
}
/** Credits that are sold in one piece. */
export interface CreditPackage {
  /** The name that calls use. */
  slug: string;
  /** The version; an invoice keeps the one that it sells. */
  version: number;
  /** The name that people read. */
  name: string;
  /** The credits that it brings. */
  credits: number;
  /** What it costs. */
  price: Money;
  /** For how many days its credits are valid; null for as many as the plan of the account says. */
  validDays: number | null;
}
/** A correction of credits that one member of staff asks for and another one decides. */
export interface CreditProposal {
  /** The proposal. */
  id: string;
  /** Whether it waits, and how it was decided. */
  status: 'waiting' | 'approved' | 'rejected';
  /** The credits to give; below zero they are taken. */
  amount: number;
  /** What is given. */
  kind: 'promo' | 'adjustment' | 'purchase';
  /** Why. */
  reason: string;
  /** What makes it the only correction of its cause; null for none. */
  reference: string | null;
  /** When what is given ends; null for never, or as the plan says. */
  expiresAt: string | null;
  /** Who asked for it. */
  proposedBy: string;
  /** When. */
  proposedAt: string;
  /** Who decided it; null while it waits. */
  decidedBy: string | null;
  /** When; null while it waits. */
  decidedAt: string | null;
  /** Why it was decided so; null while it waits. */
  decision: string | null;
  /** The entry of the ledger that it made; null while it made none. */
  entryId: string | null;
}
/** A package of credits that is granted when its invoice is paid. */
export interface CreditPurchase {
  /** The invoice to pay. */
  invoice: Invoice;
}
/** Who is signed in, what they may do, and how the admin app is set up. */
export interface CurrentStaffSession {
  /** The session. */
  id: string;
  /** Who is signed in. */
  staff: {
    /** The member of staff. */
    id: string;
    /** Their e-mail address. */
    email: string;
    /** Their role. */
    role: 'support' | 'finance' | 'platform_admin';
  };
  /** What their role may do. */
  powers: (
    | 'account:read'
    | 'revenue:read'
    | 'account:suspend'
    | 'money:confirm'
    | 'credit:adjust'
    | 'user:recover'
    | 'service-key:manage'
    | 'catalogue:write'
    | 'webhook:manage'
    | 'staff:manage'
    | 'audit:read'
    | 'account:impersonate'
    | 'subscription:manage'
    | 'access:revoke'
    | 'message:resend'
    | 'account:close'
  )[];
  /** When the session ends at the latest. */
  expiresAt: string;
  /** After how many seconds without a call the session ends. */
  idleSeconds: number;
  /** The second factor; null when sign-in asks for the password alone. */
  secondFactor: {
    /** Since when sign-in asks for a code. */
    confirmedAt: string;
    /** How many recovery codes were not used yet. */
    recoveryCodesLeft: number;
  } | null;
  /** Whether staff without a second factor may do nothing but set one up. */
  requiresSecondFactor: boolean;
  /** Whether this is a demo, whose data is made up. */
  mode: 'demo' | 'production';
  /** Above which amounts, by currency and in minor units, two members of staff confirm money. */
  secondApproverAmounts: Record<string, number>;
  /** Whether an import of bank statements confirms the lines that are certain. */
  statementAutoConfirm: 'off' | 'exact';
}
/** What the account may do now by its plan. */
export interface Entitlements {
  /** The plan that runs. */
  plan: {
    /** The name that calls use. */
    slug: string;
    /** The version; a subscription keeps the one it was sold. */
    version: number;
    /** The name that people read. */
    name: string;
  };
  /** What the account may do now. */
  standing: Standing;
  /** Whether the plan includes each feature, those of the product's own catalogue included. */
  features: Record<string, boolean>;
  /** Each limit by its name: `users`, `sites`, `sectorsPerSite`, `apiKeys`, and those of the product's own catalogue. */
  limits: Record<
    string,
    {
      /** The most that the plan allows. */
      max: number;
      /** How many there are. Null for the limits of the product's own catalogue, which the product counts, and for a caller who is limited to sites. */
      used: number | null;
    }
  >;
  /** How many calls a minute the account may make, by the kind of call. */
  throttle: {
    /** For `auth`. */
    auth: number;
    /** For `auth_strict`. */
    auth_strict: number;
    /** For `content_read`. */
    content_read: number;
    /** For `content_write`. */
    content_write: number;
    /** For `credit_hold`. */
    credit_hold: number;
    /** For `credit_settle`. */
    credit_settle: number;
    /** For `ai_function`. */
    ai_function: number;
    /** For `billing`. */
    billing: number;
    /** For `default`. */
    default: number;
  };
  /** The credits. */
  credits: {
    /** The credits that can be held or spent now. */
    available: number;
  };
  /** The limits of which more is used than the plan allows: it keeps working, and nothing is added. */
  overLimits: string[];
}
/** What the gate of the API would say of a call with a credential, and which fact decided. */
export interface GateExplanation {
  /** The time for which it was asked. */
  at: string;
  /** The credential of the call. */
  credential: {
    /** What it is. */
    kind: 'member' | 'api_key' | 'service_key';
    /** The person or key. */
    id: string;
    /** The address of the person, or the name of the key. */
    name: string;
  };
  /** The procedure that it calls. */
  procedure: {
    /** The procedure. */
    name: string;
    /** Its method over REST. */
    method: string;
    /** Its path over REST. */
    path: string;
    /** What it does. */
    summary: string;
  };
  /** Whether no step of the gate refuses the call. */
  passes: boolean;
  /** The step that refuses it; null for none. */
  step: 'authenticate' | 'resolve_account' | 'validate_plan' | 'throttle' | null;
  /** The code that the caller gets; null for none. */
  code:
    | 'invalid_input'
    | 'account_required'
    | 'unauthenticated'
    | 'second_factor_required'
    | 'insufficient_credits'
    | 'trial_expired'
    | 'payment_pending'
    | 'payment_overdue'
    | 'subscription_cancelled'
    | 'subscription_expired'
    | 'plan_inactive'
    | 'plan_lacks_feature'
    | 'plan_limit_reached'
    | 'spending_limit_reached'
    | 'account_suspended'
    | 'account_closed'
    | 'role_forbids'
    | 'scope_missing'
    | 'site_forbidden'
    | 'origin_refused'
    | 'impersonation_read_only'
    | 'not_found'
    | 'method_not_allowed'
    | 'conflict'
    | 'idempotency_in_flight'
    | 'hold_resolved'
    | 'email_taken'
    | 'email_unverified'
    | 'domain_taken'
    | 'external_id_taken'
    | 'last_owner'
    | 'last_platform_admin'
    | 'already_member'
    | 'reference_taken'
    | 'payment_state'
    | 'invoice_ambiguous'
    | 'provider_disabled'
    | 'run_interrupted'
    | 'payload_too_large'
    | 'unsupported_media_type'
    | 'idempotency_mismatch'
    | 'settle_above_hold'
    | 'amount_mismatch'
    | 'currency_mismatch'
    | 'operation_not_runnable'
    | 'provider_refused'
    | 'throttled'
    | 'unavailable'
    | 'provider_unavailable'
    | null;
  /** The status that the caller gets; null for none. */
  status: number | null;
  /** The sentence that the caller gets; null for none. */
  detail: string | null;
  /** The steps of the gate, in order. */
  steps: {
    /** The step. */
    step: 'authenticate' | 'resolve_account' | 'validate_plan' | 'throttle';
    /** What it says. */
    verdict: 'passes' | 'refuses' | 'not_reached' | 'unknown';
    /** The code of a step that refuses; null for none. */
    code:
      | 'invalid_input'
      | 'account_required'
      | 'unauthenticated'
      | 'second_factor_required'
      | 'insufficient_credits'
      | 'trial_expired'
      | 'payment_pending'
      | 'payment_overdue'
      | 'subscription_cancelled'
      | 'subscription_expired'
      | 'plan_inactive'
      | 'plan_lacks_feature'
      | 'plan_limit_reached'
      | 'spending_limit_reached'
      | 'account_suspended'
      | 'account_closed'
      | 'role_forbids'
      | 'scope_missing'
      | 'site_forbidden'
      | 'origin_refused'
      | 'impersonation_read_only'
      | 'not_found'
      | 'method_not_allowed'
      | 'conflict'
      | 'idempotency_in_flight'
      | 'hold_resolved'
      | 'email_taken'
      | 'email_unverified'
      | 'domain_taken'
      | 'external_id_taken'
      | 'last_owner'
      | 'last_platform_admin'
      | 'already_member'
      | 'reference_taken'
      | 'payment_state'
      | 'invoice_ambiguous'
      | 'provider_disabled'
      | 'run_interrupted'
      | 'payload_too_large'
      | 'unsupported_media_type'
      | 'idempotency_mismatch'
      | 'settle_above_hold'
      | 'amount_mismatch'
      | 'currency_mismatch'
      | 'operation_not_runnable'
      | 'provider_refused'
      | 'throttled'
      | 'unavailable'
      | 'provider_unavailable'
      | null;
    /** The fact that decided, with times in UTC; empty where it is not reached. */
    fact: string;
  }[];
}
/** A member of staff who reads an account as one of its members does. */
export interface Impersonation {
  /** The impersonation. */
  id: string;
  /** The account. */
  accountId: string;
  /** Its name. */
  accountName: string;
  /** The member who is impersonated. */
  userId: string;
  /** Their address. */
  userEmail: string | null;
  /** Who impersonates them. */
  staffId: string;
  /** The address of that member of staff. */
  staffEmail: string;
  /** Why. */
  reason: string;
  /** When it began. */
  createdAt: string;
  /** When it ends by itself. */
  expiresAt: string;
  /** When staff ended it; null for one that nobody ended. */
  endedAt: string | null;
}
/** A new impersonation with its credential. */
export interface ImpersonationWithCredential {
  /** The impersonation. */
  id: string;
  /** The account. */
  accountId: string;
  /** Its name. */
  accountName: string;
  /** The member who is impersonated. */
  userId: string;
  /** Their address. */
  userEmail: string | null;
  /** Who impersonates them. */
  staffId: string;
  /** The address of that member of staff. */
  staffEmail: string;
  /** Why. */
  reason: string;
  /** When it began. */
  createdAt: string;
  /** When it ends by itself. */
  expiresAt: string;
  /** When staff ended it; null for one that nobody ended. */
  endedAt: string | null;
  /** What the API takes as a bearer. Shown once: a replayed answer has null. */
  credential: string | null;
}
/** An invitation of an e-mail address to the account. */
export interface Invitation {
  /** The invitation. */
  id: string;
  /** The invited address. */
  email: string;
  /** The role that is offered. */
  role: 'owner' | 'admin' | 'editor' | 'viewer';
  /** The sites that the member will see; null for all. */
  siteIds: string[] | null;
  /** What became of it. */
  status: 'open' | 'accepted' | 'revoked' | 'expired';
  /** When it was made. */
  createdAt: string;
  /** When it can no longer be accepted. */
  expiresAt: string;
}
/** An invoice of the account. */
export interface Invoice {
  /** The invoice. */
  id: string;
  /** Its number. */
  number: string;
  /** The ISO 11649 reference to pay under. */
  reference: string;
  /** What it is for: a period of a plan, a better plan at once, or a package of credits. */
  kind: 'subscription' | 'upgrade' | 'package';
  /** The plan that it is for; null for a package. */
  planSlug: string | null;
  /** The package that it is for; null for a plan. */
  packageSlug: string | null;
  /** Who wrote it; null where the operator had named nobody. */
  issuer: InvoiceIssuer | null;
  /** Where its money is sent; null where the operator had no account for its currency. */
  payee: InvoicePayee | null;
  /** Who is asked to pay. */
  customer: InvoiceCustomer;
  /** What is asked for. */
  lines: InvoiceLine[];
  /** What is to be paid, with the tax in it. */
  total: Money;
  /** The tax in the total. */
  tax: Money;
  /** The rate of the tax in hundredths of a percent; null where none is charged. */
  taxRateBasisPoints: number | null;
  /** What is paid of it. */
  paid: Money;
  /** What is still to be paid of it. */
  due: Money;
  /** What was sent back of it, after it was paid. */
  credited: Money;
  /** The text of a QR code that fills in the transfer in a banking app (EPC069-12); null where it is no SEPA transfer. */
  epcQr: string | null;
  /** Whether it is to be paid, is paid in part, was paid, or no longer counts. */
  status: 'open' | 'partially_paid' | 'paid' | 'void';
  /** When it was made. */
  createdAt: string;
  /** By when it is to be paid. */
  dueAt: string;
  /** The start of the period that it is for, where it is known. */
  periodStart: string | null;
  /** The end of that period. */
  periodEnd: string | null;
  /** When it was paid; null before. */
  paidAt: string | null;
  /** Why it no longer counts: cancelled, superseded by a newer one, or voided by the operator. */
  voidReason: 'cancelled' | 'superseded' | 'voided' | null;
  /** Since when it no longer counts; null while it does. */
  voidedAt: string | null;
}
/** Who is asked to pay, by the billing details of the account as they were. */
export interface InvoiceCustomer {
  /** The legal name; the name of the account where there were no billing details. */
  name: string;
  /** The lines of the address, without the country. */
  address: string[];
  /** The country, ISO 3166-1; null where it was not known. */
  country: string | null;
  /** The tax id; null without one. */
  taxId: string | null;
  /** The address for questions; null without one. */
  email: string | null;
}
/** Who wrote an invoice, as they were. */
export interface InvoiceIssuer {
  /** The name. */
  name: string;
  /** The lines of the address. */
  address: string[];
  /** The tax id; null without one. */
  taxId: string | null;
  /** The address for questions; null without one. */
  email: string | null;
}
/** A line of an invoice, in minor units of its currency. */
export interface InvoiceLine {
  /** What it is for. */
  description: string;
  /** How many. */
  quantity: number;
  /** The price of one; negative for what is credited. */
  unitAmount: number;
  /** The quantity times the price of one. */
  amount: number;
  /** The period that it is for; null for none. */
  period: {
    /** Its start. */
    startsAt: string;
    /** Its end. */
    endsAt: string;
  } | null;
}
/** The account at a bank that money for an invoice is sent to, as it was. */
export interface InvoicePayee {
  /** The holder of the account. */
  name: string;
  /** The bank. */
  bank: string;
  /** The IBAN; null where the account has none. */
  iban: string | null;
  /** The BIC; null without one. */
  bic: string | null;
  /** The lines that name an account without an IBAN. */
  account: string[];
}
/** A session of staff that has not ended. */
export interface ListedStaffSession {
  /** The session. */
  id: string;
  /** When it began. */
  createdAt: string;
  /** When it ends at the latest. */
  expiresAt: string;
  /** When it was last used, to the minute; null for never. */
  lastUsedAt: string | null;
  /** The network that it began in; null for one from before. */
  address: string | null;
}
/** The person who is signed in. */
export interface Me {
  /** The person. */
  id: string;
  /** Their e-mail address. */
  email: string;
  /** Their name, when they gave one. */
  name: string | null;
  /** When the address was confirmed; null before. */
  emailVerifiedAt: string | null;
  /** The second factor; null when sign-in asks for the password alone. */
  secondFactor: {
    /** Since when sign-in asks for a code. */
    confirmedAt: string;
    /** How many recovery codes were not used yet. */
    recoveryCodesLeft: number;
  } | null;
  /** When they registered. */
  createdAt: string;
  /** The accounts that they belong to. */
  accounts: AccountOfUser[];
}
/** A member of the account. */
export interface Member {
  /** The person. */
  userId: string;
  /** Their e-mail address. */
  email: string;
  /** Their name, when they gave one. */
  name: string | null;
  /** Their role in the account. */
  role: 'owner' | 'admin' | 'editor' | 'viewer';
  /** The sites that they are limited to; null for all. */
  siteIds: string[] | null;
  /** When they joined. */
  createdAt: string;
}
/** A sign-in of a member of the account. */
export interface MemberSession {
  /** The session. */
  id: string;
  /** The member. */
  userId: string;
  /** Their e-mail address. */
  email: string;
  /** Whether a browser keeps it in a cookie; otherwise it has tokens. */
  inCookie: boolean;
  /** When it began. */
  createdAt: string;
  /** When it ends by itself. */
  expiresAt: string;
  /** When it was ended; null while it was not. */
  revokedAt: string | null;
}
/** An amount of money. */
export interface Money {
  /** The amount in minor units of the currency, such as cents. */
  amount: number;
  /** The ISO 4217 code of the currency. */
  currency: string;
}
/** What the account has paid beyond its invoices, and the credits that it spent and nobody paid. */
export interface MoneyBalance {
  /** One for each currency that was ever paid in. */
  balances: {
    /** The ISO 4217 code of the currency. */
    currency: string;
    /** In minor units; below zero where money was taken back that had paid something else. */
    amount: number;
  }[];
  /** Credits of payments that were taken back which had been spent. */
  owedCredits: number;
}
/** An entry of the journal of money: it moves an amount from one book of the account to another. */
export interface MoneyEntry {
  /** The entry. */
  id: string;
  /** Its number in the account, without gaps. */
  sequence: number;
  /** When it was made. */
  at: string;
  /** Why it was made. */
  kind: 'payment' | 'apply' | 'release' | 'return' | 'refund' | 'credit';
  /** The book that the money leaves. */
  from: 'received' | 'balance' | 'invoiced' | 'returned' | 'refunded';
  /** The book that the money enters. */
  to: 'received' | 'balance' | 'invoiced' | 'returned' | 'refunded';
  /** How much it moves. */
  amount: Money;
  /** The balance of its currency after it, in minor units; below zero where money was taken back that had paid something else. */
  balanceAfter: number;
  /** The invoice that it pays, or that gives money back. */
  invoiceId: string | null;
  /** The payment whose money it is; null where the balance pays. */
  paymentId: string | null;
  /** Why money went back, in the words of staff. */
  reason: string | null;
}
/** An account that a signed-in person or a service key made. */
export interface NewAccount {
  /** False where an earlier call with the same external id made it. */
  created: boolean;
  /** The invitation of the owner that the call named; null without one. */
  owner: Invitation | null;
  /** The account. */
  account: Account;
  /** Its subscription. */
  subscription: Subscription;
  /** Its credits. */
  credits: CreditBalance;
}
/** A priced operation. */
export interface Operation {
  /** Its name. */
  name: string;
  /** What it makes. */
  kind: 'text' | 'image';
  /** Which of its prices this is; each change has the next number. */
  version: number;
  /** What is counted: `token`, `word` or `request`, of which a run is made, or any other unit. */
  unit: string;
  /** How many units one price is for. */
  unitSize: number;
  /** The credits for each started size of units; null where the sorts of tokens have rates of their own. */
  creditsPerUnit: number | null;
  /** The credits for one size of tokens of each sort, whose sum is rounded up once; null where a unit has one price. */
  rates: {
    /** Of tokens of the prompt. */
    input: number;
    /** Of tokens of the prompt that the provider had in its cache. */
    cachedInput: number;
    /** Of tokens of the output. */
    output: number;
  } | null;
  /** The least that a use costs. */
  creditsMin: number;
  /** The most tokens of output of a run that names none. */
  outputTokensDefault: number;
  /** The most tokens of output that a run may ask for. */
  outputTokensMax: number;
  /** The variables that a run gives values, where the operation has a prompt of its own; null where the run brings the prompt. */
  variables: string[] | null;
  /** The model that a run asks; null for the one of the installation. */
  model: string | null;
}
/** A price of an operation, with since when. */
export interface OperationPrice {
  /** Its name. */
  name: string;
  /** What it makes. */
  kind: 'text' | 'image';
  /** Which of its prices this is; each change has the next number. */
  version: number;
  /** What is counted: `token`, `word` or `request`, of which a run is made, or any other unit. */
  unit: string;
  /** How many units one price is for. */
  unitSize: number;
  /** The credits for each started size of units; null where the sorts of tokens have rates of their own. */
  creditsPerUnit: number | null;
  /** The credits for one size of tokens of each sort, whose sum is rounded up once; null where a unit has one price. */
  rates: {
    /** Of tokens of the prompt. */
    input: number;
    /** Of tokens of the prompt that the provider had in its cache. */
    cachedInput: number;
    /** Of tokens of the output. */
    output: number;
  } | null;
  /** The least that a use costs. */
  creditsMin: number;
  /** The most tokens of output of a run that names none. */
  outputTokensDefault: number;
  /** The most tokens of output that a run may ask for. */
  outputTokensMax: number;
  /** The variables that a run gives values, where the operation has a prompt of its own; null where the run brings the prompt. */
  variables: string[] | null;
  /** The model that a run asks; null for the one of the installation. */
  model: string | null;
  /** The prompt of the operation; null where the run brings the prompt. */
  promptTemplate: string | null;
  /** Since when it was the price. */
  createdAt: string;
}
/** A new secret of an endpoint of the operator. */
export interface OperatorEndpointSecret {
  /** The endpoint. */
  id: string;
  /** The secret that verifies signatures. It is shown once; a repeated answer has null. */
  secret: string | null;
}
/** A test of an endpoint of the operator, and what came of it. */
export interface OperatorTest {
  /** The test. */
  id: string;
  /** The endpoint. */
  endpointId: string;
  /** Who asked for it. */
  createdBy: string;
  /** When. */
  createdAt: string;
  /** When the request ended; null while it waits. */
  finishedAt: string | null;
  /** What came of it. */
  outcome:
    | 'delivered'
    | 'rejected'
    | 'gone'
    | 'redirected'
    | 'timed_out'
    | 'unreachable'
    | 'name_not_found'
    | 'tls_failed'
    | 'address_refused'
    | null;
  /** The status of the answer. */
  status: number | null;
  /** How long the request took. */
  durationMilliseconds: number | null;
  /** The beginning of the answer. */
  answer: string | null;
}
/** What waits for staff now. Sandboxes are not counted. */
export interface Overview {
  /** Bank transfers that wait. */
  transfers: {
    /** How many payments wait for a decision. */
    count: number;
    /** When the oldest was submitted; null for none. */
    oldestAt: string | null;
    /** The money of these payments by currency. */
    sums: {
      /** The ISO 4217 code of the currency. */
      currency: string;
      /** What was paid in it, in minor units. */
      amount: number;
      /** How many payments are in it. */
      count: number;
    }[];
  };
  /** Accounts whose paid time is over and which still work. */
  grace: {
    /** How many accounts are in grace. */
    count: number;
    /** Those whose grace ends first. */
    items: {
      /** The account. */
      accountId: string;
      /** Its name. */
      accountName: string;
      /** When its grace ends. */
      until: string;
    }[];
  };
  /** Webhook endpoints that fail. */
  webhooks: {
    /** How many endpoints fail or were disabled because they failed. */
    count: number;
    /** Those that fail longest. */
    items: {
      /** The endpoint. */
      endpointId: string;
      /** The account; null for an endpoint of the operator's own. */
      accountId: string | null;
      /** Its name; null likewise. */
      accountName: string | null;
      /** The host that it is at. */
      host: string;
      /** Since when every attempt failed. */
      failingSince: string;
      /** Whether messages are still sent to it. */
      enabled: boolean;
    }[];
  };
  /** Accounts in use with less than a tenth of the credits that their plan brings. */
  lowCredit: {
    /** How many accounts have few credits left. */
    count: number;
    /** Those that are low since the shortest time. */
    items: {
      /** The account. */
      accountId: string;
      /** Its name. */
      accountName: string;
      /** The credits that it has. */
      available: number;
      /** When it was first seen so low. */
      since: string;
    }[];
  };
  /** Changes of money, credits and keys that staff were refused. */
  refusals: {
    /** How many changes were refused in the last seven days; 100 for 100 and more. */
    count: number;
    /** The newest. */
    items: {
      /** When. */
      at: string;
      /** Who asked. */
      actor: string;
      /** Their address; null for who is no member of staff. */
      email: string | null;
      /** The procedure. */
      action: string;
      /** The code of the refusal. */
      code: string;
    }[];
  };
}
/** Credits and sign-ups of all accounts but sandboxes, of the last 30 UTC days. */
export interface OverviewActivity {
  /** Up to when the figures are counted; null before they were counted first. */
  measuredAt: string | null;
  /** One row for each day, the oldest first. */
  days: {
    /** The UTC day. */
    day: string;
    /** Credits that were granted, less those that were taken back. */
    granted: number;
    /** Credits that were spent, less refunds. */
    spent: number;
    /** Credits that expired. */
    expired: number;
    /** Accounts that were made. */
    signUps: number;
  }[];
}
/** Money of all accounts but sandboxes, of the last 30 UTC days. */
export interface OverviewRevenue {
  /** Up to when the figures are counted; null before they were counted first. */
  measuredAt: string | null;
  /** The first day. */
  from: string;
  /** The last day, which is today. */
  to: string;
  /** One row for each day, method and currency with money, the oldest first. */
  items: {
    /** The UTC day. */
    day: string;
    /** How it was paid. */
    method: 'stripe' | 'paypal' | 'bank_transfer';
    /** The ISO 4217 code of the currency. */
    currency: string;
    /** What arrived, in minor units. */
    received: number;
    /** What was refunded or taken back by the bank, in minor units. */
    sentBack: number;
  }[];
}
/** A session of your own that has not ended. */
export interface OwnStaffSession {
  /** The session. */
  id: string;
  /** When it began. */
  createdAt: string;
  /** When it ends at the latest. */
  expiresAt: string;
  /** When it was last used, to the minute; null for never. */
  lastUsedAt: string | null;
  /** The network that it began in; null for one from before. */
  address: string | null;
  /** Whether it is the session of this call. */
  isCurrent: boolean;
}
/** A period that was paid and has not begun. */
export interface PaidPeriod {
  /** The plan that it is of. */
  planSlug: string;
  /** When it begins, and its credits with it. */
  periodStart: string;
  /** When it ends. */
  periodEnd: string;
}
/** A payment of an invoice. */
export interface Payment {
  /** The payment. */
  id: string;
  /** The invoice that it pays. */
  invoiceId: string;
  /** How it was paid. */
  method: 'stripe' | 'paypal' | 'bank_transfer';
  /** Whether its money arrived. */
  status: 'pending_approval' | 'succeeded' | 'failed' | 'refunded' | 'returned';
  /** What was paid; before it is confirmed, what the payer says. */
  total: Money;
  /** What of it was sent back. */
  refunded: Money;
  /** Who paid. */
  payerName: string;
  /** The reference of the bank or provider. */
  externalPaymentId: string | null;
  /** Why an operator rejected it, or why its money went back. */
  reason: string | null;
  /** When it was submitted. */
  createdAt: string;
  /** When an operator confirmed or rejected it; null before. */
  confirmedAt: string | null;
}
/** The ways to pay, each with whether it is offered now. */
export interface PaymentMethodList {
  /** Every way to pay. */
  methods: {
    /** The way to pay. */
    method: 'stripe' | 'paypal' | 'bank_transfer';
    /** Whether it is offered now. */
    available: boolean;
    /** Why it is not offered: coming soon, or switched off by the operator; null where it is. */
    note: 'coming_soon' | 'switched_off' | null;
  }[];
}
/** A proof of payment: a stored file, or a link. */
export interface PaymentProof {
  /** The proof. */
  id: string;
  /** The payment that it belongs to. */
  paymentId: string;
  /** The link; null for a file. */
  url: string | null;
  /** The media type of the file; null for a link. */
  mediaType: string | null;
  /** The size of the file in bytes; null for a link. */
  sizeBytes: number | null;
  /** When it was added. */
  createdAt: string;
}
/** A payment with its proofs. */
export interface PaymentWithProofs {
  /** The payment. */
  id: string;
  /** The invoice that it pays. */
  invoiceId: string;
  /** How it was paid. */
  method: 'stripe' | 'paypal' | 'bank_transfer';
  /** Whether its money arrived. */
  status: 'pending_approval' | 'succeeded' | 'failed' | 'refunded' | 'returned';
  /** What was paid; before it is confirmed, what the payer says. */
  total: Money;
  /** What of it was sent back. */
  refunded: Money;
  /** Who paid. */
  payerName: string;
  /** The reference of the bank or provider. */
  externalPaymentId: string | null;
  /** Why an operator rejected it, or why its money went back. */
  reason: string | null;
  /** When it was submitted. */
  createdAt: string;
  /** When an operator confirmed or rejected it; null before. */
  confirmedAt: string | null;
  /** The proofs of the payment. */
  proofs: PaymentProof[];
}
/** A version of a plan. */
export interface Plan {
  /** The name that calls use. */
  slug: string;
  /** The version; a subscription keeps the one it was sold. */
  version: number;
  /** The name that people read. */
  name: string;
  /** The price of one cycle. */
  price: Money;
  /** How often it is paid. */
  cycle: 'monthly' | 'annual';
  /** The credits of each month. */
  includedCredits: number;
  /** The most credits of an ended month that the next one keeps. */
  rolloverCreditsMax: number;
  /** After how many days purchased credits end; null for never. */
  purchaseDays: number | null;
  /** How many of each thing the account may have. */
  limits: {
    /** The most members. */
    usersMax: number;
    /** The most sites. */
    sitesMax: number;
    /** The most sectors of a site. */
    sectorsPerSiteMax: number;
    /** The most API keys. */
    apiKeysMax: number;
  };
  /** The most of each thing that the product's own catalogue limits, by the name of the limit. */
  ownLimits: Record<string, number>;
  /** What the plan includes: built-in features, and those of the product's own catalogue. */
  features: string[];
  /** How many calls a minute the account may make, by the kind of call. */
  throttleRates: {
    /** For `auth`. */
    auth: number;
    /** For `auth_strict`. */
    auth_strict: number;
    /** For `content_read`. */
    content_read: number;
    /** For `content_write`. */
    content_write: number;
    /** For `credit_hold`. */
    credit_hold: number;
    /** For `credit_settle`. */
    credit_settle: number;
    /** For `ai_function`. */
    ai_function: number;
    /** For `billing`. */
    billing: number;
    /** For `default`. */
    default: number;
  };
  /** For how many days it can be tried; 0 for none. */
  trialDays: number;
  /** For how many days after an unpaid period the account still works. */
  graceDays: number;
}
/** A figure of the whole platform. */
export interface PlatformMetric {
  /** What is counted, such as `accounts.active`. */
  name: string;
  /** The figure. */
  value: number;
  /** When it was counted. */
  measuredAt: string;
}
/** A payment in the queue of staff. */
export interface QueuedPayment {
  /** The payment. */
  id: string;
  /** The account that it is of. */
  accountId: string;
  /** The name of the account. */
  accountName: string;
  /** The invoice that it pays. */
  invoiceId: string;
  /** Whether that invoice is open; money of a void one waits for a decision. */
  invoiceStatus: 'open' | 'partially_paid' | 'paid' | 'void';
  /** The reference that it is paid under. */
  reference: string;
  /** What was paid, in minor units. */
  amount: number;
  /** The ISO 4217 code of the currency. */
  currency: string;
  /** Who paid. */
  payerName: string;
  /** The reference of the bank. */
  externalPaymentId: string | null;
  /** Whether its money arrived. */
  status: 'pending_approval' | 'succeeded' | 'failed' | 'refunded' | 'returned';
  /** When it was submitted. */
  createdAt: string;
  /** What is due on the invoice, in minor units. */
  due: number;
  /** For how long it has waited, or has been there. */
  waitingSeconds: number;
  /** How many proofs it has. */
  proofs: number;
  /** Who approved it first, where two have to; null for nobody. */
  approvedBy: string | null;
  /** When its payer was asked for a proof last; null for never. */
  askedAt: string | null;
}
/** Codes that replace the authenticator app, each once. */
export interface RecoveryCodes {
  /** The codes. They are shown once: a replayed answer has null. */
  recoveryCodes: string[] | null;
}
/** A credential that the gate refuses: the status, the code and the figures of the refusal that a direct call would get. */
export interface RefusedCredential {
  /** The gate refuses the call. */
  valid: false;
  /** The id of the request, to quote in a report. */
  requestId: string;
  /** The HTTP status. */
  status: number;
  /** What the code means, as a sentence for people. */
  detail: string;
  /** What a program decides on; a code never changes its meaning. */
  code:
    | 'invalid_input'
    | 'account_required'
    | 'unauthenticated'
    | 'second_factor_required'
    | 'insufficient_credits'
    | 'trial_expired'
    | 'payment_pending'
    | 'payment_overdue'
    | 'subscription_cancelled'
    | 'subscription_expired'
    | 'plan_inactive'
    | 'plan_lacks_feature'
    | 'plan_limit_reached'
    | 'spending_limit_reached'
    | 'account_suspended'
    | 'account_closed'
    | 'role_forbids'
    | 'scope_missing'
    | 'site_forbidden'
    | 'origin_refused'
    | 'impersonation_read_only'
    | 'not_found'
    | 'method_not_allowed'
    | 'conflict'
    | 'idempotency_in_flight'
    | 'hold_resolved'
    | 'email_taken'
    | 'email_unverified'
    | 'domain_taken'
    | 'external_id_taken'
    | 'last_owner'
    | 'last_platform_admin'
    | 'already_member'
    | 'reference_taken'
    | 'payment_state'
    | 'invoice_ambiguous'
    | 'provider_disabled'
    | 'run_interrupted'
    | 'payload_too_large'
    | 'unsupported_media_type'
    | 'idempotency_mismatch'
    | 'settle_above_hold'
    | 'amount_mismatch'
    | 'currency_mismatch'
    | 'operation_not_runnable'
    | 'provider_refused'
    | 'throttled'
    | 'unavailable'
    | 'provider_unavailable'
    | 'request_timeout'
    | 'expectation_failed'
    | 'headers_too_large'
    | 'internal_error';
  /** What is wrong with which part of the request (400), or which fields name nothing (404). */
  errors?:
    | {
        /** The field, with dots between its parts; empty for the whole input. */
        path: string;
        /** What is wrong with it. */
        message: string;
      }[]
    | undefined;
  /** The credits that the call needs. */
  required?: number | undefined;
  /** The credits that the account has. */
  available?: number | undefined;
  /** What the plan or a spending limit allows. */
  limit?: number | undefined;
  /** What is used of that limit. */
  used?: number | undefined;
  /** The money that was expected. */
  expected?: Money | undefined;
  /** The money that the request names, where another was expected. */
  given?: Money | undefined;
  /** After how many seconds to try again (429, 503, `idempotency_in_flight`). */
  retryAfterSeconds?: number | undefined;
  /** The credential that was refused, for who holds it: its secret was right (401). */
  credential?:
    | {
        /** What kind of credential it is. */
        kind: 'api_key' | 'service_key' | 'access_token' | 'session' | 'impersonation';
        /** Why it is refused. */
        fault: 'revoked' | 'expired' | 'address_not_allowed';
      }
    | undefined;
  /** Why the model provider refuses the input (`provider_refused`). To staff alone: what the payment or its invoice is (`payment_state`). */
  reason?:
    | 'content_filter'
    | 'context_length'
    | 'invalid_request'
    | 'model_not_found'
    | 'open'
    | 'partially_paid'
    | 'paid'
    | 'void'
    | 'cancelled'
    | 'superseded'
    | 'voided'
    | 'pending_approval'
    | 'succeeded'
    | 'failed'
    | 'refunded'
    | 'returned'
    | 'approval_missing'
    | 'second_approver_missing'
    | undefined;
  /** What the run cost. */
  credits?:
    | {
        /** What the run was charged. */
        charged: number;
        /** The available credits after it. */
        available: number;
      }
    | undefined;
}
/** What a registration made. */
export interface Registration {
  /** The person, who owns the account. */
  user: {
    /** The person. */
    id: string;
    /** Their e-mail address. */
    email: string;
    /** Their name, when they gave one. */
    name: string | null;
    /** When they registered. */
    createdAt: string;
  };
  /** The account. */
  account: Account;
  /** Its subscription. */
  subscription: Subscription;
  /** Its credits. */
  credits: CreditBalance;
}
/** A hold that was settled, released, or had run out. */
export interface ResolvedCreditHold {
  /** The hold. */
  id: string;
  /** The credits that it reserves. */
  amount: number;
  /** What became of it. */
  status: 'open' | 'settled' | 'released' | 'expired';
  /** What was charged. */
  settledAmount: number;
  /** Whether the charge is an estimate that may be trued up once. */
  estimated: boolean;
  /** The operation that it pays for. */
  operation: string | null;
  /** The site that the work is for. */
  siteId: string | null;
  /** The labels of the caller. */
  metadata: Record<string, string>;
  /** When it ends by itself and charges nothing. */
  expiresAt: string;
  /** When it was made. */
  createdAt: string;
  /** What was asked for after the hold had run out, and is not charged. */
  unbilledAmount: number;
}
/** The payment that a line of a statement took back. */
export interface ReturnedStatementLine {
  /** The line, which is booked. */
  lineId: string;
  /** The payment, which was returned. */
  payment: Payment;
}
/** What an operation answered and what it cost. */
export interface Run {
  /** The run; its hold has the same id. */
  runId: string;
  /** The text that the model wrote. */
  output: string;
  /** Why the output ended: `stop` when the model had finished, `length` at the most tokens of output, `content_filter` when the provider withheld the rest, `credits` when the credits were used up. */
  finishReason: 'stop' | 'length' | 'content_filter' | 'credits';
  /** The tokens that were used. */
  usage: {
    /** Tokens of the prompt. */
    inputTokens: number;
    /** Of the tokens of the prompt, those that the provider had in its cache. */
    cachedInputTokens: number;
    /** Tokens of the output. */
    outputTokens: number;
    /** Of the tokens of the output, those that the model reasoned with and did not show. */
    reasoningTokens: number;
    /** Whether the provider reported them, or they were estimated. */
    source: 'reported' | 'estimated';
  };
  /** What the run cost. */
  credits: {
    /** What the run was charged. */
    charged: number;
    /** The available credits after it. */
    available: number;
  };
}
/** Something of an account that a search found. */
export interface SearchHit {
  /** What it is. */
  kind: 'account' | 'member' | 'api_key' | 'invoice' | 'payment';
  /** Its id; of a member the id of the person. */
  id: string;
  /** The account that it is of. */
  accountId: string;
  /** The name of that account. */
  accountName: string;
  /** What names it. */
  label: string;
  /** What else is known of it; null for nothing. */
  detail: string | null;
}
/** A sector: a part of a site. */
export interface Sector {
  /** The sector. */
  id: string;
  /** The site that it belongs to. */
  siteId: string;
  /** Its name, unique in the site. */
  name: string;
}
/** A key of the operator's own backend, which acts for any account that its calls name. */
export interface ServiceKey {
  /** The key. */
  id: string;
  /** Its name. */
  name: string;
  /** The first part of the secret, by which a key is recognised. */
  prefix: string;
  /** When it ends; null for never. */
  expiresAt: string | null;
  /** When it was revoked; null while it is not. */
  revokedAt: string | null;
  /** The IP addresses and CIDR blocks that it may be used from; empty for all. */
  allowedAddresses: string[];
  /** When it was last used, as it is written down up to a minute later; null for never. */
  lastUsedAt: string | null;
  /** The key that it replaced in a rotation; null for none. */
  predecessorId: string | null;
  /** When it was created. */
  createdAt: string;
  /** A `test` key acts for sandbox accounts alone, and makes such accounts. */
  mode: 'live' | 'test';
  /** What the key may do. */
  scopes: (
    | 'account:read'
    | 'account:write'
    | 'member:read'
    | 'site:read'
    | 'site:write'
    | 'key:read'
    | 'credit:read'
    | 'credit:spend'
    | 'operation:run'
    | 'billing:read'
    | 'platform:metrics'
    | 'clock:write'
    | 'account:create'
    | 'credential:verify'
  )[];
  /** The rate of its own bucket, for each scope of the throttle. */
  callsPerMinute: number;
  /** Who made it: `staff:` with their id, or the command line. */
  createdBy: string;
}
/** A new service key with its secret. */
export interface ServiceKeyWithSecret {
  /** The key. */
  id: string;
  /** Its name. */
  name: string;
  /** The first part of the secret, by which a key is recognised. */
  prefix: string;
  /** When it ends; null for never. */
  expiresAt: string | null;
  /** When it was revoked; null while it is not. */
  revokedAt: string | null;
  /** The IP addresses and CIDR blocks that it may be used from; empty for all. */
  allowedAddresses: string[];
  /** When it was last used, as it is written down up to a minute later; null for never. */
  lastUsedAt: string | null;
  /** The key that it replaced in a rotation; null for none. */
  predecessorId: string | null;
  /** When it was created. */
  createdAt: string;
  /** A `test` key acts for sandbox accounts alone, and makes such accounts. */
  mode: 'live' | 'test';
  /** What the key may do. */
  scopes: (
    | 'account:read'
    | 'account:write'
    | 'member:read'
    | 'site:read'
    | 'site:write'
    | 'key:read'
    | 'credit:read'
    | 'credit:spend'
    | 'operation:run'
    | 'billing:read'
    | 'platform:metrics'
    | 'clock:write'
    | 'account:create'
    | 'credential:verify'
  )[];
  /** The rate of its own bucket, for each scope of the throttle. */
  callsPerMinute: number;
  /** Who made it: `staff:` with their id, or the command line. */
  createdBy: string;
  /** The key to send as a bearer token. It is shown once; a repeated answer has null. */
  secret: string | null;
}
/** A new session; its tokens are missing when it is kept in a cookie. */
export interface Session {
  /** The token to send as a bearer token. */
  accessToken?: string | undefined;
  /** The token to exchange for the next pair, once. */
  refreshToken?: string | undefined;
  /** For how many seconds the access token works. */
  expiresInSeconds?: number | undefined;
  /** The accounts that the person belongs to. */
  accounts: AccountOfUser[];
}
/** The tokens of a session. */
export interface SessionTokens {
  /** The token to send as a bearer token. */
  accessToken: string;
  /** The token to exchange for the next pair, once. */
  refreshToken: string;
  /** For how many seconds the access token works. */
  expiresInSeconds: number;
}
/** A site of the account. */
export interface Site {
  /** The site. */
  id: string;
  /** Its name. */
  name: string;
  /** Its domain, unique in the account: a host name in lower case and in its ASCII form. */
  domain: string | null;
  /** When it was created. */
  createdAt: string;
  /** When it was archived; null while it is in use. */
  archivedAt: string | null;
}
/** An account as staff see it. */
export interface StaffAccount {
  /** The account. */
  id: string;
  /** Its name. */
  name: string;
  /** The operator's own id of this customer, unique across accounts; null without one. */
  externalId: string | null;
  /** What an operator decided about it. */
  status: 'active' | 'suspended' | 'closed';
  /** How a new subscription is paid. */
  paymentMethod: 'stripe' | 'paypal' | 'bank_transfer';
  /** When it was created. */
  createdAt: string;
  /** Why it is suspended. */
  statusReason: string | null;
}
/** An account with what an operator looks at first. */
export interface StaffAccountDetail {
  /** The account. */
  id: string;
  /** Its name. */
  name: string;
  /** The operator's own id of this customer, unique across accounts; null without one. */
  externalId: string | null;
  /** What an operator decided about it. */
  status: 'active' | 'suspended' | 'closed';
  /** How a new subscription is paid. */
  paymentMethod: 'stripe' | 'paypal' | 'bank_transfer';
  /** When it was created. */
  createdAt: string;
  /** Why it is suspended. */
  statusReason: string | null;
  /** Whether it is for trying out. */
  sandbox: boolean;
  /** The time of the account: ahead of real time where a sandbox has moved its clock. */
  now: string;
  /** Who suspended, reactivated or closed it last. */
  decision: {
    /** When. */
    at: string;
    /** Who, such as `staff:` and the id of the member of staff. */
    by: string;
    /** Why, in their words; null where none was given. */
    reason: string | null;
  } | null;
  /** Its subscription. */
  subscription: Subscription;
  /** When grace ends; null where the subscription has none. */
  graceEndsAt: string | null;
  /** Its periods in order: the last twelve, and all that are to come. */
  periods: {
    /** The plan that it is of. */
    planSlug: string;
    /** The version of the plan. */
    planVersion: number;
    /** When it begins. */
    startsAt: string;
    /** When it ends. */
    endsAt: string;
    /** Whether it runs now. */
    state: 'past' | 'running' | 'coming';
    /** The payment that bought it; null for a trial, or where none is known. */
    paymentId: string | null;
  }[];
  /** Its credits. */
  credits: CreditBalance;
  /** What its new invoices say of the customer. */
  billingDetails: BillingDetails;
  /** The credits that it spent and nobody paid. */
  creditsOwed: number;
  /** The money that it has with the operator, by currency. */
  moneyBalances: {
    /** The balance in minor units. */
    amount: number;
    /** The ISO 4217 code of the currency. */
    currency: string;
  }[];
  /** How many holds are open. */
  openHolds: number;
  /** What it uses of each limit of its plan. */
  limits: {
    /** The limit of the plan. */
    name: string;
    /** How many there are; null where nobody counts them here. */
    used: number | null;
    /** How many the plan allows. */
    max: number;
  }[];
  /** The limits of which more is used than the plan allows. */
  overLimits: string[];
  /** Its invoices that are to be paid. */
  openInvoices: Invoice[];
}
/** An account in the list of staff. */
export interface StaffAccountRow {
  /** The account. */
  id: string;
  /** Its name. */
  name: string;
  /** What an operator decided about it. */
  status: 'active' | 'suspended' | 'closed';
  /** The operator's own id of this customer; null without one. */
  externalId: string | null;
  /** Its plan. */
  planSlug: string;
  /** What is stored of its subscription. */
  subscriptionStatus: 'trialing' | 'pending_payment' | 'active' | 'past_due' | 'cancelled' | 'expired';
  /** What it may do now. */
  standing: Standing;
  /** How its subscription is paid. */
  paymentMethod: 'stripe' | 'paypal' | 'bank_transfer';
  /** The credits that it has. */
  creditsAvailable: number;
  /** Whether it is for trying out. */
  sandbox: boolean;
  /** When it was created. */
  createdAt: string;
}
/** A member of the operator's staff. */
export interface StaffMember {
  /** The member of staff. */
  id: string;
  /** The address that they sign in with. */
  email: string;
  /** What they may do. */
  role: 'support' | 'finance' | 'platform_admin';
  /** When they were added. */
  createdAt: string;
  /** Since when they may not sign in; null for somebody who may. */
  disabledAt: string | null;
  /** When they last signed in; null for never. */
  lastSignInAt: string | null;
  /** Whether sign-in asks them for a code. */
  hasSecondFactor: boolean;
}
/** An entry of the journal of money as staff see it. */
export interface StaffMoneyEntry {
  /** The entry. */
  id: string;
  /** Its number in the account, without gaps. */
  sequence: number;
  /** When it was made. */
  at: string;
  /** Why it was made. */
  kind: 'payment' | 'apply' | 'release' | 'return' | 'refund' | 'credit';
  /** The book that the money leaves. */
  from: 'received' | 'balance' | 'invoiced' | 'returned' | 'refunded';
  /** The book that the money enters. */
  to: 'received' | 'balance' | 'invoiced' | 'returned' | 'refunded';
  /** How much it moves. */
  amount: Money;
  /** The balance of its currency after it, in minor units; below zero where money was taken back that had paid something else. */
  balanceAfter: number;
  /** The invoice that it pays, or that gives money back. */
  invoiceId: string | null;
  /** The payment whose money it is; null where the balance pays. */
  paymentId: string | null;
  /** Why money went back, in the words of staff. */
  reason: string | null;
  /** Who made it, such as `staff:` and their id. */
  actor: string;
  /** The request that made it. */
  requestId: string;
}
/** A plan with all of its versions, and how many accounts are on each. */
export interface StaffPlan {
  /** The name that calls use. */
  slug: string;
  /** How many accounts are on a version of it now. */
  accounts: number;
  /** Its versions, newest first. */
  versions: {
    /** The version; a subscription keeps the one that it was sold. */
    version: number;
    /** The name that people read. */
    name: string;
    /** `listed` is sold, `unlisted` works for who has it, `withdrawn` stops at once. */
    state: 'listed' | 'unlisted' | 'withdrawn';
    /** Whether no customer can choose it. */
    internal: boolean;
    /** The price of one cycle. */
    price: Money;
    /** How often it is paid. */
    cycle: 'monthly' | 'annual';
    /** The credits of each month. */
    credits: number;
    /** The version that its accounts renew; null for itself. */
    renewsAs: number | null;
    /** Since when there is the version; null where that was not written down. */
    createdAt: string | null;
    /** How many accounts are on it now, whatever their standing. */
    accounts: number;
  }[];
}
/** A new session of staff; its token is missing when it is kept in a cookie. */
export interface StaffSession {
  /** The token to send as a bearer token. */
  token?: string | undefined;
  /** When the session ends. */
  expiresAt: string;
  /** Who is signed in. */
  staff: {
    /** The member of staff. */
    id: string;
    /** Their role. */
    role: 'support' | 'finance' | 'platform_admin';
  };
}
/** A member of staff with a new password. */
export interface StaffWithPassword {
  /** The member of staff. */
  id: string;
  /** The address that they sign in with. */
  email: string;
  /** What they may do. */
  role: 'support' | 'finance' | 'platform_admin';
  /** When they were added. */
  createdAt: string;
  /** Since when they may not sign in; null for somebody who may. */
  disabledAt: string | null;
  /** When they last signed in; null for never. */
  lastSignInAt: string | null;
  /** Whether sign-in asks them for a code. */
  hasSecondFactor: boolean;
  /** The password to hand over. Shown once: a replayed answer has null. */
  password: string | null;
}
/** What the account may do now, by its status, its payments and its plan. */
export interface Standing {
  /** Whether it works, works for a while yet, or is refused. */
  state: 'good' | 'grace' | 'refused';
  /** Why it is refused; null while it is not. */
  code:
    | 'account_closed'
    | 'account_suspended'
    | 'plan_inactive'
    | 'payment_pending'
    | 'trial_expired'
    | 'payment_overdue'
    | 'subscription_cancelled'
    | 'subscription_expired'
    | null;
  /** Until when the state lasts; null when time alone does not end it. */
  until: string | null;
}
/** A file of bank statements that was imported. */
export interface StatementFile {
  /** The file. */
  id: string;
  /** How it is written. */
  format: 'camt.053' | 'mt940' | 'csv';
  /** The size of the file in bytes. */
  sizeBytes: number;
  /** The statements that it holds. */
  statements: {
    /** The account of the operator. */
    account: string;
    /** Its currency. */
    currency: string;
    /** The number that the bank gave the statement. */
    number: string | null;
    /** The balance before its lines; null when the file has none. */
    opening: {
      /** In minor units; negative when the account is overdrawn. */
      amount: number;
      /** The day at whose end it holds. */
      on: string;
    } | null;
    /** The balance after its lines; null when the file has none. */
    closing: {
      /** In minor units; negative when the account is overdrawn. */
      amount: number;
      /** The day at whose end it holds. */
      on: string;
    } | null;
  }[];
  /** What does not stop the import; at most 100. */
  warnings: {
    /** Where in the file, from 1. */
    lineNumber: number;
    /** What a person should know about the file. */
    message: string;
  }[];
  /** How many lines it has. */
  lineCount: number;
  /** How many of them no file before it had. */
  newLineCount: number;
  /** When it was imported. */
  importedAt: string;
  /** Who imported it. */
  importedBy: string;
}
/** A line of a bank statement. Money that came in waits until staff confirm or ignore it. */
export interface StatementLine {
  /** The line. */
  id: string;
  /** What became of it; `noted` needs nothing. */
  status: 'waiting' | 'processed' | 'ignored' | 'noted';
  /** The account of the operator. */
  account: string;
  /** When the bank booked it. */
  bookedOn: string;
  /** The day that it counts from. */
  valueOn: string | null;
  /** How much. */
  total: Money;
  /** Whether money came in or went out. */
  direction: 'credit' | 'debit';
  /** Whether it takes an earlier movement back. */
  reversal: boolean;
  /** Who paid or was paid. */
  name: string | null;
  /** The account of the other side. */
  counterpartyAccount: string | null;
  /** What the payer wrote. */
  remittance: string;
  /** The structured reference. */
  reference: string | null;
  /** The id that the bank gave it. */
  bankId: string | null;
  /** The id that the payer gave it. */
  endToEndId: string | null;
  /** When it was imported first. */
  receivedAt: string;
  /** When it was decided on; null while it waits. */
  processedAt: string | null;
  /** Who decided; null for what needs no decision. */
  processedBy: string | null;
  /** Why staff ignored it. */
  reason: string | null;
  /** What it was booked as. */
  outcome: {
    /** The account. */
    accountId: string;
    /** Its invoice. */
    invoiceId: string;
    /** Its payment. */
    paymentId: string;
  } | null;
  /** The invoices that it may pay, likeliest first; at most five. */
  proposals: {
    /** The account of the invoice. */
    accountId: string;
    /** Its name. */
    accountName: string;
    /** The invoice. */
    invoiceId: string;
    /** Its number. */
    invoiceNumber: string;
    /** Whether it takes money. */
    invoiceStatus: 'open' | 'partially_paid' | 'paid' | 'void';
    /** What is still to be paid. */
    due: Money;
    /** The payment that waits for staff; null when the account submitted none. */
    paymentId: string | null;
    /** How likely it is; 100 is the most. */
    score: number;
    /** Why it is proposed, and what speaks against it. */
    reasons: (
      | 'exact_reference'
      | 'bank_reference'
      | 'invoice_number'
      | 'amount_equal'
      | 'known_account'
      | 'payer_alike'
      | 'amount_differs'
      | 'currency_differs'
      | 'invoice_closed'
    )[];
  }[];
  /** Lines of files in another format that may be the same movement; at most five. Such a line is never confirmed by itself. */
  mayBeSameAs: {
    /** The other line. */
    lineId: string;
    /** What became of it. */
    status: 'waiting' | 'processed' | 'ignored' | 'noted';
  }[];
  /** The payments that it may take back, likeliest first; at most five. */
  returns: {
    /** The account of the payment. */
    accountId: string;
    /** Its name. */
    accountName: string;
    /** The payment. */
    paymentId: string;
    /** When its money came. */
    bookedOn: string;
    /** What both lines have in common. */
    reasons: ('same_end_to_end_id' | 'same_reference' | 'same_account' | 'payer_alike')[];
  }[];
}
/** The subscription of the account. */
export interface Subscription {
  /** The subscription. */
  id: string;
  /** The version of the plan that was sold. */
  plan: Plan;
  /** What the payments say at this moment. */
  status: 'trialing' | 'pending_payment' | 'active' | 'past_due' | 'cancelled' | 'expired';
  /** What the account may do now. */
  standing: Standing;
  /** How it is paid. */
  paymentMethod: 'stripe' | 'paypal' | 'bank_transfer';
  /** The reference of the last payment. */
  externalPaymentId: string | null;
  /** Its id at Stripe. */
  stripeSubscriptionId: string | null;
  /** When the running period began; of a plan that costs nothing the running month. */
  periodStart: string;
  /** When it ends. */
  periodEnd: string;
  /** The start of the first paid period: months begin on its day. Null before the first payment. */
  anchorAt: string | null;
  /** The end of what was paid, paid periods to come included. Null before the first payment, and while a plan runs that costs nothing. */
  paidThrough: string | null;
  /** The period that follows the running one, where it is paid already; null otherwise. */
  next: PaidPeriod | null;
}
/** A change of plan. It takes effect when its invoice is paid; of a plan that costs nothing at the end of what was paid. */
export interface SubscriptionChange {
  /** The subscription as it is until then. */
  subscription: Subscription;
  /** The invoice to pay; null for a plan that costs nothing. */
  invoice: Invoice | null;
}
/** More days of a trial or of grace, and what they bring. */
export interface SubscriptionExtension {
  /** What is longer. */
  kind: 'trial' | 'grace';
  /** When it would end, or has ended, without them. */
  from: string;
  /** When it ends with them. */
  until: string;
  /** What the account may do then. */
  standing: Standing;
  /** The credits of the plan that stay usable until then. */
  planCredits: number;
}
/** What a change of plan costs, when it takes effect, and what it brings. The change itself computes the same. */
export interface SubscriptionPreview {
  /** An upgrade takes the place of the running period; anything else is a period of its own. */
  kind: 'subscription' | 'upgrade';
  /** The version of the plan that is sold. */
  plan: Plan;
  /** When the plan begins; null where that is when the invoice is paid. */
  startsAt: string | null;
  /** When its period ends; null where it begins when the invoice is paid, or costs nothing and goes on. */
  endsAt: string | null;
  /** The price of one cycle. */
  price: Money;
  /** The part of the running period that is not used. */
  unused: {
    /** What it takes off the price, in minor units. */
    amount: number;
    /** The currency of the price. */
    currency: string;
    /** The unused plan credits that this pays for. Those that are spent before the payment are missing from the new plan. */
    credits: number;
    /** The months of a paid year that this takes whole. */
    months: number;
  };
  /** What is to be paid. */
  total: Money;
  /** The credits of the first month. */
  credits: number;
  /** When the invoice would be due; of a plan that costs nothing when it begins. */
  dueAt: string;
  /** The limits of which more is used than the plan allows. What is there keeps working; nothing is added. */
  overLimits: string[];
}
/** The clock of a sandbox account. */
export interface TestClock {
  /** The time of the account. It runs on from here. */
  now: string;
  /** How far it is ahead of real time. */
  aheadSeconds: number;
}
/** A second factor that waits to be confirmed. */
export interface TotpSetup {
  /** The secret to type into an authenticator app. Shown once: a replayed answer has null. */
  secret: string | null;
  /** The same as an `otpauth:` URI to show as a QR code; null where the secret is. */
  uri: string | null;
}
/** What the confirmation of a bank transfer would do. The confirmation finds and computes the same. */
export interface TransferPreview {
  /** The payment that it confirms; null where nobody reported it. */
  payment: Payment | null;
  /** The invoice that the money is for, as it is now. */
  invoice: Invoice;
  /** The money that arrived. */
  arrived: Money;
  /** What arrived less what is due, in minor units. */
  difference: number;
  /** The invoices that the money pays, that of the transfer first. */
  applied: {
    /** The invoice. */
    invoiceId: string;
    /** Its number. */
    number: string;
    /** What begins when it is paid. */
    kind: 'subscription' | 'upgrade' | 'package';
    /** What it gets, in minor units. */
    amount: number;
    /** What is due on it then, in minor units. */
    due: number;
    /** Whether it is paid then. */
    isPaid: boolean;
  }[];
  /** The balance of the account in this currency, in minor units. */
  balanceBefore: number;
  /** That balance then. */
  balanceAfter: number;
  /** Whether the reference was booked before, so that nothing changes. */
  isBooked: boolean;
  /** Whether the caller may confirm it, or what is missing where two members of staff have to. */
  approval: 'not_needed' | 'missing' | 'own' | 'other_money' | 'given';
  /** Who approved it first; null for nobody. */
  approvedBy: string | null;
}
/** What was spent in one group. */
export interface Usage {
  /** A UTC day such as 2026-03-01, an operation, or the id of a site or key; null for none. */
  group: string | null;
  /** Charges less corrections; below zero where only a correction is in range. */
  spent: number;
  /** The part of it that was reported, or has replaced an estimate. */
  reported: number;
  /** The part of it that is estimated; below zero where an estimate from before the range was replaced in it. */
  estimated: number;
  /** How many charges there were. */
  charges: number;
}
/** One request to an endpoint. */
export interface WebhookAttempt {
  /** The attempt. */
  id: string;
  /** The delivery that it is of. */
  deliveryId: string;
  /** The message. */
  messageId: string;
  /** What happened. */
  type:
    | 'account.registered'
    | 'account.suspended'
    | 'account.reactivated'
    | 'account.closed'
    | 'member.joined'
    | 'credit.low_balance'
    | 'credit.adjusted'
    | 'credit.reversed'
    | 'credit.purchased'
    | 'invoice.issued'
    | 'invoice.reminder'
    | 'invoice.partially_paid'
    | 'invoice.paid'
    | 'invoice.voided'
    | 'credit_note.issued'
    | 'payment.submitted'
    | 'payment.succeeded'
    | 'payment.rejected'
    | 'payment.proof_asked'
    | 'payment.returned'
    | 'payment.refunded'
    | 'subscription.trial_ending'
    | 'subscription.activated'
    | 'subscription.renewed'
    | 'subscription.changed'
    | 'subscription.cancel_scheduled'
    | 'subscription.resumed'
    | 'subscription.extended'
    | 'subscription.past_due'
    | 'subscription.ended'
    | 'webhook_endpoint.test'
    | 'webhook_endpoint.disabled';
  /** When it began. */
  at: string;
  /** How it ended. */
  outcome:
    | 'delivered'
    | 'rejected'
    | 'gone'
    | 'redirected'
    | 'timed_out'
    | 'unreachable'
    | 'name_not_found'
    | 'tls_failed'
    | 'address_refused';
  /** The status of the answer; null without an answer. */
  status: number | null;
  /** How long it took. */
  durationMilliseconds: number;
  /** The first 200 characters of the answer; null for none. */
  answer: string | null;
}
/** A message on its way to an endpoint. */
export interface WebhookDelivery {
  /** The delivery. */
  id: string;
  /** The message: the webhook-id header of every attempt. */
  messageId: string;
  /** What happened. */
  type:
    | 'account.registered'
    | 'account.suspended'
    | 'account.reactivated'
    | 'account.closed'
    | 'member.joined'
    | 'credit.low_balance'
    | 'credit.adjusted'
    | 'credit.reversed'
    | 'credit.purchased'
    | 'invoice.issued'
    | 'invoice.reminder'
    | 'invoice.partially_paid'
    | 'invoice.paid'
    | 'invoice.voided'
    | 'credit_note.issued'
    | 'payment.submitted'
    | 'payment.succeeded'
    | 'payment.rejected'
    | 'payment.proof_asked'
    | 'payment.returned'
    | 'payment.refunded'
    | 'subscription.trial_ending'
    | 'subscription.activated'
    | 'subscription.renewed'
    | 'subscription.changed'
    | 'subscription.cancel_scheduled'
    | 'subscription.resumed'
    | 'subscription.extended'
    | 'subscription.past_due'
    | 'subscription.ended'
    | 'webhook_endpoint.test'
    | 'webhook_endpoint.disabled';
  /** What became of it. */
  status: 'pending' | 'delivered' | 'failed';
  /** How many attempts were made since it was queued. */
  attempts: number;
  /** When it was queued first. */
  createdAt: string;
  /** When it was delivered or given up; null while it is pending. */
  finishedAt: string | null;
}
/** A URL that gets the messages of the account. */
export interface WebhookEndpoint {
  /** The endpoint. */
  id: string;
  /** Where the messages are sent. */
  url: string;
  /** What it is for, in your words; null for none. */
  description: string | null;
  /** The types that it gets; empty for all. */
  events: (
    | 'account.registered'
    | 'account.suspended'
    | 'account.reactivated'
    | 'account.closed'
    | 'member.joined'
    | 'credit.low_balance'
    | 'credit.adjusted'
    | 'credit.reversed'
    | 'credit.purchased'
    | 'invoice.issued'
    | 'invoice.reminder'
    | 'invoice.partially_paid'
    | 'invoice.paid'
    | 'invoice.voided'
    | 'credit_note.issued'
    | 'payment.submitted'
    | 'payment.succeeded'
    | 'payment.rejected'
    | 'payment.proof_asked'
    | 'payment.returned'
    | 'payment.refunded'
    | 'subscription.trial_ending'
    | 'subscription.activated'
    | 'subscription.renewed'
    | 'subscription.changed'
    | 'subscription.cancel_scheduled'
    | 'subscription.resumed'
    | 'subscription.extended'
    | 'subscription.past_due'
    | 'subscription.ended'
    | 'webhook_endpoint.test'
    | 'webhook_endpoint.disabled'
  )[];
  /** Whether messages are sent to it. */
  enabled: boolean;
  /** Why not: asked by a call, failing for too long, or gone (it answered 410); null while enabled. */
  disabledReason: 'asked' | 'failing' | 'gone' | null;
  /** Since when not; null while enabled. */
  disabledAt: string | null;
  /** Since when every attempt fails; null when the last one did not. */
  failingSince: string | null;
  /** Until when the secret before the last rotation signs too; null when it does not. */
  previousSecretUntil: string | null;
  /** When it was created. */
  createdAt: string;
}
/** A webhook endpoint with a new secret. */
export interface WebhookEndpointWithSecret {
  /** The endpoint. */
  id: string;
  /** Where the messages are sent. */
  url: string;
  /** What it is for, in your words; null for none. */
  description: string | null;
  /** The types that it gets; empty for all. */
  events: (
    | 'account.registered'
    | 'account.suspended'
    | 'account.reactivated'
    | 'account.closed'
    | 'member.joined'
    | 'credit.low_balance'
    | 'credit.adjusted'
    | 'credit.reversed'
    | 'credit.purchased'
    | 'invoice.issued'
    | 'invoice.reminder'
    | 'invoice.partially_paid'
    | 'invoice.paid'
    | 'invoice.voided'
    | 'credit_note.issued'
    | 'payment.submitted'
    | 'payment.succeeded'
    | 'payment.rejected'
    | 'payment.proof_asked'
    | 'payment.returned'
    | 'payment.refunded'
    | 'subscription.trial_ending'
    | 'subscription.activated'
    | 'subscription.renewed'
    | 'subscription.changed'
    | 'subscription.cancel_scheduled'
    | 'subscription.resumed'
    | 'subscription.extended'
    | 'subscription.past_due'
    | 'subscription.ended'
    | 'webhook_endpoint.test'
    | 'webhook_endpoint.disabled'
  )[];
  /** Whether messages are sent to it. */
  enabled: boolean;
  /** Why not: asked by a call, failing for too long, or gone (it answered 410); null while enabled. */
  disabledReason: 'asked' | 'failing' | 'gone' | null;
  /** Since when not; null while enabled. */
  disabledAt: string | null;
  /** Since when every attempt fails; null when the last one did not. */
  failingSince: string | null;
  /** Until when the secret before the last rotation signs too; null when it does not. */
  previousSecretUntil: string | null;
  /** When it was created. */
  createdAt: string;
  /** The secret that verifies signatures. It is shown once; a repeated answer has null. */
  secret: string | null;
}
