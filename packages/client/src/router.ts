// Generated from the API's router by `npm run generate`; do not edit.
import type { TRPCBuiltRouter, TRPCMutationProcedure, TRPCQueryProcedure } from '@trpc/server';
import type { Problem } from './problem.ts';

interface Root {
  ctx: object;
  meta: object;
  errorShape: { code: number; message: string; data: Problem };
  transformer: false;
}
type Query<Input, Output> = TRPCQueryProcedure<{ input: Input; output: Output; meta: object }>;
type Mutation<Input, Output> = TRPCMutationProcedure<{ input: Input; output: Output; meta: object }>;

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
  /** What an operator decided about it. */
  status: 'active' | 'suspended' | 'closed';
  /** How a new subscription is paid. */
  paymentMethod: 'stripe' | 'paypal' | 'bank_transfer';
  /** Whether it is for trying out; its API keys are test keys. */
  sandbox: boolean;
  /** When it was created. */
  createdAt: string;
}
/** An account that a person belongs to. */
export interface AccountOfUser {
  /** The account. */
  id: string;
  /** Its name. */
  name: string;
  /** The role of the person in it. */
  role: 'owner' | 'admin' | 'editor' | 'viewer';
}
/** An API key of the account. */
export interface ApiKey {
  /** The key. */
  id: string;
  /** Its name. */
  name: string;
  /** The first part of the secret, by which a key is recognised. */
  prefix: string;
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
  )[];
  /** The one site that it is limited to; null for all sites. */
  siteId: string | null;
  /** When it ends; null for never. */
  expiresAt: string | null;
  /** When it was revoked; null while it is not. */
  revokedAt: string | null;
  /** The IP addresses and CIDR blocks that it may be used from; empty for all. */
  allowedAddresses: string[];
  /** When it was last used; null for never. */
  lastUsedAt: string | null;
  /** The most credits it may spend in a UTC day; null for all. */
  creditsPerDayMax: number | null;
  /** When it was created. */
  createdAt: string;
}
/** A new API key with its secret. */
export interface ApiKeyWithSecret {
  /** The key. */
  id: string;
  /** Its name. */
  name: string;
  /** The first part of the secret, by which a key is recognised. */
  prefix: string;
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
  )[];
  /** The one site that it is limited to; null for all sites. */
  siteId: string | null;
  /** When it ends; null for never. */
  expiresAt: string | null;
  /** When it was revoked; null while it is not. */
  revokedAt: string | null;
  /** The IP addresses and CIDR blocks that it may be used from; empty for all. */
  allowedAddresses: string[];
  /** When it was last used; null for never. */
  lastUsedAt: string | null;
  /** The most credits it may spend in a UTC day; null for all. */
  creditsPerDayMax: number | null;
  /** When it was created. */
  createdAt: string;
  /** The key to send as a bearer token. It is shown once; a repeated answer has null. */
  secret: string | null;
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
  status: 'pending_approval' | 'succeeded' | 'failed' | 'refunded';
  /** What was paid. */
  total: Money;
  /** Who paid. */
  payerName: string;
  /** The reference of the bank or provider. */
  externalPaymentId: string | null;
  /** Why an operator rejected it. */
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
    /** What is counted. */
    unit: 'request' | 'token' | 'word' | 'item' | 'image';
    /** How many units one price is for. */
    unitSize: number;
    /** The credits for each started size of units. */
    creditsPerUnit: number;
    /** The least that a use costs. */
    creditsMin: number;
  } | null;
  /** How many units were priced. */
  units: number | null;
  /** The tokens of the run. */
  usage: {
    /** Tokens of the prompt. */
    inputTokens: number;
    /** Tokens of the output. */
    outputTokens: number;
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
  /** The plan that it is for. */
  planSlug: string;
  /** What is to be paid. */
  total: Money;
  /** Whether it is to be paid, was paid, or no longer counts. */
  status: 'open' | 'paid' | 'void';
  /** When it was made. */
  createdAt: string;
  /** When it was paid; null before. */
  paidAt: string | null;
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
/** An amount of money. */
export interface Money {
  /** The amount in minor units of the currency, such as cents. */
  amount: number;
  /** The ISO 4217 code of the currency. */
  currency: string;
}
/** A priced operation. */
export interface Operation {
  /** Its name. */
  name: string;
  /** What it makes. */
  kind: 'text' | 'image';
  /** What is counted. */
  unit: 'request' | 'token' | 'word' | 'item' | 'image';
  /** How many units one price is for. */
  unitSize: number;
  /** The credits for each started size of units. */
  creditsPerUnit: number;
  /** The least that a use costs. */
  creditsMin: number;
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
  status: 'pending_approval' | 'succeeded' | 'failed' | 'refunded';
  /** What was paid. */
  total: Money;
  /** Who paid. */
  payerName: string;
  /** The reference of the bank or provider. */
  externalPaymentId: string | null;
  /** Why an operator rejected it. */
  reason: string | null;
  /** When it was submitted. */
  createdAt: string;
  /** When an operator confirmed or rejected it; null before. */
  confirmedAt: string | null;
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
  status: 'pending_approval' | 'succeeded' | 'failed' | 'refunded';
  /** What was paid. */
  total: Money;
  /** Who paid. */
  payerName: string;
  /** The reference of the bank or provider. */
  externalPaymentId: string | null;
  /** Why an operator rejected it. */
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
  /** What the plan includes. */
  features: ('sites' | 'operations')[];
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
/** Codes that replace the authenticator app, each once. */
export interface RecoveryCodes {
  /** The codes; they are shown once. */
  recoveryCodes: string[];
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
/** What an operation answered and what it cost. */
export interface Run {
  /** The run; its hold has the same id. */
  runId: string;
  /** The text that the model wrote. */
  output: string;
  /** The tokens that were used. */
  usage: {
    /** Tokens of the prompt. */
    inputTokens: number;
    /** Tokens of the output. */
    outputTokens: number;
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
/** A sector: a part of a site. */
export interface Sector {
  /** The sector. */
  id: string;
  /** The site that it belongs to. */
  siteId: string;
  /** Its name, unique in the site. */
  name: string;
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
  /** Its domain, unique in the account. */
  domain: string | null;
  /** When it was created. */
  createdAt: string;
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
  /** When the running period began. */
  periodStart: string;
  /** When the running period ends. */
  periodEnd: string;
}
/** A change of plan that takes effect when its invoice is paid. */
export interface SubscriptionChange {
  /** The subscription as it is until then. */
  subscription: Subscription;
  /** The invoice to pay. */
  invoice: Invoice;
}
/** A second factor that waits to be confirmed. */
export interface TotpSetup {
  /** The secret to type into an authenticator app. */
  secret: string;
  /** The same as an `otpauth:` URI to show as a QR code. */
  uri: string;
}
/** What was spent in one group. */
export interface Usage {
  /** A UTC day such as 2026-03-01, an operation, or the id of a site or key; null for none. */
  group: string | null;
  /** Charges less corrections; below zero where only a correction is in range. */
  spent: number;
  /** The part of it that providers reported. */
  reported: number;
  /** The part of it that is estimated. */
  estimated: number;
  /** How many charges there were. */
  charges: number;
}

/** Every procedure of the API with what it takes and gives. */
export type AppRouter = TRPCBuiltRouter<
  Root,
  {
    registration: {
      /** Register: `POST /v1/registrations` */
      create: Mutation<
        {
          /** The e-mail address of the person. */
          email: string;
          /** The password to sign in with. */
          password: string;
          /** The name of the account. */
          accountName: string;
          /** The plan; without it the trial. */
          planSlug?: string | undefined;
          /** How a paid plan is to be paid. */
          paymentMethod?: 'stripe' | 'paypal' | 'bank_transfer' | undefined;
        },
        Registration
      >;
    };
    session: {
      /** Sign in: `POST /v1/sessions` */
      create: Mutation<
        {
          /** The e-mail address of the person. */
          email: string;
          /** Their password. */
          password: string;
          /** A code of the second factor, when the person has one. */
          totpCode?: string | undefined;
          /** Whether the session is answered as tokens or kept in a cookie. */
          delivery?: 'token' | 'cookie' | undefined;
        },
        Session
      >;
      /** Exchange a refresh token: `POST /v1/sessions/refresh` */
      refresh: Mutation<
        {
          /** The newest refresh token of the session. */
          refreshToken: string;
        },
        SessionTokens
      >;
      /** Sign out: `DELETE /v1/sessions/current` */
      delete: Mutation<Record<string, never> | void, Record<string, never>>;
      /** Sign out everywhere: `DELETE /v1/sessions` */
      deleteAll: Mutation<Record<string, never> | void, Record<string, never>>;
    };
    passwordReset: {
      /** Ask for a link to set a new password: `POST /v1/password-resets` */
      create: Mutation<
        {
          /** The address to send the link to, if it is registered. */
          email: string;
        },
        Record<string, never>
      >;
      /** Set a new password with a mailed token: `POST /v1/password-resets/confirm` */
      confirm: Mutation<
        {
          /** The token of the e-mail. */
          token: string;
          /** The password to set. */
          password: string;
        },
        Record<string, never>
      >;
    };
    emailVerification: {
      /** Ask for a link that confirms your address: `POST /v1/email-verifications` */
      create: Mutation<Record<string, never> | void, Record<string, never>>;
      /** Confirm an address with a mailed token: `POST /v1/email-verifications/confirm` */
      confirm: Mutation<
        {
          /** The token of the e-mail. */
          token: string;
        },
        Record<string, never>
      >;
    };
    me: {
      /** Who is signed in: `GET /v1/me` */
      get: Query<Record<string, never> | void, Me>;
      /** Set a new password: `POST /v1/me/password` */
      changePassword: Mutation<
        {
          /** The password that is set now. */
          currentPassword: string;
          /** The password to set. */
          newPassword: string;
        },
        Record<string, never>
      >;
    };
    totp: {
      /** Begin to set up an authenticator app: `POST /v1/me/totp` */
      create: Mutation<Record<string, never> | void, TotpSetup>;
      /** Confirm it with a code: `POST /v1/me/totp/confirm` */
      confirm: Mutation<
        {
          /** Six digits of the app, or a recovery code. */
          code: string;
        },
        RecoveryCodes
      >;
      /** Take it away with a code: `POST /v1/me/totp/disable` */
      disable: Mutation<
        {
          /** Six digits of the app, or a recovery code. */
          code: string;
        },
        Record<string, never>
      >;
    };
    account: {
      /** The account: `GET /v1/account` */
      get: Query<Record<string, never> | void, Account>;
      /** Change the account: `PATCH /v1/account` */
      update: Mutation<
        {
          /** The new name. */
          name?: string | undefined;
          /** How a new subscription is to be paid. */
          paymentMethod?: 'stripe' | 'paypal' | 'bank_transfer' | undefined;
        },
        Account
      >;
    };
    member: {
      /** The members of the account: `GET /v1/members` */
      list: Query<
        Record<string, never> | void,
        {
          /** The items of this page. */
          items: Member[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
      /** Give a member another role: `PATCH /v1/members/{userId}` */
      update: Mutation<
        {
          /** The member. */
          userId: string;
          /** The new role. */
          role: 'owner' | 'admin' | 'editor' | 'viewer';
        },
        Member
      >;
      /** Limit a member to named sites: `PATCH /v1/members/{userId}/sites` */
      limit: Mutation<
        {
          /** The member. */
          userId: string;
          /** The sites to limit the member to; null for all. */
          siteIds: string[] | null;
        },
        Member
      >;
      /** Take a member out: `DELETE /v1/members/{userId}` */
      delete: Mutation<
        {
          /** The member. */
          userId: string;
        },
        {
          /** The person who is no longer a member. */
          userId: string;
        }
      >;
      /** Leave the account: `DELETE /v1/members/me` */
      leave: Mutation<
        Record<string, never> | void,
        {
          /** The person who is no longer a member. */
          userId: string;
        }
      >;
    };
    invitation: {
      /** Invite an address to the account: `POST /v1/invitations` */
      create: Mutation<
        {
          /** The address to invite. */
          email: string;
          /** The role to offer. */
          role: 'owner' | 'admin' | 'editor' | 'viewer';
          /** The sites to limit an editor or viewer to; without them all. */
          siteIds?: string[] | undefined;
        },
        Invitation
      >;
      /** The invitations: `GET /v1/invitations` */
      list: Query<
        {
          /** The most items that the answer has. */
          limit?: number | undefined;
          /** The `nextCursor` of the page before; without it the list begins with the newest item. */
          cursor?: string | undefined;
        } | void,
        {
          /** The items of this page. */
          items: Invitation[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
      /** Take an invitation back: `DELETE /v1/invitations/{invitationId}` */
      delete: Mutation<
        {
          /** The invitation. */
          invitationId: string;
        },
        {
          /** The id of what was removed. */
          id: string;
        }
      >;
      /** Take an offered place with a mailed token: `POST /v1/invitations/accept` */
      accept: Mutation<
        {
          /** The token of the e-mail. */
          token: string;
          /** The password of the person, or the first one of a new person. */
          password: string;
          /** A code of the second factor, when the person has one. */
          totpCode?: string | undefined;
        },
        AcceptedInvitation
      >;
    };
    site: {
      /** Create a site: `POST /v1/sites` */
      create: Mutation<
        {
          /** The name of the site. */
          name: string;
          /** Its domain in lower case, unique in the account; null for none. */
          domain?: string | null | undefined;
        },
        Site
      >;
      /** One site: `GET /v1/sites/{siteId}` */
      get: Query<
        {
          /** The site. */
          siteId: string;
        },
        Site
      >;
      /** The sites you may see: `GET /v1/sites` */
      list: Query<
        {
          /** The most items that the answer has. */
          limit?: number | undefined;
          /** The `nextCursor` of the page before; without it the list begins with the newest item. */
          cursor?: string | undefined;
        } | void,
        {
          /** The items of this page. */
          items: Site[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
      /** Change a site: `PATCH /v1/sites/{siteId}` */
      update: Mutation<
        {
          /** The site. */
          siteId: string;
          /** The new name. */
          name?: string | undefined;
          /** The new domain in lower case; null takes it away. */
          domain?: string | null | undefined;
        },
        Site
      >;
      /** Delete a site: `DELETE /v1/sites/{siteId}` */
      delete: Mutation<
        {
          /** The site. */
          siteId: string;
        },
        {
          /** The id of what was removed. */
          id: string;
        }
      >;
    };
    sector: {
      /** Create a sector: `POST /v1/sites/{siteId}/sectors` */
      create: Mutation<
        {
          /** The site. */
          siteId: string;
          /** The name, unique in the site. */
          name: string;
        },
        Sector
      >;
      /** The sectors of a site: `GET /v1/sites/{siteId}/sectors` */
      list: Query<
        {
          /** The site. */
          siteId: string;
        },
        {
          /** The items of this page. */
          items: Sector[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
      /** Rename a sector: `PATCH /v1/sites/{siteId}/sectors/{sectorId}` */
      update: Mutation<
        {
          /** The site. */
          siteId: string;
          /** The sector. */
          sectorId: string;
          /** The name, unique in the site. */
          name: string;
        },
        Sector
      >;
      /** Delete a sector: `DELETE /v1/sites/{siteId}/sectors/{sectorId}` */
      delete: Mutation<
        {
          /** The site. */
          siteId: string;
          /** The sector. */
          sectorId: string;
        },
        {
          /** The id of what was removed. */
          id: string;
        }
      >;
    };
    apiKey: {
      /** Create a key: `POST /v1/api-keys` */
      create: Mutation<
        {
          /** The name of the key. */
          name: string;
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
          )[];
          /** The one site to limit it to. */
          siteId?: string | undefined;
          /** When it ends; without it never. */
          expiresAt?: string | undefined;
          /** The IP addresses and CIDR blocks that it may be used from; without them all. */
          allowedAddresses?: string[] | undefined;
          /** The most credits it may spend in a UTC day. */
          creditsPerDayMax?: number | undefined;
        },
        ApiKeyWithSecret
      >;
      /** One key: `GET /v1/api-keys/{keyId}` */
      get: Query<
        {
          /** The key. */
          keyId: string;
        },
        ApiKey
      >;
      /** The keys of the account: `GET /v1/api-keys` */
      list: Query<
        {
          /** The most items that the answer has. */
          limit?: number | undefined;
          /** The `nextCursor` of the page before; without it the list begins with the newest item. */
          cursor?: string | undefined;
        } | void,
        {
          /** The items of this page. */
          items: ApiKey[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
      /** Replace a key, with a time in which both work: `POST /v1/api-keys/{keyId}/rotate` */
      rotate: Mutation<
        {
          /** The key. */
          keyId: string;
          /** For how many seconds the old key still works. */
          overlapSeconds?: number | undefined;
        },
        ApiKeyWithSecret
      >;
      /** Revoke a key: `DELETE /v1/api-keys/{keyId}` */
      revoke: Mutation<
        {
          /** The key. */
          keyId: string;
        },
        {
          /** The id of what was removed. */
          id: string;
        }
      >;
    };
    plan: {
      /** The plans on offer: `GET /v1/plans` */
      list: Query<
        Record<string, never> | void,
        {
          /** The items of this page. */
          items: Plan[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
    };
    subscription: {
      /** The subscription and its standing: `GET /v1/subscription` */
      get: Query<Record<string, never> | void, Subscription>;
      /** Ask for another plan: `POST /v1/subscription/change` */
      change: Mutation<
        {
          /** The plan to change to. */
          planSlug: string;
          /** How it is to be paid. */
          paymentMethod: 'stripe' | 'paypal' | 'bank_transfer';
        },
        SubscriptionChange
      >;
    };
    credit: {
      /** The credits, now or at a time: `GET /v1/credits` */
      get: Query<
        {
          /** The time to answer for; without it now. */
          at?: string | undefined;
        } | void,
        CreditBalance
      >;
      /** The journal: `GET /v1/credits/entries` */
      listEntries: Query<
        {
          /** The most items that the answer has. */
          limit?: number | undefined;
          /** The `nextCursor` of the page before; without it the list begins with the newest item. */
          cursor?: string | undefined;
        } | void,
        {
          /** The items of this page. */
          items: CreditEntry[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
      /** Why an entry was made: `GET /v1/credits/entries/{entryId}/explanation` */
      explain: Query<
        {
          /** The entry. */
          entryId: string;
        },
        CreditExplanation
      >;
      /** What was granted, and what is left of it: `GET /v1/credits/grants` */
      listGrants: Query<
        {
          /** The most items that the answer has. */
          limit?: number | undefined;
          /** The `nextCursor` of the page before; without it the list begins with the newest item. */
          cursor?: string | undefined;
        } | void,
        {
          /** The items of this page. */
          items: CreditGrant[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
      /** Hold credits: `POST /v1/credits/holds` */
      hold: Mutation<
        {
          /** The credits to reserve, when no operation is named. */
          amount?: number | undefined;
          /** The operation whose price is reserved. */
          operation?: string | undefined;
          /** How many units of the operation. */
          units?: number | undefined;
          /** The site that the work is for. */
          siteId?: string | undefined;
          /** After how many seconds the hold ends by itself. */
          ttlSeconds?: number | undefined;
          /** Labels of the caller: at most 20. */
          metadata?: Record<string, string> | undefined;
        },
        CreditHold
      >;
      /** One hold: `GET /v1/credits/holds/{holdId}` */
      getHold: Query<
        {
          /** The hold. */
          holdId: string;
        },
        CreditHold
      >;
      /** The holds: `GET /v1/credits/holds` */
      listHolds: Query<
        {
          /** The most items that the answer has. */
          limit?: number | undefined;
          /** The `nextCursor` of the page before; without it the list begins with the newest item. */
          cursor?: string | undefined;
        } | void,
        {
          /** The items of this page. */
          items: CreditHold[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
      /** Bill what was used of a hold: `POST /v1/credits/holds/{holdId}/settle` */
      settle: Mutation<
        {
          /** The hold. */
          holdId: string;
          /** The credits that the work cost. */
          amount?: number | undefined;
          /** How many units of the operation of the hold were used. */
          units?: number | undefined;
          /** Whether more than the hold may be charged, from the available credits. */
          allowExcess?: boolean | undefined;
          /** Whether the use was reported or estimated; an estimate may be trued up once. */
          usageSource?: 'reported' | 'estimated' | undefined;
        },
        ResolvedCreditHold
      >;
      /** Set an estimated settle right: `POST /v1/credits/holds/{holdId}/true-up` */
      trueUp: Mutation<
        {
          /** The hold. */
          holdId: string;
          /** The credits that the work cost. */
          amount?: number | undefined;
          /** How many units of the operation of the hold were used. */
          units?: number | undefined;
        },
        CreditHold
      >;
      /** Give a hold back: `POST /v1/credits/holds/{holdId}/release` */
      release: Mutation<
        {
          /** The hold. */
          holdId: string;
        },
        ResolvedCreditHold
      >;
      /** What sites and keys may spend in a day: `GET /v1/credits/limits` */
      listLimits: Query<
        {
          /** The most items that the answer has. */
          limit?: number | undefined;
          /** The `nextCursor` of the page before; without it the list begins with the newest item. */
          cursor?: string | undefined;
        } | void,
        {
          /** The items of this page. */
          items: CreditLimit[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
      /** Limit what a site may spend in a day: `PATCH /v1/credits/limits/sites/{siteId}` */
      limitSite: Mutation<
        {
          /** The site. */
          siteId: string;
          /** The most credits that a UTC day may cost; null lifts the limit. */
          creditsPerDayMax: number | null;
        },
        CreditLimit
      >;
      /** Limit what a key may spend in a day: `PATCH /v1/credits/limits/keys/{keyId}` */
      limitKey: Mutation<
        {
          /** The key. */
          keyId: string;
          /** The most credits that a UTC day may cost; null lifts the limit. */
          creditsPerDayMax: number | null;
        },
        CreditLimit
      >;
      /** When a low balance is told: `GET /v1/credits/alerts` */
      getAlerts: Query<Record<string, never> | void, CreditAlerts>;
      /** Set when a low balance is told: `PATCH /v1/credits/alerts` */
      updateAlerts: Mutation<
        {
          /** The balances below which a `credit.low_balance` message is sent. */
          lowBalanceThresholds: number[];
        },
        CreditAlerts
      >;
    };
    operation: {
      /** The price list: `GET /v1/operations` */
      list: Query<
        Record<string, never> | void,
        {
          /** The items of this page. */
          items: Operation[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
      /** Run an AI operation: `POST /v1/operations/{operation}/runs` */
      run: Mutation<
        {
          /** The operation to run. */
          operation: string;
          /** What the model is asked. */
          prompt: string;
          /** The most tokens of output; without it the default of the operation. */
          maxOutputTokens?: number | undefined;
          /** The site that the work is for. */
          siteId?: string | undefined;
          /** Labels of the caller: at most 20. */
          metadata?: Record<string, string> | undefined;
        },
        Run
      >;
      /** Run an AI operation, streamed: `POST /v1/operations/{operation}/runs` */
      stream: Mutation<
        {
          /** The operation to run. */
          operation: string;
          /** What the model is asked. */
          prompt: string;
          /** The most tokens of output; without it the default of the operation. */
          maxOutputTokens?: number | undefined;
          /** The site that the work is for. */
          siteId?: string | undefined;
          /** Labels of the caller: at most 20. */
          metadata?: Record<string, string> | undefined;
        },
        AsyncIterable<
          | {
              /** More output. */
              event: 'delta';
              /** What is added to the output. */
              text: string;
            }
          | {
              /** The run; its hold has the same id. */
              runId: string;
              /** The tokens that were used. */
              usage: {
                /** Tokens of the prompt. */
                inputTokens: number;
                /** Tokens of the output. */
                outputTokens: number;
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
              /** The run ended. */
              event: 'done';
              /** `complete` when the model ended, `credits` when the hold was used up. */
              finishReason: 'complete' | 'credits';
            }
          | {
              /** `urn:tenantry:problem:` and the code. */
              type: string;
              /** The name of the status. */
              title: string;
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
                | 'not_found'
                | 'method_not_allowed'
                | 'conflict'
                | 'idempotency_in_flight'
                | 'hold_resolved'
                | 'email_taken'
                | 'domain_taken'
                | 'last_owner'
                | 'reference_taken'
                | 'payment_state'
                | 'invoice_ambiguous'
                | 'provider_disabled'
                | 'payload_too_large'
                | 'unsupported_media_type'
                | 'idempotency_mismatch'
                | 'settle_above_hold'
                | 'amount_mismatch'
                | 'currency_mismatch'
                | 'operation_not_runnable'
                | 'throttled'
                | 'unavailable'
                | 'internal_error';
              /** The id of the request, to quote in a report. */
              requestId: string;
              /** What is wrong with which part of the input (400). */
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
              /** After how many seconds to try again (429, 503). */
              retryAfterSeconds?: number | undefined;
              /** The run failed. */
              event: 'failed';
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
        >
      >;
    };
    usage: {
      /** What was spent, by day, operation, site or key: `GET /v1/usage` */
      list: Query<
        {
          /** The most items that the answer has. */
          limit?: number | undefined;
          /** The `nextCursor` of the page before; without it the list begins with the newest item. */
          cursor?: string | undefined;
          /** What usage is summed by. */
          by?: 'day' | 'operation' | 'site' | 'key' | undefined;
          /** The start of the range; without it 30 days before its end. */
          from?: string | undefined;
          /** The end of the range, which is not part of it; without it now. */
          to?: string | undefined;
          /** The one operation to sum. */
          operation?: string | undefined;
          /** The one site to sum. */
          siteId?: string | undefined;
          /** The one API key to sum. */
          keyId?: string | undefined;
        } | void,
        {
          /** The items of this page. */
          items: Usage[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
    };
    invoice: {
      /** One invoice: `GET /v1/invoices/{invoiceId}` */
      get: Query<
        {
          /** The invoice. */
          invoiceId: string;
        },
        Invoice
      >;
      /** The invoices: `GET /v1/invoices` */
      list: Query<
        {
          /** The most items that the answer has. */
          limit?: number | undefined;
          /** The `nextCursor` of the page before; without it the list begins with the newest item. */
          cursor?: string | undefined;
        } | void,
        {
          /** The items of this page. */
          items: Invoice[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
    };
    payment: {
      /** Say that a bank transfer was sent: `POST /v1/payments/bank-transfers` */
      submitBankTransfer: Mutation<
        {
          /** The open invoice that was paid. */
          invoiceId?: string | undefined;
          /** The plan to buy, when there is no invoice yet. */
          planSlug?: string | undefined;
          /** Who paid. */
          payerName: string;
          /** What was paid, in minor units. */
          amount: number;
          /** The ISO 4217 code of the currency. */
          currency: string;
          /** The reference of the bank. */
          externalPaymentId?: string | undefined;
          /** A link to a proof; it is stored and never fetched. */
          proofUrl?: string | undefined;
        },
        BankTransfer
      >;
      /** One payment: `GET /v1/payments/{paymentId}` */
      get: Query<
        {
          /** The payment. */
          paymentId: string;
        },
        PaymentWithProofs
      >;
      /** The payments: `GET /v1/payments` */
      list: Query<
        {
          /** The most items that the answer has. */
          limit?: number | undefined;
          /** The `nextCursor` of the page before; without it the list begins with the newest item. */
          cursor?: string | undefined;
        } | void,
        {
          /** The items of this page. */
          items: Payment[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
    };
    platform: {
      /** Figures of the whole platform, for system accounts: `GET /v1/platform/metrics` */
      metrics: Query<
        Record<string, never> | void,
        {
          /** The items of this page. */
          items: PlatformMetric[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
    };
  }
>;
