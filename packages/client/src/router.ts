// Generated from the router of the API by `npm run generate`; do not edit.

import type { TRPCBuiltRouter } from '@trpc/server';
import type { Mutation, Query, Root } from './procedure.ts';
import type {
  AcceptedCredential,
  AcceptedInvitation,
  Account,
  ApiKey,
  ApiKeyWithSecret,
  BankTransfer,
  BillingDetails,
  Checkout,
  Credential,
  CreditAlerts,
  CreditBalance,
  CreditEntry,
  CreditExplanation,
  CreditGrant,
  CreditHold,
  CreditLimit,
  CreditNote,
  CreditPackage,
  CreditPurchase,
  Entitlements,
  Invitation,
  Invoice,
  Me,
  Member,
  Money,
  MoneyBalance,
  MoneyEntry,
  NewAccount,
  Operation,
  Payment,
  PaymentMethodList,
  PaymentWithProofs,
  Plan,
  PlatformMetric,
  RecoveryCodes,
  RefusedCredential,
  Registration,
  ResolvedCreditHold,
  Run,
  Sector,
  Session,
  SessionTokens,
  Site,
  Subscription,
  SubscriptionChange,
  SubscriptionPreview,
  TestClock,
  TotpSetup,
  Usage,
  WebhookAttempt,
  WebhookDelivery,
  WebhookEndpoint,
  WebhookEndpointWithSecret,
} from './types.ts';

