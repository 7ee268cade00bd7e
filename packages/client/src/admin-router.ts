// Generated from the router of the admin app by `npm run generate`; do not edit.

import type { TRPCBuiltRouter } from '@trpc/server';
import type { Mutation, Query, Root } from './procedure.ts';
import type {
  AccountChange,
  AccountEmail,
  AdjustmentPreview,
  ApiKey,
  ApiProcedure,
  ApprovedPayment,
  ApprovedStatementLine,
  AuditRecord,
  CatalogueFile,
  CataloguePlan,
  ConfirmedBankTransfer,
  ConfirmedStatementLine,
  CreditBalance,
  CreditCorrection,
  CreditEntry,
  CreditExplanation,
  CreditGrant,
  CreditHold,
  CreditLimit,
  CreditNote,
  CreditProposal,
  CurrentStaffSession,
  GateExplanation,
  Impersonation,
  ImpersonationWithCredential,
  Invitation,
  Invoice,
  ListedStaffSession,
  Member,
  MemberSession,
  OperationPrice,
  OperatorEndpointSecret,
  OperatorTest,
  Overview,
  OverviewActivity,
  OverviewRevenue,
  OwnStaffSession,
  Payment,
  PaymentProof,
  QueuedPayment,
  RecoveryCodes,
  ReturnedStatementLine,
  SearchHit,
  ServiceKey,
  ServiceKeyWithSecret,
  Site,
  StaffAccount,
  StaffAccountDetail,
  StaffAccountRow,
  StaffMember,
  StaffMoneyEntry,
  StaffPlan,
  StaffSession,
  StaffWithPassword,
  StatementFile,
  StatementLine,
  Subscription,
  SubscriptionChange,
  SubscriptionExtension,
  SubscriptionPreview,
  TotpSetup,
  TransferPreview,
  Usage,
  WebhookAttempt,
  WebhookDelivery,
  WebhookEndpoint,
} from './types.ts';

