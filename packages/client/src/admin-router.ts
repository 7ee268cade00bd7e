// Generated from the router of the admin app by `npm run generate`; do not edit.

import type { TRPCBuiltRouter } from '@trpc/server';
import type { Mutation, Query, Root } from './procedure.ts';
import type {
  ApprovedPayment,
  ApprovedStatementLine,
  ConfirmedBankTransfer,
  ConfirmedStatementLine,
  CreditBalance,
  CreditCorrection,
  CreditEntry,
  CreditExplanation,
  CreditNote,
  CurrentStaffSession,
  Invoice,
  Overview,
  OverviewActivity,
  OverviewRevenue,
  Payment,
  PaymentProof,
  QueuedPayment,
  ReturnedStatementLine,
  SearchHit,
  ServiceKey,
  ServiceKeyWithSecret,
  StaffAccount,
  StaffAccountDetail,
  StaffAccountRow,
  StaffMoneyEntry,
  StaffSession,
  StatementFile,
  StatementLine,
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
          /** Whether the session is answered as tokens or kept in a cookie. */
          delivery?: 'token' | 'cookie' | undefined;
        },
        StaffSession
      >;
      /** Who is signed in, what they may do, and how the admin app is set up: `GET /v1/sessions/current` */
      get: Query<Record<string, never> | void, CurrentStaffSession>;
      /** Sign out: `DELETE /v1/sessions/current` */
      delete: Mutation<Record<string, never> | void, Record<string, never>>;
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
        },
        {
          /** The items of this page. */
          items: CreditEntry[];
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
          /** Why it is done; it stays on record. */
          reason: string;
          /** What is given. */
          kind?: 'promo' | 'adjustment' | 'purchase' | undefined;
          /** When what is given ends; without it never, or as the plan says. */
          expiresAt?: string | undefined;
          /** What makes it the only correction of its cause. */
          reference?: string | undefined;
        },
        CreditCorrection
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
        } | void,
        {
          /** The items of this page. */
          items: QueuedPayment[];
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
  }
>;