/** Every procedure of the API with its input and its output. */
export type AppRouter = TRPCBuiltRouter<
  Root,
  {
    registration: {
      /** Register a person with an account of their own: `POST /v1/registrations` */
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
          /** Who the customer of its invoices is. */
          billingDetails?:
            | {
                /** The legal name of the customer. */
                legalName: string;
                /** The lines of the address, without the country. */
                address: string[];
                /** The country: ISO 3166-1, two capital letters. */
                country: string;
                /** The tax id, as it is to be printed; it is not checked. Null for none. */
                taxId?: string | null | undefined;
                /** The address that invoices name for questions to the customer. Null for none. */
                email?: string | null | undefined;
              }
            | undefined;
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
      /** Exchange a refresh token for the next pair: `POST /v1/sessions/refresh` */
      refresh: Mutation<
        {
          /** The newest refresh token of the session. */
          refreshToken: string;
        },
        SessionTokens
      >;
      /** Sign out with a refresh token: `POST /v1/sessions/sign-out` */
      signOut: Mutation<
        {
          /** The newest refresh token of the session. */
          refreshToken: string;
        },
        Record<string, never>
      >;
      /** Sign out: `DELETE /v1/sessions/current` */
      delete: Mutation<Record<string, never> | void, Record<string, never>>;
      /** Sign out everywhere: `DELETE /v1/sessions` */
      deleteAll: Mutation<Record<string, never> | void, Record<string, never>>;
    };
    passwordReset: {
      /** Ask for an e-mail with a link to set a new password: `POST /v1/password-resets` */
      create: Mutation<
        {
          /** The address to send the link to, if it is registered. */
          email: string;
        },
        Record<string, never>
      >;
      /** Set a new password with the token from the e-mail, and end every session: `POST /v1/password-resets/confirm` */
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
      /** Ask for an e-mail with a link that confirms your address: `POST /v1/email-verifications` */
      create: Mutation<Record<string, never> | void, Record<string, never>>;
      /** Confirm an address with the token from the e-mail: `POST /v1/email-verifications/confirm` */
      confirm: Mutation<
        {
          /** The token of the e-mail. */
          token: string;
        },
        Record<string, never>
      >;
    };
    credential: {
      /** What the credential of this call is: `GET /v1/credential` */
      get: Query<Record<string, never> | void, Credential>;
      /** Ask the gate about a customer's credential, and hold credits: `POST /v1/credentials/verify` */
      verify: Mutation<
        {
          /** An API key or an access token, as it stands after `Bearer` in your own request. */
          credential: string;
          /** The IP address of whoever presented it. Without it a key of listed addresses is refused. Wrong credentials of one address are throttled. */
          address?: string | undefined;
          /** The account that a person acts for, where they belong to several; as `Tenantry-Account`. */
          account?: string | undefined;
          /** The same account by your own id of it, instead of `account`. */
          externalAccount?: string | undefined;
          /** What the role of a person must include, and a key must hold. Without it any, or with a hold `credit:spend`. */
          scope?:
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
            | undefined;
          /** Whether only a person may; no API key is let through then. */
          person?: boolean | undefined;
          /** The least role of a person. */
          role?: 'owner' | 'admin' | 'editor' | 'viewer' | undefined;
          /** A feature that the plan must include. */
          feature?: string | undefined;
          /** The standing that the account needs: `good` without it, `unpaid` where money may say no. */
          standing?: 'good' | 'unpaid' | 'any' | undefined;
          /** `account` refuses a caller who is limited to certain sites. */
          reach?: 'sites' | 'account' | undefined;
          /** How the call is counted. Without it one point of `default`, or with a hold of `credit_hold`. */
          throttle?:
            | {
                /** The rate of the plan that counts the call. */
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
                /** How many points of the rate the call takes. */
                cost?: number | undefined;
              }
            | undefined;
          /** A limit of the plan that must allow one more: `users`, `sites`, `sectorsPerSite`, `apiKeys`, or one of your catalogue's. */
          limit?: string | undefined;
          /** How many of that limit there are already. */
          used?: number | undefined;
          /** Credits to hold when everything else is let through, as `POST /v1/credits/holds` takes them. */
          hold?:
            | {
                /** The credits to reserve, when no operation is named. */
                amount?: number | undefined;
                /** The operation whose price is reserved. */
                operation?: string | undefined;
                /** How many units of the operation. Where tokens have rates of their own, each is held at the dearest. */
                units?: number | undefined;
                /** The most tokens of each sort, of an operation that is counted in tokens; in place of units. */
                usage?:
                  | {
                      /** Tokens of the input, with those that were cached. */
                      inputTokens: number;
                      /** Of the tokens of the input, those that the provider had in its cache. */
                      cachedInputTokens?: number | undefined;
                      /** Tokens of the output, with those that the model reasoned with. */
                      outputTokens: number;
                      /** Of the tokens of the output, those that the model reasoned with and did not show. */
                      reasoningTokens?: number | undefined;
                    }
                  | undefined;
                /** The site that the work is for. */
                siteId?: string | undefined;
                /** After how many seconds the hold ends by itself. */
                ttlSeconds?: number | undefined;
                /** Labels of the caller: at most 20. */
                metadata?: Record<string, string> | undefined;
              }
            | undefined;
        },
        AcceptedCredential | RefusedCredential
      >;
    };
    me: {
      /** Who is signed in: `GET /v1/me` */
      get: Query<Record<string, never> | void, Me>;
      /** Change your name: `PATCH /v1/me` */
      update: Mutation<
        {
          /** The name to show to others; null for none. */
          name: string | null;
        },
        Me
      >;
      /** Ask for another e-mail address: `POST /v1/me/email` */
      changeEmail: Mutation<
        {
          /** The address to sign in with from now on. */
          email: string;
          /** The password of the person who is signed in. */
          password: string;
        },
        Record<string, never>
      >;
      /** Confirm a new address with the token from the e-mail: `POST /v1/me/email/confirm` */
      confirmEmail: Mutation<
        {
          /** The token of the e-mail to the new address. */
          token: string;
        },
        Record<string, never>
      >;
      /** Set a new password, and end every other session: `POST /v1/me/password` */
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
      /** Make one more account of your own, or the account of a customer: `POST /v1/accounts` */
      create: Mutation<
        {
          /** The name of the account. */
          name: string;
          /** Your own id of this customer, which no other account may have; of service keys alone. The same request again answers the same account. */
          externalId?: string | undefined;
          /** Who is to own the account, and is invited by e-mail; of service keys alone. */
          owner?:
            | {
                /** Their e-mail address. */
                email: string;
              }
            | undefined;
          /** The plan; without it the trial. */
          planSlug?: string | undefined;
          /** How a paid plan is to be paid. */
          paymentMethod?: 'stripe' | 'paypal' | 'bank_transfer' | undefined;
          /** Who the customer of its invoices is. */
          billingDetails?:
            | {
                /** The legal name of the customer. */
                legalName: string;
                /** The lines of the address, without the country. */
                address: string[];
                /** The country: ISO 3166-1, two capital letters. */
                country: string;
                /** The tax id, as it is to be printed; it is not checked. Null for none. */
                taxId?: string | null | undefined;
                /** The address that invoices name for questions to the customer. Null for none. */
                email?: string | null | undefined;
              }
            | undefined;
        },
        NewAccount
      >;
      /** Close the account for good: `POST /v1/account/close` */
      close: Mutation<
        {
          /** The password of the owner who closes it. */
          password?: string | undefined;
          /** A code of their second factor, instead of the password. */
          totpCode?: string | undefined;
        },
        Account
      >;
    };
    billingDetails: {
      /** What new invoices say of the customer: `GET /v1/account/billing-details` */
      get: Query<Record<string, never> | void, BillingDetails>;
      /** Say who the customer of the next invoices is: `PUT /v1/account/billing-details` */
      set: Mutation<
        {
          /** The legal name of the customer. */
          legalName: string;
          /** The lines of the address, without the country. */
          address: string[];
          /** The country: ISO 3166-1, two capital letters. */
          country: string;
          /** The tax id, as it is to be printed; it is not checked. Null for none. */
          taxId?: string | null | undefined;
          /** The address that invoices name for questions to the customer. Null for none. */
          email?: string | null | undefined;
        },
        BillingDetails
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
      /** Accept an invitation with the token from the e-mail: `POST /v1/invitations/accept` */
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
          /** Its domain, unique in the account, in any spelling; null for none. */
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
          /** The new domain, in any spelling; null takes it away. */
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
      /** Archive a site: `POST /v1/sites/{siteId}/archive` */
      archive: Mutation<
        {
          /** The site. */
          siteId: string;
        },
        Site
      >;
      /** Bring an archived site back into use: `POST /v1/sites/{siteId}/restore` */
      restore: Mutation<
        {
          /** The site. */
          siteId: string;
        },
        Site
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
          /** When it ends; without it never. */
          expiresAt?: string | undefined;
          /** The IP addresses and CIDR blocks that it may be used from; without them all. */
          allowedAddresses?: string[] | undefined;
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
          )[];
          /** The one site to limit it to. */
          siteId?: string | undefined;
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
      /** The plans on offer, cheapest first: `GET /v1/plans` */
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
      /** What a change of plan would cost and bring: `POST /v1/subscription/preview` */
      preview: Query<
        {
          /** The plan to change to. */
          planSlug: string;
          /** How it is to be paid. */
          paymentMethod: 'stripe' | 'paypal' | 'bank_transfer';
        },
        SubscriptionPreview
      >;
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
      /** Let the subscription end when the paid time is over: `POST /v1/subscription/cancel` */
      cancel: Mutation<Record<string, never> | void, Subscription>;
      /** Take a cancellation back: `POST /v1/subscription/resume` */
      resume: Mutation<Record<string, never> | void, Subscription>;
    };
    entitlements: {
      /** What the account may do by its plan: `GET /v1/entitlements` */
      get: Query<Record<string, never> | void, Entitlements>;
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
          /** How many units of the operation. Where tokens have rates of their own, each is held at the dearest. */
          units?: number | undefined;
          /** The most tokens of each sort, of an operation that is counted in tokens; in place of units. */
          usage?:
            | {
                /** Tokens of the input, with those that were cached. */
                inputTokens: number;
                /** Of the tokens of the input, those that the provider had in its cache. */
                cachedInputTokens?: number | undefined;
                /** Tokens of the output, with those that the model reasoned with. */
                outputTokens: number;
                /** Of the tokens of the output, those that the model reasoned with and did not show. */
                reasoningTokens?: number | undefined;
              }
            | undefined;
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
      /** Let an open hold live longer: `POST /v1/credits/holds/{holdId}/extend` */
      extend: Mutation<
        {
          /** The hold. */
          holdId: string;
          /** How many seconds from now it lives at least; it is never shortened. */
          ttlSeconds: number;
        },
        CreditHold
      >;
      /** Bill what was used of a hold: `POST /v1/credits/holds/{holdId}/settle` */
      settle: Mutation<
        {
          /** The hold. */
          holdId: string;
          /** The credits that the work cost. */
          amount?: number | undefined;
          /** How many units of the operation of the hold were used, where they have one rate. */
          units?: number | undefined;
          /** The tokens that were used, where the operation of the hold is counted in tokens. */
          usage?:
            | {
                /** Tokens of the input, with those that were cached. */
                inputTokens: number;
                /** Of the tokens of the input, those that the provider had in its cache. */
                cachedInputTokens?: number | undefined;
                /** Tokens of the output, with those that the model reasoned with. */
                outputTokens: number;
                /** Of the tokens of the output, those that the model reasoned with and did not show. */
                reasoningTokens?: number | undefined;
              }
            | undefined;
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
          /** How many units of the operation of the hold were used, where they have one rate. */
          units?: number | undefined;
          /** The tokens that were used, where the operation of the hold is counted in tokens. */
          usage?:
            | {
                /** Tokens of the input, with those that were cached. */
                inputTokens: number;
                /** Of the tokens of the input, those that the provider had in its cache. */
                cachedInputTokens?: number | undefined;
                /** Tokens of the output, with those that the model reasoned with. */
                outputTokens: number;
                /** Of the tokens of the output, those that the model reasoned with and did not show. */
                reasoningTokens?: number | undefined;
              }
            | undefined;
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
    creditPackage: {
      /** The packages of credits on offer: `GET /v1/credits/packages` */
      list: Query<
        Record<string, never> | void,
        {
          /** The items of this page. */
          items: CreditPackage[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
      /** Ask for a package of credits: `POST /v1/credits/purchases` */
      buy: Mutation<
        {
          /** The package to buy. */
          packageSlug: string;
          /** How it is to be paid. */
          paymentMethod: 'stripe' | 'paypal' | 'bank_transfer';
        },
        CreditPurchase
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
          /** What the model is asked, of an operation without a prompt of its own. */
          prompt?: string | undefined;
          /** A value for each variable of the prompt that the operation has: at most 50. Values are text and are not evaluated. */
          variables?: Record<string, string> | undefined;
          /** The most tokens of output, as far as the operation allows; without it the default of the operation. */
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
          /** What the model is asked, of an operation without a prompt of its own. */
          prompt?: string | undefined;
          /** A value for each variable of the prompt that the operation has: at most 50. Values are text and are not evaluated. */
          variables?: Record<string, string> | undefined;
          /** The most tokens of output, as far as the operation allows; without it the default of the operation. */
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
              /** The run ended. */
              event: 'done';
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
              /** The id of the request, to quote in a report. */
              requestId: string;
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
              /** The run did not end whole. `credits` is what it was charged. */
              event: 'failed';
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
      /** Cancel an open invoice: `POST /v1/invoices/{invoiceId}/cancel` */
      cancel: Mutation<
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
    creditNote: {
      /** One credit note: `GET /v1/credit-notes/{creditNoteId}` */
      get: Query<
        {
          /** The credit note. */
          creditNoteId: string;
        },
        CreditNote
      >;
      /** The credit notes: what was sent back of paid invoices: `GET /v1/credit-notes` */
      list: Query<
        {
          /** The most items that the answer has. */
          limit?: number | undefined;
          /** The `nextCursor` of the page before; without it the list begins with the newest item. */
          cursor?: string | undefined;
        } | void,
        {
          /** The items of this page. */
          items: CreditNote[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
    };
    moneyEntry: {
      /** The journal of the money of the account, newest first: `GET /v1/money-entries` */
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
        } | void,
        {
          /** The items of this page. */
          items: MoneyEntry[];
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
      /** The ways to pay, and which are coming soon: `GET /v1/payment-methods` */
      methods: Query<Record<string, never> | void, PaymentMethodList>;
      /** What the account has paid beyond its invoices, and owes: `GET /v1/balance` */
      balance: Query<Record<string, never> | void, MoneyBalance>;
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
    checkout: {
      /** Begin a payment by Stripe or PayPal, which are coming soon: `POST /v1/checkouts` */
      create: Mutation<
        {
          /** Where to pay. */
          provider: 'stripe' | 'paypal';
        },
        Checkout
      >;
    };
    testClock: {
      /** Move the clock of a sandbox account: `POST /v1/test-clock` */
      move: Mutation<
        {
          /** The time to set. Either this or `advanceSeconds`. */
          at?: string | undefined;
          /** By how many seconds to move the clock; 0 reads it. Either this or `at`. */
          advanceSeconds?: number | undefined;
        },
        TestClock
      >;
    };
    webhookEndpoint: {
      /** Create a webhook endpoint: `POST /v1/webhook-endpoints` */
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
        WebhookEndpointWithSecret
      >;
      /** One webhook endpoint: `GET /v1/webhook-endpoints/{endpointId}` */
      get: Query<
        {
          /** The endpoint. */
          endpointId: string;
        },
        WebhookEndpoint
      >;
      /** The webhook endpoints of the account: `GET /v1/webhook-endpoints` */
      list: Query<
        {
          /** The most items that the answer has. */
          limit?: number | undefined;
          /** The `nextCursor` of the page before; without it the list begins with the newest item. */
          cursor?: string | undefined;
        } | void,
        {
          /** The items of this page. */
          items: WebhookEndpoint[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
      /** Change a webhook endpoint, or disable or enable it: `PATCH /v1/webhook-endpoints/{endpointId}` */
      update: Mutation<
        {
          /** The endpoint. */
          endpointId: string;
          /** Where the messages are sent: https:// on a host of the internet, on port 443 or one from 1024. */
          url?: string | undefined;
          description?: string | null | undefined;
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
          /** Whether messages are sent to it. What waits for it when it is disabled fails. */
          enabled?: boolean | undefined;
        },
        WebhookEndpoint
      >;
      /** Delete a webhook endpoint: `DELETE /v1/webhook-endpoints/{endpointId}` */
      delete: Mutation<
        {
          /** The endpoint. */
          endpointId: string;
        },
        {
          /** The id of what was removed. */
          id: string;
        }
      >;
      /** Replace the secret of a webhook endpoint, with a time in which both sign: `POST /v1/webhook-endpoints/{endpointId}/rotate-secret` */
      rotateSecret: Mutation<
        {
          /** The endpoint. */
          endpointId: string;
          /** For how many seconds the old secret signs too. */
          overlapSeconds?: number | undefined;
        },
        WebhookEndpointWithSecret
      >;
      /** Send a test to a webhook endpoint: `POST /v1/webhook-endpoints/{endpointId}/test` */
      sendTest: Mutation<
        {
          /** The endpoint. */
          endpointId: string;
        },
        {
          /** The message that the endpoint gets: its webhook-id header. */
          messageId: string;
        }
      >;
      /** The messages that were queued for a webhook endpoint: `GET /v1/webhook-endpoints/{endpointId}/deliveries` */
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
        },
        {
          /** The items of this page. */
          items: WebhookDelivery[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
      /** The requests that were made to a webhook endpoint: `GET /v1/webhook-endpoints/{endpointId}/attempts` */
      listAttempts: Query<
        {
          /** The endpoint. */
          endpointId: string;
          /** The most items that the answer has. */
          limit?: number | undefined;
          /** The `nextCursor` of the page before; without it the list begins with the newest item. */
          cursor?: string | undefined;
        },
        {
          /** The items of this page. */
          items: WebhookAttempt[];
          /** The `cursor` of the next page; null when this page is the last. */
          nextCursor: string | null;
        }
      >;
      /** Send a message to a webhook endpoint again: `POST /v1/webhook-endpoints/{endpointId}/deliveries/{deliveryId}/redeliver` */
      redeliver: Mutation<
        {
          /** The endpoint. */
          endpointId: string;
          /** The delivery. */
          deliveryId: string;
        },
        WebhookDelivery
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