/** Every procedure of the admin app with its input and its output. */
export type AdminRouter = TRPCBuiltRouter<
  Root,
  {
    session: {
      /** Sign in as staff: `POST /v1/sessions` */
      create: Mutation<
        {
          /** The e-mail address of the member of staff. */
          email: string;
          /** Their password. */
          password: string;
          /** A code of the second factor, when the member of staff has one. */
          totpCode?: string | undefined;
          /** Whether the session is answered as tokens or kept in a cookie. */
          delivery?: 'token' | 'cookie' | undefined;
        },
        StaffSession
      >;
      /** Who is signed in, what they may do, and how the admin app is set up: `GET /v1/sessions/current` */
      get: Query<Record<string, never> | void, CurrentStaffSession>;
      /** Your own sessions, newest first: `GET /v1/sessions` */
      list: Query<
        Record<string, never> | void,
        {
          /** The sessions, newest first. */
          items: OwnStaffSession[];
        }
      >;
      /** Sign out: `DELETE /v1/sessions/current` */
      delete: Mutation<Record<string, never> | void, Record<string, never>>;
      /** End one of your own sessions: `DELETE /v1/sessions/{sessionId}` */
      end: Mutation<
        {
          /** The session. */
          sessionId: string;
        },
        Record<string, never>
      >;
    };
    overview: {
      /** What waits for staff now: `GET /v1/overview` */
      get: Query<Record<string, never> | void, Overview>;
      /** Credits and sign-ups of the last 30 days: `GET /v1/overview/activity` */
      activity: Query<Record<string, never> | void, OverviewActivity>;
      /** Money of the last 30 days: `GET /v1/overview/revenue` */
      revenue: Query<Record<string, never> | void, OverviewRevenue>;
    };
    search: {
      /** What of all accounts a text names, at most ten hits: `GET /v1/search` */
      find: Query<
        {
          /** A name or its words, an e-mail address, an id, the external id, the prefix of an API key, a payment reference, or an invoice number. */
          q: string;
        },
        {
          /** What was found, what is named exactly first. */
          items: SearchHit[];
        }
      >;
    };
    me: {
      /** Change your own password, and end every other session: `POST /v1/me/password` */
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
      create: Mutation<
        {
          /** The password of the person who is signed in. */
          password: string;
        },
        TotpSetup
      >;
      /** Confirm the authenticator app with a code, and get the recovery codes: `POST /v1/me/totp/confirm` */
      confirm: Mutation<
        {
          /** Six digits of the app, or a recovery code. */
          code: string;
        },
        RecoveryCodes
      >;
      /** Make new recovery codes in place of the old ones: `POST /v1/me/totp/recovery-codes` */
      renewRecoveryCodes: Mutation<
        {
          /** The password of the person who is signed in. */
          password: string;
          /** Six digits of the app, or a recovery code. */
          code: string;
        },
        RecoveryCodes
      >;
      /** Remove the authenticator app with the password and a code: `POST /v1/me/totp/disable` */
      disable: Mutation<
        {
          /** The password of the person who is signed in. */
          password: string;
          /** Six digits of the app, or a recovery code. */
          code: string;
        },
        Record<string, never>
      >;
    };
    staff: {
      /** The staff, newest first: `GET /v1/staff` */
      list: Query<
        {
          /** The most items that the answer has. */
          limit?: number | undefined;
          /** The `nextCursor` of the page before; without it the list begins with the newest item. */
          cursor?: string | undefined;
        } | void,
        {
          /** The items of this page. */
          items: StaffMember[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
      /** Add a member of staff: `POST /v1/staff` */
      create: Mutation<
        {
          /** The address that they sign in with. */
          email: string;
          /** What they may do. */
          role: 'support' | 'finance' | 'platform_admin';
          /** Why it is done; it stays on record. */
          reason: string;
        },
        StaffWithPassword
      >;
      /** Give a member of staff another role: `PATCH /v1/staff/{staffId}` */
      update: Mutation<
        {
          /** The member of staff. */
          staffId: string;
          /** The role to have from now on. */
          role: 'support' | 'finance' | 'platform_admin';
          /** Why it is done; it stays on record. */
          reason: string;
        },
        StaffMember
      >;
      /** Refuse a member of staff every sign-in, and end their sessions: `POST /v1/staff/{staffId}/disable` */
      disable: Mutation<
        {
          /** The member of staff. */
          staffId: string;
          /** Why it is done; it stays on record. */
          reason: string;
        },
        StaffMember
      >;
      /** Give a member of staff a new password, remove their second factor, and end their sessions: `POST /v1/staff/{staffId}/reset` */
      reset: Mutation<
        {
          /** The member of staff. */
          staffId: string;
          /** Why it is done; it stays on record. */
          reason: string;
          /** Also lets a disabled member sign in again. */
          enable?: boolean | undefined;
        },
        StaffWithPassword
      >;
      /** The open sessions of a member of staff: `GET /v1/staff/{staffId}/sessions` */
      listSessions: Query<
        {
          /** The member of staff. */
          staffId: string;
        },
        {
          /** The sessions, newest first. */
          items: ListedStaffSession[];
        }
      >;
      /** End every session of a member of staff: `POST /v1/staff/{staffId}/end-sessions` */
      endSessions: Mutation<
        {
          /** The member of staff. */
          staffId: string;
          /** Why it is done; it stays on record. */
          reason: string;
        },
        {
          /** The member of staff. */
          id: string;
          /** How many sessions ended. */
          ended: number;
        }
      >;
    };
    audit: {
      /** The changes of every account, newest first: `GET /v1/audit` */
      list: Query<
        {
          /** The most items that the answer has. */
          limit?: number | undefined;
          /** The `nextCursor` of the page before; without it the list begins with the newest item. */
          cursor?: string | undefined;
          /** Who did it, exactly as `actor` has it. */
          actor?: string | undefined;
          /** What was done, exactly. */
          action?: string | undefined;
          /** Nothing before this time. */
          from?: string | undefined;
          /** Nothing from this time on. */
          to?: string | undefined;
          /** One account alone. */
          accountId?: string | undefined;
        } | void,
        {
          /** The items of this page. */
          items: AuditRecord[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
    };
    securityEvent: {
      /** The changes without an account, and what staff were refused, newest first: `GET /v1/security-events` */
      list: Query<
        {
          /** The most items that the answer has. */
          limit?: number | undefined;
          /** The `nextCursor` of the page before; without it the list begins with the newest item. */
          cursor?: string | undefined;
          /** Who did it, exactly as `actor` has it. */
          actor?: string | undefined;
          /** What was done, exactly. */
          action?: string | undefined;
          /** Nothing before this time. */
          from?: string | undefined;
          /** Nothing from this time on. */
          to?: string | undefined;
        } | void,
        {
          /** The items of this page. */
          items: AuditRecord[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
    };
    impersonation: {
      /** Who looked at which account as which member, newest first: `GET /v1/impersonations` */
      list: Query<
        {
          /** The most items that the answer has. */
          limit?: number | undefined;
          /** The `nextCursor` of the page before; without it the list begins with the newest item. */
          cursor?: string | undefined;
          /** Only those that have not ended. */
          isOpen?: boolean | undefined;
          /** Only those of the member of staff who calls. */
          isOwn?: boolean | undefined;
        } | void,
        {
          /** The items of this page. */
          items: Impersonation[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
      /** Look at an account as one of its members does: `POST /v1/impersonations` */
      create: Mutation<
        {
          /** The account. */
          accountId: string;
          /** The member to impersonate. */
          userId: string;
          /** Why it is done; it stays on record. */
          reason: string;
          /** After how many minutes it ends by itself. */
          minutes?: number | undefined;
        },
        ImpersonationWithCredential
      >;
      /** End an impersonation now: `POST /v1/accounts/{accountId}/impersonations/{impersonationId}/end` */
      end: Mutation<
        {
          /** The account. */
          accountId: string;
          /** The impersonation. */
          impersonationId: string;
        },
        Impersonation
      >;
    };
    account: {
      /** Accounts, by a text that names them and by filters: `GET /v1/accounts` */
      list: Query<
        {
          /** The most items that the answer has. */
          limit?: number | undefined;
          /** The `nextCursor` of the page before; without it the list begins with the newest item. */
          cursor?: string | undefined;
          /** A name or its words, an e-mail address, an id, the external id, the prefix of an API key, a payment reference, or an invoice number. */
          q?: string | undefined;
          /** What they may do now, or why they are refused. */
          standing?:
            | 'good'
            | 'grace'
            | 'account_closed'
            | 'account_suspended'
            | 'plan_inactive'
            | 'payment_pending'
            | 'trial_expired'
            | 'payment_overdue'
            | 'subscription_cancelled'
            | 'subscription_expired'
            | undefined;
          /** The plan that they have now. */
          planSlug?: string | undefined;
          /** How their subscriptions are paid. */
          paymentMethod?: 'stripe' | 'paypal' | 'bank_transfer' | undefined;
          /** Whether they are for trying out; without it both. */
          sandbox?: boolean | undefined;
          /** Whether they are in use with less than a tenth of the credits that their plan brings. */
          lowCredit?: boolean | undefined;
          /** The order of the list. */
          sort?: 'newest' | 'oldest' | 'name' | undefined;
        } | void,
        {
          /** The items of this page. */
          items: StaffAccountRow[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
      /** One account with its subscription, credits and open invoices: `GET /v1/accounts/{accountId}` */
      get: Query<
        {
          /** The account. */
          accountId: string;
        },
        StaffAccountDetail
      >;
      /** Suspend an account: `POST /v1/accounts/{accountId}/suspend` */
      suspend: Mutation<
        {
          /** The account. */
          accountId: string;
          /** Why it is done; it stays on record. */
          reason: string;
        },
        StaffAccount
      >;
      /** Lift a suspension: `POST /v1/accounts/{accountId}/reactivate` */
      reactivate: Mutation<
        {
          /** The account. */
          accountId: string;
          /** Why it is done; it stays on record. */
          reason: string;
        },
        StaffAccount
      >;
      /** Close an account for good: `POST /v1/accounts/{accountId}/close` */
      close: Mutation<
        {
          /** The account. */
          accountId: string;
          /** Why it is done; it stays on record. */
          reason: string;
        },
        StaffAccount
      >;
      /** Who changed what in an account, newest first: `GET /v1/accounts/{accountId}/changes` */
      listChanges: Query<
        {
          /** The account. */
          accountId: string;
          /** The most items that the answer has. */
          limit?: number | undefined;
          /** The `nextCursor` of the page before; without it the list begins with the newest item. */
          cursor?: string | undefined;
        },
        {
          /** The items of this page. */
          items: AccountChange[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
      /** What the gate of the API would say of a call with a credential of the account, and why: `GET /v1/accounts/{accountId}/explain-refusal` */
      explainRefusal: Query<
        {
          /** The account. */
          accountId: string;
          /** Whose call it is. */
          credentialKind: 'member' | 'api_key' | 'service_key';
          /** The person, API key or service key. */
          credentialId: string;
          /** The procedure of the API that is called. */
          procedure: string;
          /** Where the call comes from; without it from an address that is allowed. */
          address?: string | undefined;
        },
        GateExplanation
      >;
      /** The procedures of the API, by name: `GET /v1/api-procedures` */
      listProcedures: Query<
        Record<string, never> | void,
        {
          /** The items of this page. */
          items: ApiProcedure[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
    };
    credit: {
      /** The credits of an account, now or at a time: `GET /v1/accounts/{accountId}/credits` */
      get: Query<
        {
          /** The account. */
          accountId: string;
          /** The time to answer for; without it now. */
          at?: string | undefined;
        },
        CreditBalance
      >;
      /** The journal of an account, newest first: `GET /v1/accounts/{accountId}/credits/entries` */
      listEntries: Query<
        {
          /** The account. */
          accountId: string;
          /** The most items that the answer has. */
          limit?: number | undefined;
          /** The `nextCursor` of the page before; without it the list begins with the newest item. */
          cursor?: string | undefined;
          /** Entries of one kind alone. */
          kind?:
            | 'grant'
            | 'grant_end'
            | 'grant_expiry'
            | 'hold'
            | 'settle'
            | 'release'
            | 'hold_expiry'
            | 'adjustment'
            | 'reversal'
            | 'true_up'
            | undefined;
          /** Entries of one operation alone. */
          operation?: string | undefined;
          /** Entries of work for one site alone. */
          siteId?: string | undefined;
          /** Entries that one API key made. */
          keyId?: string | undefined;
          /** Entries of this time or later. */
          from?: string | undefined;
          /** Entries before this time. */
          to?: string | undefined;
        },
        {
          /** The items of this page. */
          items: CreditEntry[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
      /** The holds of an account, newest first: `GET /v1/accounts/{accountId}/credits/holds` */
      listHolds: Query<
        {
          /** The account. */
          accountId: string;
          /** The most items that the answer has. */
          limit?: number | undefined;
          /** The `nextCursor` of the page before; without it the list begins with the newest item. */
          cursor?: string | undefined;
          /** Whether holds that are resolved or have run out are left out. */
          open?: boolean | undefined;
        },
        {
          /** The items of this page. */
          items: CreditHold[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
      /** What an account was granted, newest first, with what is left of it: `GET /v1/accounts/{accountId}/credits/grants` */
      listGrants: Query<
        {
          /** The account. */
          accountId: string;
          /** The most items that the answer has. */
          limit?: number | undefined;
          /** The `nextCursor` of the page before; without it the list begins with the newest item. */
          cursor?: string | undefined;
        },
        {
          /** The items of this page. */
          items: CreditGrant[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
      /** How much sites and keys of an account may spend in a day: `GET /v1/accounts/{accountId}/credits/limits` */
      listLimits: Query<
        {
          /** The account. */
          accountId: string;
          /** The most items that the answer has. */
          limit?: number | undefined;
          /** The `nextCursor` of the page before; without it the list begins with the newest item. */
          cursor?: string | undefined;
        },
        {
          /** The items of this page. */
          items: CreditLimit[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
      /** Why an entry was made: `GET /v1/accounts/{accountId}/credits/entries/{entryId}/explanation` */
      explain: Query<
        {
          /** The account. */
          accountId: string;
          /** The entry. */
          entryId: string;
        },
        CreditExplanation
      >;
      /** Give credits, or take them back: `POST /v1/accounts/{accountId}/credits/adjust` */
      adjust: Mutation<
        {
          /** The account. */
          accountId: string;
          /** The credits to give; below zero they are taken. */
          amount: number;
          /** What is given. */
          kind?: 'promo' | 'adjustment' | 'purchase' | undefined;
          /** When what is given ends; without it never, or as the plan says. */
          expiresAt?: string | undefined;
          /** Why it is done; it stays on record. */
          reason: string;
          /** What makes it the only correction of its cause. */
          reference?: string | undefined;
        },
        CreditCorrection
      >;
      /** What a correction would make of the credits of an account: `GET /v1/accounts/{accountId}/credits/adjustment-preview` */
      previewAdjustment: Query<
        {
          /** The account. */
          accountId: string;
          /** The credits to give; below zero they are taken. */
          amount: number;
          /** What is given. */
          kind?: 'promo' | 'adjustment' | 'purchase' | undefined;
          /** When what is given ends; without it never, or as the plan says. */
          expiresAt?: string | undefined;
        },
        AdjustmentPreview
      >;
      /** Refund a charge, whole or in part: `POST /v1/accounts/{accountId}/credits/reverse` */
      reverse: Mutation<
        {
          /** The account. */
          accountId: string;
          /** The entry. */
          entryId: string;
          /** The credits to give back; without it all that is left. */
          amount?: number | undefined;
          /** Why it is done; it stays on record. */
          reason: string;
        },
        CreditCorrection
      >;
    };
    invoice: {
      /** The invoices of an account, newest first; each is a PDF at /invoices/{invoiceId}/pdf: `GET /v1/accounts/{accountId}/invoices` */
      list: Query<
        {
          /** The account. */
          accountId: string;
          /** The most items that the answer has. */
          limit?: number | undefined;
          /** The `nextCursor` of the page before; without it the list begins with the newest item. */
          cursor?: string | undefined;
        },
        {
          /** The items of this page. */
          items: Invoice[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
      /** Make an open invoice void: `POST /v1/invoices/{invoiceId}/void` */
      void: Mutation<
        {
          /** The invoice. */
          invoiceId: string;
          /** Why it is done; it stays on record. */
          reason: string;
        },
        Invoice
      >;
    };
    creditNote: {
      /** The credit notes of an account: `GET /v1/accounts/{accountId}/credit-notes` */
      list: Query<
        {
          /** The most items that the answer has. */
          limit?: number | undefined;
          /** The `nextCursor` of the page before; without it the list begins with the newest item. */
          cursor?: string | undefined;
          /** The account. */
          accountId: string;
        },
        {
          /** The items of this page. */
          items: CreditNote[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
    };
    moneyEntry: {
      /** The journal of the money of an account, newest first: `GET /v1/accounts/{accountId}/money-entries` */
      list: Query<
        {
          /** The most items that the answer has. */
          limit?: number | undefined;
          /** The `nextCursor` of the page before; without it the list begins with the newest item. */
          cursor?: string | undefined;
          /** Only the entries of this invoice. */
          invoiceId?: string | undefined;
          /** Only the entries of this payment. */
          paymentId?: string | undefined;
          /** The account. */
          accountId: string;
        },
        {
          /** The items of this page. */
          items: StaffMoneyEntry[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
    };
    payment: {
      /** The payments of every account in one status: `GET /v1/payments` */
      list: Query<
        {
          /** The most items that the answer has. */
          limit?: number | undefined;
          /** The `nextCursor` of the page before; without it the list begins with the newest item. */
          cursor?: string | undefined;
          /** The status of the payments to list. */
          status?: 'pending_approval' | 'succeeded' | 'failed' | 'refunded' | 'returned' | undefined;
          /** Which of them come first. */
          order?: 'newest' | 'oldest' | undefined;
        } | void,
        {
          /** The items of this page. */
          items: QueuedPayment[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
      /** The payments of an account, newest first: `GET /v1/accounts/{accountId}/payments` */
      listOfAccount: Query<
        {
          /** The account. */
          accountId: string;
          /** The most items that the answer has. */
          limit?: number | undefined;
          /** The `nextCursor` of the page before; without it the list begins with the newest item. */
          cursor?: string | undefined;
        },
        {
          /** The items of this page. */
          items: Payment[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
      /** The proofs of a payment; each file is at /payments/{paymentId}/proofs/{proofId}: `GET /v1/payments/{paymentId}/proofs` */
      listProofs: Query<
        {
          /** The payment. */
          paymentId: string;
          /** The most items that the answer has. */
          limit?: number | undefined;
          /** The `nextCursor` of the page before; without it the list begins with the newest item. */
          cursor?: string | undefined;
        },
        {
          /** The items of this page. */
          items: PaymentProof[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
      /** Reject a bank transfer: `POST /v1/payments/{paymentId}/reject` */
      reject: Mutation<
        {
          /** The payment. */
          paymentId: string;
          /** Why it is done; it stays on record. */
          reason: string;
        },
        Payment
      >;
      /** Ask the payer of a bank transfer for a proof: `POST /v1/payments/{paymentId}/ask-proof` */
      askProof: Mutation<
        {
          /** The payment. */
          paymentId: string;
          /** Why it is done; it stays on record. */
          reason: string;
        },
        Payment
      >;
      /** Approve money that a second member of staff confirms: `POST /v1/payments/approve` */
      approve: Mutation<
        {
          /** The account that paid. */
          accountId: string;
          /** The submitted payment; without it that of the open invoice. */
          paymentId?: string | undefined;
          /** The invoice that is paid. */
          invoiceId?: string | undefined;
          /** The reference of the bank. */
          externalPaymentId: string;
          /** What arrived, in minor units. */
          amount: number;
          /** The ISO 4217 code of the currency. */
          currency: string;
          /** Who paid. */
          payerName: string;
        },
        ApprovedPayment
      >;
      /** Book that the bank took a payment back: `POST /v1/payments/{paymentId}/return` */
      return: Mutation<
        {
          /** The payment. */
          paymentId: string;
          /** Why it is done; it stays on record. */
          reason: string;
        },
        Payment
      >;
      /** Book that money of a payment was sent back: `POST /v1/payments/{paymentId}/refund` */
      refund: Mutation<
        {
          /** The payment. */
          paymentId: string;
          /** What was sent back, in minor units of the payment. */
          amount: number;
          /** Why it is done; it stays on record. */
          reason: string;
        },
        Payment
      >;
    };
    billing: {
      /** What the confirmation of a bank transfer would do: `POST /v1/billing/preview-bank-transfer` */
      previewBankTransfer: Query<
        {
          /** The subscription that was paid for. */
          subscriptionId?: string | undefined;
          /** The account that paid. */
          accountId?: string | undefined;
          /** The submitted payment; without it the one open invoice is paid. */
          paymentId?: string | undefined;
          /** The invoice that is paid; with a payment of a void invoice, the one that the money is for instead. */
          invoiceId?: string | undefined;
          /** The reference of the bank, which is booked once. */
          externalPaymentId: string;
          /** What arrived, in minor units. */
          amount: number;
          /** The ISO 4217 code of the currency. */
          currency: string;
          /** Who paid. */
          payerName: string;
          /** Books money for an invoice that is paid or void to the balance of the account: money that arrived twice, or too late. */
          toBalance?: boolean | undefined;
          /** A proof of the payment. */
          proofId?: string | undefined;
          /** A link to a proof; it is stored and never fetched. */
          proofUrl?: string | undefined;
        },
        TransferPreview
      >;
      /** Book money that arrived by bank transfer: `POST /v1/billing/confirm-bank-transfer` */
      confirmBankTransfer: Mutation<
        {
          /** The subscription that was paid for. */
          subscriptionId?: string | undefined;
          /** The account that paid. */
          accountId?: string | undefined;
          /** The submitted payment; without it the one open invoice is paid. */
          paymentId?: string | undefined;
          /** The invoice that is paid; with a payment of a void invoice, the one that the money is for instead. */
          invoiceId?: string | undefined;
          /** The reference of the bank, which is booked once. */
          externalPaymentId: string;
          /** What arrived, in minor units. */
          amount: number;
          /** The ISO 4217 code of the currency. */
          currency: string;
          /** Who paid. */
          payerName: string;
          /** Books money for an invoice that is paid or void to the balance of the account: money that arrived twice, or too late. */
          toBalance?: boolean | undefined;
          /** A proof of the payment. */
          proofId?: string | undefined;
          /** A link to a proof; it is stored and never fetched. */
          proofUrl?: string | undefined;
        },
        ConfirmedBankTransfer
      >;
    };
    statement: {
      /** The files of bank statements: `GET /v1/statements` */
      list: Query<
        {
          /** The most items that the answer has. */
          limit?: number | undefined;
          /** The `nextCursor` of the page before; without it the list begins with the newest item. */
          cursor?: string | undefined;
        } | void,
        {
          /** The items of this page. */
          items: StatementFile[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
      /** A file of bank statements: `GET /v1/statements/{statementId}` */
      get: Query<
        {
          /** The file. */
          statementId: string;
        },
        StatementFile
      >;
    };
    statementLine: {
      /** The lines of bank statements in one status, with the invoices that they may pay: `GET /v1/statement-lines` */
      list: Query<
        {
          /** The most items that the answer has. */
          limit?: number | undefined;
          /** The `nextCursor` of the page before; without it the list begins with the newest item. */
          cursor?: string | undefined;
          /** The status of the lines to list. */
          status?: 'waiting' | 'processed' | 'ignored' | 'noted' | undefined;
          /** The file whose lines are listed; without it those of all files. */
          statementId?: string | undefined;
        } | void,
        {
          /** The items of this page. */
          items: StatementLine[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
      /** Approve a line that a second member of staff confirms: `POST /v1/statement-lines/{lineId}/approve` */
      approve: Mutation<
        {
          /** The line. */
          lineId: string;
          /** The account that paid. */
          accountId: string;
          /** The invoice that is paid; without it the one open invoice. */
          invoiceId?: string | undefined;
          /** The submitted payment that the money is of. */
          paymentId?: string | undefined;
        },
        ApprovedStatementLine
      >;
      /** Book the money of a line as a bank transfer of an account: `POST /v1/statement-lines/{lineId}/confirm` */
      confirm: Mutation<
        {
          /** The line. */
          lineId: string;
          /** The account that paid. */
          accountId: string;
          /** The invoice that is paid; without it the one open invoice. */
          invoiceId?: string | undefined;
          /** The submitted payment that the money is of. */
          paymentId?: string | undefined;
          /** Books money for an invoice that is paid or void to the balance of the account. */
          toBalance?: boolean | undefined;
        },
        ConfirmedStatementLine
      >;
      /** Book that a line takes a payment back: `POST /v1/statement-lines/{lineId}/return` */
      return: Mutation<
        {
          /** The line. */
          lineId: string;
          /** The payment that it takes back. */
          paymentId: string;
          /** Why it is done; it stays on record. */
          reason: string;
        },
        ReturnedStatementLine
      >;
      /** Take a line out of the queue, for a reason: `POST /v1/statement-lines/{lineId}/ignore` */
      ignore: Mutation<
        {
          /** The line. */
          lineId: string;
          /** Why it is done; it stays on record. */
          reason: string;
        },
        {
          /** The line. */
          id: string;
        }
      >;
    };
    user: {
      /** Remove the second factor of a person who has lost it, and end their sessions: `POST /v1/users/reset-second-factor` */
      resetSecondFactor: Mutation<
        {
          /** The e-mail address of the person. */
          email: string;
          /** Why it is done; it stays on record. */
          reason: string;
        },
        {
          /** The person. */
          id: string;
        }
      >;
    };
    serviceKey: {
      /** The service keys, newest first, and those that have ended: `GET /v1/service-keys` */
      list: Query<
        {
          /** The most items that the answer has. */
          limit?: number | undefined;
          /** The `nextCursor` of the page before; without it the list begins with the newest item. */
          cursor?: string | undefined;
        } | void,
        {
          /** The items of this page. */
          items: ServiceKey[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
      /** Create a service key: `POST /v1/service-keys` */
      create: Mutation<
        {
          /** The name of the key. */
          name: string;
          /** When it ends; without it never. */
          expiresAt?: string | undefined;
          /** The IP addresses and CIDR blocks that it may be used from; without them all. */
          allowedAddresses?: string[] | undefined;
          /** A `test` key acts for sandbox accounts alone, and makes such accounts. */
          mode?: 'live' | 'test' | undefined;
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
          callsPerMinute?: number | undefined;
        },
        ServiceKeyWithSecret
      >;
      /** Replace a service key, with a time in which both work: `POST /v1/service-keys/{serviceKeyId}/rotate` */
      rotate: Mutation<
        {
          /** The service key. */
          serviceKeyId: string;
          /** For how many seconds the old key still works. */
          overlapSeconds?: number | undefined;
        },
        ServiceKeyWithSecret
      >;
      /** Revoke a service key, now and for good: `DELETE /v1/service-keys/{serviceKeyId}` */
      revoke: Mutation<
        {
          /** The service key. */
          serviceKeyId: string;
        },
        {
          /** The id of what was removed. */
          id: string;
        }
      >;
    };
    operatorEndpoint: {
      /** Your own webhook endpoints, oldest first: `GET /v1/webhook-endpoints` */
      list: Query<
        Record<string, never> | void,
        {
          /** The endpoints, oldest first. */
          items: WebhookEndpoint[];
        }
      >;
      /** Add an endpoint that gets the messages of every account: `POST /v1/webhook-endpoints` */
      create: Mutation<
        {
          /** Where the messages are sent: https:// on a host of the internet, on port 443 or one from 1024. */
          url: string;
          /** What it is for, in your words. */
          description?: string | undefined;
          /** The types that it gets; empty for all, those that come later included. */
          events?:
            | (
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
              )[]
            | undefined;
        },
        OperatorEndpointSecret
      >;
      /** Give an endpoint a new secret: `POST /v1/webhook-endpoints/{endpointId}/rotate-secret` */
      rotateSecret: Mutation<
        {
          /** The endpoint. */
          endpointId: string;
          /** For how many seconds the old secret signs too. */
          overlapSeconds?: number | undefined;
        },
        OperatorEndpointSecret
      >;
      /** Enable or disable an endpoint: `PATCH /v1/webhook-endpoints/{endpointId}` */
      update: Mutation<
        {
          /** The endpoint. */
          endpointId: string;
          /** Whether messages are sent to it. */
          enabled: boolean;
        },
        {
          /** The endpoint, or the test: the webhook-id header of its request. */
          id: string;
        }
      >;
      /** Delete an endpoint with its secrets: `DELETE /v1/webhook-endpoints/{endpointId}` */
      delete: Mutation<
        {
          /** The endpoint. */
          endpointId: string;
        },
        {
          /** The endpoint, or the test: the webhook-id header of its request. */
          id: string;
        }
      >;
      /** Send a test to an endpoint: `POST /v1/webhook-endpoints/{endpointId}/test` */
      sendTest: Mutation<
        {
          /** The endpoint. */
          endpointId: string;
        },
        {
          /** The endpoint, or the test: the webhook-id header of its request. */
          id: string;
        }
      >;
      /** The last tests of an endpoint, and what came of each: `GET /v1/webhook-endpoints/{endpointId}/tests` */
      listTests: Query<
        {
          /** The endpoint. */
          endpointId: string;
        },
        {
          /** The tests, newest first. */
          items: OperatorTest[];
        }
      >;
    };
    catalogue: {
      /** The whole catalogue: `GET /v1/catalogue` */
      get: Query<
        Record<string, never> | void,
        {
          /** Names the catalogue as it is stored: the same for the same content. */
          fingerprint: string;
          /** Everything that the catalogue declares. */
          catalogue: {
            /** The product's own features, with what each is. */
            features: Record<string, string>;
            /** The product's own limits, with what each counts. */
            limits: Record<string, string>;
            /** What accounts subscribe to. */
            plans: Record<
              string,
              {
                /** What people read. */
                name: string;
                /** `listed` is sold, `unlisted` works for who has it, `withdrawn` stops at once. */
                state: 'listed' | 'unlisted' | 'withdrawn';
                /** Whether no customer can choose it. */
                internal: boolean;
                /** The price of one cycle. */
                price: {
                  /** In minor units: 2900 is 29.00. */
                  amount: number;
                  /** The three capitals of ISO 4217. */
                  currency: string;
                };
                /** How often the price is paid. */
                cycle: 'monthly' | 'annual';
                /** Credits of each month. */
                credits: number;
                /** The most credits of an ended month that the next keeps. */
                rolloverCreditsMax: number;
                /** After how many days purchased credits end; null for never. */
                purchaseDays: number | null;
                /** For how many days it can be tried; 0 for none. */
                trialDays: number;
                /** For how many days an unpaid account still works. */
                graceDays: number;
                /** Built-in features (sites, operations) and declared ones. */
                features: string[];
                /** The most of each thing: the four built-in limits, and those that are declared under limits. */
                limits: {
                  /** Members of an account. */
                  users: number;
                  /** Sites of an account. */
                  sites: number;
                  /** Sectors of a site. */
                  sectorsPerSite: number;
                  /** API keys of an account. */
                  apiKeys: number;
                };
                /** Calls a minute of an account, for each kind of call. */
                throttle: {
                  /** Calls a minute. */
                  auth: number;
                  /** Calls a minute. */
                  auth_strict: number;
                  /** Calls a minute. */
                  content_read: number;
                  /** Calls a minute. */
                  content_write: number;
                  /** Calls a minute. */
                  credit_hold: number;
                  /** Calls a minute. */
                  credit_settle: number;
                  /** Calls a minute. */
                  ai_function: number;
                  /** Calls a minute. */
                  billing: number;
                  /** Calls a minute. */
                  default: number;
                };
              }
            >;
            /** What credits are spent on. */
            operations: Record<
              string,
              {
                /** What it makes. */
                kind: 'text' | 'image';
                /** What is counted: token, word and request can be run; any other name is held and settled. */
                unit: string;
                /** How many units the rate is for. */
                unitSize: number;
                /** Credits for each started unitSize of units. */
                rate: number | null;
                /** Credits for unitSize tokens of each sort, in place of rate. */
                rates: {
                  /** For tokens of the prompt. */
                  input: number;
                  /** For tokens of the prompt that the provider had in its cache. */
                  cachedInput: number;
                  /** For tokens of the output. */
                  output: number;
                } | null;
                /** The least credits that a use costs. */
                minimum: number;
                /** The most tokens of output of a run that names none. */
                outputTokensDefault: number;
                /** The most tokens of output that a run may ask for. */
                outputTokensMax: number;
                /** The model that answers; null for the provider's own. */
                model: string | null;
                /** The prompt, with {{names}} of variables; null when a run brings its prompt. */
                promptTemplate: string | null;
                /** The names of the variables of the prompt, so that one that is misspelt in it is a fault. */
                variables: string[] | null;
              }
            >;
            /** Credits that are sold in one piece. */
            packages: Record<
              string,
              {
                /** What people read. */
                name: string;
                /** How many credits are sold. */
                credits: number;
                /** The price of all of them. */
                price: {
                  /** In minor units: 2900 is 29.00. */
                  amount: number;
                  /** The three capitals of ISO 4217. */
                  currency: string;
                };
                /** After how many days its credits end. */
                validDays: number | null;
              }
            >;
            /** Who writes invoices, and where money is sent. */
            issuer: {
              /** Who writes the invoices. */
              name: string;
              /** The lines of the address. */
              address: string[];
              /** The tax id that invoices show; null for none. */
              taxId: string | null;
              /** The e-mail address that invoices show; null for none. */
              email: string | null;
              /** The tax that prices include: 1900 for 19 %; null where none is charged. */
              taxRateBasisPoints: number | null;
              /** What the numbers of invoices begin with. Another prefix begins another series, at 1. */
              invoicePrefix: string;
              /** Where money of each currency is sent. */
              payees: Record<
                string,
                {
                  /** The holder of the account. */
                  name: string;
                  /** The bank. */
                  bank: string;
                  /** The IBAN; null where the account has none. */
                  iban: string | null;
                  /** The BIC of the bank; null where it is not needed. */
                  bic: string | null;
                  /** The lines that name an account without an IBAN. */
                  account: string[];
                }
              >;
            } | null;
          };
          /** What the catalogue makes impossible, as sentences. It may be meant. */
          gaps: string[];
        }
      >;
      /** The catalogue as a file: `GET /v1/catalogue/file` */
      export: Query<Record<string, never> | void, CatalogueFile>;
      /** What a file would change, and how many accounts each change touches: `POST /v1/catalogue/plan` */
      planFile: Query<
        {
          /** The file: YAML 1.2 or JSON, as `catalogue.schema.json` describes it. */
          text: string;
        },
        CataloguePlan
      >;
      /** Make a file true, all of it or nothing: `POST /v1/catalogue/apply` */
      applyFile: Mutation<
        {
          /** The file: YAML 1.2 or JSON, as `catalogue.schema.json` describes it. */
          text: string;
          /** The fingerprint of the catalogue that the change was made to. Another one refuses the apply. */
          fingerprint: string;
          /** When accounts of a plan that changes go to its new version: `none` for never, at their next `renewal`, or `now`. */
          move?: 'none' | 'renewal' | 'now' | undefined;
          /** Why it is done; it stays on record. */
          reason: string;
        },
        {
          /** The catalogue as it is now. */
          fingerprint: string;
          /** What was changed; empty where the file was true already. */
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
        }
      >;
    };
    plan: {
      /** Every plan with its versions, and how many accounts are on each: `GET /v1/plans` */
      list: Query<
        Record<string, never> | void,
        {
          /** The items of this page. */
          items: StaffPlan[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
    };
    operation: {
      /** What an operation costs and has cost, newest first: `GET /v1/operations/{operation}/prices` */
      listPrices: Query<
        {
          /** The operation. */
          operation: string;
          /** The most items that the answer has. */
          limit?: number | undefined;
          /** The `nextCursor` of the page before; without it the list begins with the newest item. */
          cursor?: string | undefined;
        },
        {
          /** The items of this page. */
          items: OperationPrice[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
    };
    creditProposal: {
      /** The corrections of an account that two members of staff decide: `GET /v1/accounts/{accountId}/credits/proposals` */
      list: Query<
        {
          /** The account. */
          accountId: string;
          /** The most items that the answer has. */
          limit?: number | undefined;
          /** The `nextCursor` of the page before; without it the list begins with the newest item. */
          cursor?: string | undefined;
          /** Those of one status alone. */
          status?: 'waiting' | 'approved' | 'rejected' | undefined;
        },
        {
          /** The items of this page. */
          items: CreditProposal[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
      /** Ask for a correction of credits that another member of staff decides: `POST /v1/accounts/{accountId}/credits/proposals` */
      create: Mutation<
        {
          /** The account. */
          accountId: string;
          /** The credits to give; below zero they are taken. */
          amount: number;
          /** What is given. */
          kind?: 'promo' | 'adjustment' | 'purchase' | undefined;
          /** When what is given ends; without it never, or as the plan says. */
          expiresAt?: string | undefined;
          /** Why it is done; it stays on record. */
          reason: string;
          /** What makes it the only correction of its cause. */
          reference?: string | undefined;
        },
        CreditProposal
      >;
      /** Approve a correction of credits that another member of staff asked for: `POST /v1/accounts/{accountId}/credits/proposals/{proposalId}/approve` */
      approve: Mutation<
        {
          /** The account. */
          accountId: string;
          /** The proposal. */
          proposalId: string;
          /** Why it is done; it stays on record. */
          reason: string;
        },
        CreditProposal
      >;
      /** Reject a correction of credits, or take back one of your own: `POST /v1/accounts/{accountId}/credits/proposals/{proposalId}/reject` */
      reject: Mutation<
        {
          /** The account. */
          accountId: string;
          /** The proposal. */
          proposalId: string;
          /** Why it is done; it stays on record. */
          reason: string;
        },
        CreditProposal
      >;
    };
    subscription: {
      /** What a change of plan would cost an account, and bring: `POST /v1/accounts/{accountId}/subscription/preview` */
      preview: Query<
        {
          /** The account. */
          accountId: string;
          /** The plan to change to. */
          planSlug: string;
          /** How it is to be paid. */
          paymentMethod: 'stripe' | 'paypal' | 'bank_transfer';
        },
        SubscriptionPreview
      >;
      /** Ask for another plan for an account: `POST /v1/accounts/{accountId}/subscription/change` */
      change: Mutation<
        {
          /** The account. */
          accountId: string;
          /** The plan to change to. */
          planSlug: string;
          /** How it is to be paid. */
          paymentMethod: 'stripe' | 'paypal' | 'bank_transfer';
          /** Why it is done; it stays on record. */
          reason: string;
        },
        SubscriptionChange
      >;
      /** What more days of trial or grace would bring: `GET /v1/accounts/{accountId}/subscription/extension-preview` */
      previewExtension: Query<
        {
          /** The account. */
          accountId: string;
          /** How many days to add. */
          days: number;
        },
        SubscriptionExtension
      >;
      /** Make a trial, or the grace of a paid plan, longer: `POST /v1/accounts/{accountId}/subscription/extend` */
      extend: Mutation<
        {
          /** The account. */
          accountId: string;
          /** How many days to add. */
          days: number;
          /** Why it is done; it stays on record. */
          reason: string;
        },
        SubscriptionExtension
      >;
      /** Change how an account pays: `POST /v1/accounts/{accountId}/subscription/payment-method` */
      setPaymentMethod: Mutation<
        {
          /** The account. */
          accountId: string;
          /** How the account pays from now on. */
          paymentMethod: 'stripe' | 'paypal' | 'bank_transfer';
          /** Why it is done; it stays on record. */
          reason: string;
        },
        Subscription
      >;
    };
    member: {
      /** The members of an account: `GET /v1/accounts/{accountId}/members` */
      list: Query<
        {
          /** The account. */
          accountId: string;
        },
        {
          /** The items of this page. */
          items: Member[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
      /** The invitations of an account, newest first: `GET /v1/accounts/{accountId}/invitations` */
      listInvitations: Query<
        {
          /** The account. */
          accountId: string;
          /** The most items that the answer has. */
          limit?: number | undefined;
          /** The `nextCursor` of the page before; without it the list begins with the newest item. */
          cursor?: string | undefined;
        },
        {
          /** The items of this page. */
          items: Invitation[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
      /** The sessions of the members of an account, newest first: `GET /v1/accounts/{accountId}/sessions` */
      listSessions: Query<
        {
          /** The account. */
          accountId: string;
          /** The most items that the answer has. */
          limit?: number | undefined;
          /** The `nextCursor` of the page before; without it the list begins with the newest item. */
          cursor?: string | undefined;
        },
        {
          /** The items of this page. */
          items: MemberSession[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
      /** End the sessions of a member: `POST /v1/accounts/{accountId}/members/{userId}/revoke-sessions` */
      revokeSessions: Mutation<
        {
          /** The account. */
          accountId: string;
          /** The member. */
          userId: string;
          /** The one session to end; without it all of them. */
          sessionId?: string | undefined;
          /** Why it is done; it stays on record. */
          reason: string;
        },
        {
          /** The member. */
          userId: string;
          /** How many sessions ended. */
          ended: number;
        }
      >;
    };
    site: {
      /** The sites of an account, newest first: `GET /v1/accounts/{accountId}/sites` */
      list: Query<
        {
          /** The account. */
          accountId: string;
          /** The most items that the answer has. */
          limit?: number | undefined;
          /** The `nextCursor` of the page before; without it the list begins with the newest item. */
          cursor?: string | undefined;
        },
        {
          /** The items of this page. */
          items: Site[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
    };
    apiKey: {
      /** The API keys of an account, newest first, and those that have ended: `GET /v1/accounts/{accountId}/api-keys` */
      list: Query<
        {
          /** The account. */
          accountId: string;
          /** The most items that the answer has. */
          limit?: number | undefined;
          /** The `nextCursor` of the page before; without it the list begins with the newest item. */
          cursor?: string | undefined;
        },
        {
          /** The items of this page. */
          items: ApiKey[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
      /** Revoke an API key of an account, now and for good: `POST /v1/accounts/{accountId}/api-keys/{keyId}/revoke` */
      revoke: Mutation<
        {
          /** The account. */
          accountId: string;
          /** The key. */
          keyId: string;
          /** Why it is done; it stays on record. */
          reason: string;
        },
        {
          /** The id of what was removed. */
          id: string;
        }
      >;
    };
    usage: {
      /** What an account spent, by day, operation, site or key: `GET /v1/accounts/{accountId}/usage` */
      list: Query<
        {
          /** The account. */
          accountId: string;
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
        },
        {
          /** The items of this page. */
          items: Usage[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
    };
    webhookEndpoint: {
      /** The webhook endpoints of an account: `GET /v1/accounts/{accountId}/webhook-endpoints` */
      list: Query<
        {
          /** The account. */
          accountId: string;
          /** The most items that the answer has. */
          limit?: number | undefined;
          /** The `nextCursor` of the page before; without it the list begins with the newest item. */
          cursor?: string | undefined;
        },
        {
          /** The items of this page. */
          items: WebhookEndpoint[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
      /** The messages that were queued for a webhook endpoint of an account: `GET /v1/accounts/{accountId}/webhook-endpoints/{endpointId}/deliveries` */
      listDeliveries: Query<
        {
          /** The endpoint. */
          endpointId: string;
          /** The most items that the answer has. */
          limit?: number | undefined;
          /** The `nextCursor` of the page before; without it the list begins with the newest item. */
          cursor?: string | undefined;
          /** Those of one status alone. */
          status?: 'pending' | 'delivered' | 'failed' | undefined;
          /** The account. */
          accountId: string;
        },
        {
          /** The items of this page. */
          items: WebhookDelivery[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
      /** The requests that were made to a webhook endpoint of an account: `GET /v1/accounts/{accountId}/webhook-endpoints/{endpointId}/attempts` */
      listAttempts: Query<
        {
          /** The endpoint. */
          endpointId: string;
          /** The most items that the answer has. */
          limit?: number | undefined;
          /** The `nextCursor` of the page before; without it the list begins with the newest item. */
          cursor?: string | undefined;
          /** The account. */
          accountId: string;
        },
        {
          /** The items of this page. */
          items: WebhookAttempt[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
      /** Send a message to a webhook endpoint of an account again: `POST /v1/accounts/{accountId}/webhook-endpoints/{endpointId}/deliveries/{deliveryId}/redeliver` */
      redeliver: Mutation<
        {
          /** The endpoint. */
          endpointId: string;
          /** The delivery. */
          deliveryId: string;
          /** The account. */
          accountId: string;
          /** Why it is done; it stays on record. */
          reason: string;
        },
        WebhookDelivery
      >;
    };
    email: {
      /** The e-mails that owners and admins of an account were sent about it, newest first: `GET /v1/accounts/{accountId}/emails` */
      list: Query<
        {
          /** The account. */
          accountId: string;
          /** The most items that the answer has. */
          limit?: number | undefined;
          /** The `nextCursor` of the page before; without it the list begins with the newest item. */
          cursor?: string | undefined;
        },
        {
          /** The items of this page. */
          items: AccountEmail[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
      /** Send an e-mail again: `POST /v1/accounts/{accountId}/emails/{emailId}/resend` */
      resend: Mutation<
        {
          /** The account. */
          accountId: string;
          /** The e-mail. */
          emailId: string;
          /** Why it is done; it stays on record. */
          reason: string;
        },
        AccountEmail
      >;
    };
  }
>;
