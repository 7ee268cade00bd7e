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

/** Every procedure of the API with what it takes and gives. */
export type AppRouter = TRPCBuiltRouter<
  Root,
  {
    registration: {
      /** Register: `POST /v1/registrations` */
      create: Mutation<
        {
          email: string;
          password: string;
          accountName: string;
          planSlug?: string | undefined;
          paymentMethod?: 'stripe' | 'paypal' | 'bank_transfer' | undefined;
        },
        {
          user: { id: string; email: string; name: string | null; createdAt: string };
          account: {
            id: string;
            name: string;
            status: 'active' | 'suspended' | 'closed';
            paymentMethod: 'stripe' | 'paypal' | 'bank_transfer';
            sandbox: boolean;
            createdAt: string;
          };
          subscription: {
            id: string;
            plan: {
              slug: string;
              version: number;
              name: string;
              price: { amount: number; currency: string };
              cycle: 'monthly' | 'annual';
              includedCredits: number;
              rolloverCreditsMax: number;
              purchaseDays: number | null;
              limits: { usersMax: number; sitesMax: number; sectorsPerSiteMax: number; apiKeysMax: number };
              features: string[];
              trialDays: number;
              graceDays: number;
            };
            status: 'trialing' | 'pending_payment' | 'active' | 'past_due' | 'cancelled' | 'expired';
            standing: { state: 'good' | 'grace' | 'refused'; code: string | null; until: string | null };
            paymentMethod: 'stripe' | 'paypal' | 'bank_transfer';
            externalPaymentId: string | null;
            stripeSubscriptionId: string | null;
            periodStart: string;
            periodEnd: string;
          };
          credits: {
            granted: number;
            available: number;
            held: number;
            spent: number;
            expired: number;
            byKind: { plan: number; promo: number; adjustment: number; purchase: number };
          };
        }
      >;
    };
    session: {
      /** Sign in: `POST /v1/sessions` */
      create: Mutation<
        {
          email: string;
          password: string;
          totpCode?: string | undefined;
          delivery?: 'token' | 'cookie' | undefined;
        },
        {
          accessToken?: string | undefined;
          refreshToken?: string | undefined;
          expiresInSeconds?: number | undefined;
          accounts: { id: string; name: string; role: 'owner' | 'admin' | 'editor' | 'viewer' }[];
        }
      >;
      /** Exchange a refresh token: `POST /v1/sessions/refresh` */
      refresh: Mutation<
        { refreshToken: string },
        { accessToken: string; refreshToken: string; expiresInSeconds: number }
      >;
      /** Sign out: `DELETE /v1/sessions/current` */
      delete: Mutation<Record<string, never> | void, Record<string, never>>;
      /** Sign out everywhere: `DELETE /v1/sessions` */
      deleteAll: Mutation<Record<string, never> | void, Record<string, never>>;
    };
    passwordReset: {
      /** Ask for a link to set a new password: `POST /v1/password-resets` */
      create: Mutation<{ email: string }, Record<string, never>>;
      /** Set a new password with a mailed token: `POST /v1/password-resets/confirm` */
      confirm: Mutation<{ token: string; password: string }, Record<string, never>>;
    };
    emailVerification: {
      /** Ask for a link that confirms your address: `POST /v1/email-verifications` */
      create: Mutation<Record<string, never> | void, Record<string, never>>;
      /** Confirm an address with a mailed token: `POST /v1/email-verifications/confirm` */
      confirm: Mutation<{ token: string }, Record<string, never>>;
    };
    me: {
      /** Who is signed in: `GET /v1/me` */
      get: Query<
        Record<string, never> | void,
        {
          id: string;
          email: string;
          name: string | null;
          emailVerifiedAt: string | null;
          createdAt: string;
          accounts: { id: string; name: string; role: 'owner' | 'admin' | 'editor' | 'viewer' }[];
        }
      >;
      /** Set a new password: `POST /v1/me/password` */
      changePassword: Mutation<{ currentPassword: string; newPassword: string }, Record<string, never>>;
    };
    totp: {
      /** Begin to set up an authenticator app: `POST /v1/me/totp` */
      create: Mutation<Record<string, never> | void, { secret: string; uri: string }>;
      /** Confirm it with a code: `POST /v1/me/totp/confirm` */
      confirm: Mutation<{ code: string }, { recoveryCodes: string[] }>;
      /** Take it away with a code: `POST /v1/me/totp/disable` */
      disable: Mutation<{ code: string }, Record<string, never>>;
    };
    account: {
      /** The account: `GET /v1/account` */
      get: Query<
        Record<string, never> | void,
        {
          id: string;
          name: string;
          status: 'active' | 'suspended' | 'closed';
          paymentMethod: 'stripe' | 'paypal' | 'bank_transfer';
          sandbox: boolean;
          createdAt: string;
        }
      >;
      /** Change the account: `PATCH /v1/account` */
      update: Mutation<
        { name?: string | undefined; paymentMethod?: 'stripe' | 'paypal' | 'bank_transfer' | undefined },
        {
          id: string;
          name: string;
          status: 'active' | 'suspended' | 'closed';
          paymentMethod: 'stripe' | 'paypal' | 'bank_transfer';
          sandbox: boolean;
          createdAt: string;
        }
      >;
    };
    member: {
      /** The members of the account: `GET /v1/members` */
      list: Query<
        Record<string, never> | void,
        {
          items: {
            userId: string;
            email: string;
            name: string | null;
            role: 'owner' | 'admin' | 'editor' | 'viewer';
            siteIds: string[] | null;
            createdAt: string;
          }[];
          nextCursor: string | null;
        }
      >;
      /** Give a member another role: `PATCH /v1/members/{userId}` */
      update: Mutation<
        { userId: string; role: 'owner' | 'admin' | 'editor' | 'viewer' },
        {
          userId: string;
          email: string;
          name: string | null;
          role: 'owner' | 'admin' | 'editor' | 'viewer';
          siteIds: string[] | null;
          createdAt: string;
        }
      >;
      /** Limit a member to named sites: `PATCH /v1/members/{userId}/sites` */
      limit: Mutation<
        { userId: string; siteIds: string[] | null },
        {
          userId: string;
          email: string;
          name: string | null;
          role: 'owner' | 'admin' | 'editor' | 'viewer';
          siteIds: string[] | null;
          createdAt: string;
        }
      >;
      /** Take a member out: `DELETE /v1/members/{userId}` */
      delete: Mutation<{ userId: string }, { userId: string }>;
      /** Leave the account: `DELETE /v1/members/me` */
      leave: Mutation<Record<string, never> | void, { userId: string }>;
    };
    invitation: {
      /** Invite an address to the account: `POST /v1/invitations` */
      create: Mutation<
        { email: string; role: 'owner' | 'admin' | 'editor' | 'viewer'; siteIds?: string[] | undefined },
        {
          id: string;
          email: string;
          role: 'owner' | 'admin' | 'editor' | 'viewer';
          siteIds: string[] | null;
          status: 'open' | 'accepted' | 'revoked' | 'expired';
          createdAt: string;
          expiresAt: string;
        }
      >;
      /** The invitations: `GET /v1/invitations` */
      list: Query<
        { limit?: number | undefined; cursor?: string | undefined } | void,
        {
          items: {
            id: string;
            email: string;
            role: 'owner' | 'admin' | 'editor' | 'viewer';
            siteIds: string[] | null;
            status: 'open' | 'accepted' | 'revoked' | 'expired';
            createdAt: string;
            expiresAt: string;
          }[];
          nextCursor: string | null;
        }
      >;
      /** Take an invitation back: `DELETE /v1/invitations/{invitationId}` */
      delete: Mutation<{ invitationId: string }, { id: string }>;
      /** Take an offered place with a mailed token: `POST /v1/invitations/accept` */
      accept: Mutation<
        { token: string; password: string; totpCode?: string | undefined },
        { accountId: string; userId: string; role: 'owner' | 'admin' | 'editor' | 'viewer' }
      >;
    };
    site: {
      /** Create a site: `POST /v1/sites` */
      create: Mutation<
        { name: string; domain?: string | null | undefined },
        { id: string; name: string; domain: string | null; createdAt: string }
      >;
      /** One site: `GET /v1/sites/{siteId}` */
      get: Query<{ siteId: string }, { id: string; name: string; domain: string | null; createdAt: string }>;
      /** The sites you may see: `GET /v1/sites` */
      list: Query<
        { limit?: number | undefined; cursor?: string | undefined } | void,
        {
          items: { id: string; name: string; domain: string | null; createdAt: string }[];
          nextCursor: string | null;
        }
      >;
      /** Change a site: `PATCH /v1/sites/{siteId}` */
      update: Mutation<
        { siteId: string; name?: string | undefined; domain?: string | null | undefined },
        { id: string; name: string; domain: string | null; createdAt: string }
      >;
      /** Delete a site: `DELETE /v1/sites/{siteId}` */
      delete: Mutation<{ siteId: string }, { id: string }>;
    };
    sector: {
      /** Create a sector: `POST /v1/sites/{siteId}/sectors` */
      create: Mutation<{ siteId: string; name: string }, { id: string; siteId: string; name: string }>;
      /** The sectors of a site: `GET /v1/sites/{siteId}/sectors` */
      list: Query<
        { siteId: string },
        { items: { id: string; siteId: string; name: string }[]; nextCursor: string | null }
      >;
      /** Rename a sector: `PATCH /v1/sites/{siteId}/sectors/{sectorId}` */
      update: Mutation<
        { siteId: string; sectorId: string; name: string },
        { id: string; siteId: string; name: string }
      >;
      /** Delete a sector: `DELETE /v1/sites/{siteId}/sectors/{sectorId}` */
      delete: Mutation<{ siteId: string; sectorId: string }, { id: string }>;
    };
    apiKey: {
      /** Create a key: `POST /v1/api-keys` */
      create: Mutation<
        {
          name: string;
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
          siteId?: string | undefined;
          expiresAt?: string | undefined;
          allowedAddresses?: string[] | undefined;
          creditsPerDayMax?: number | undefined;
        },
        {
          id: string;
          name: string;
          prefix: string;
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
          siteId: string | null;
          expiresAt: string | null;
          revokedAt: string | null;
          allowedAddresses: string[];
          lastUsedAt: string | null;
          creditsPerDayMax: number | null;
          createdAt: string;
          secret: string | null;
        }
      >;
      /** One key: `GET /v1/api-keys/{keyId}` */
      get: Query<
        { keyId: string },
        {
          id: string;
          name: string;
          prefix: string;
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
          siteId: string | null;
          expiresAt: string | null;
          revokedAt: string | null;
          allowedAddresses: string[];
          lastUsedAt: string | null;
          creditsPerDayMax: number | null;
          createdAt: string;
        }
      >;
      /** The keys of the account: `GET /v1/api-keys` */
      list: Query<
        { limit?: number | undefined; cursor?: string | undefined } | void,
        {
          items: {
            id: string;
            name: string;
            prefix: string;
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
            siteId: string | null;
            expiresAt: string | null;
            revokedAt: string | null;
            allowedAddresses: string[];
            lastUsedAt: string | null;
            creditsPerDayMax: number | null;
            createdAt: string;
          }[];
          nextCursor: string | null;
        }
      >;
      /** Replace a key, with a time in which both work: `POST /v1/api-keys/{keyId}/rotate` */
      rotate: Mutation<
        { keyId: string; overlapSeconds?: number | undefined },
        {
          id: string;
          name: string;
          prefix: string;
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
          siteId: string | null;
          expiresAt: string | null;
          revokedAt: string | null;
          allowedAddresses: string[];
          lastUsedAt: string | null;
          creditsPerDayMax: number | null;
          createdAt: string;
          secret: string | null;
        }
      >;
      /** Revoke a key: `DELETE /v1/api-keys/{keyId}` */
      revoke: Mutation<{ keyId: string }, { id: string }>;
    };
    plan: {
      /** The plans on offer: `GET /v1/plans` */
      list: Query<
        Record<string, never> | void,
        {
          items: {
            slug: string;
            version: number;
            name: string;
            price: { amount: number; currency: string };
            cycle: 'monthly' | 'annual';
            includedCredits: number;
            rolloverCreditsMax: number;
            purchaseDays: number | null;
            limits: { usersMax: number; sitesMax: number; sectorsPerSiteMax: number; apiKeysMax: number };
            features: string[];
            trialDays: number;
            graceDays: number;
          }[];
          nextCursor: string | null;
        }
      >;
    };
    subscription: {
      /** The subscription and its standing: `GET /v1/subscription` */
      get: Query<
        Record<string, never> | void,
        {
          id: string;
          plan: {
            slug: string;
            version: number;
            name: string;
            price: { amount: number; currency: string };
            cycle: 'monthly' | 'annual';
            includedCredits: number;
            rolloverCreditsMax: number;
            purchaseDays: number | null;
            limits: { usersMax: number; sitesMax: number; sectorsPerSiteMax: number; apiKeysMax: number };
            features: string[];
            trialDays: number;
            graceDays: number;
          };
          status: 'trialing' | 'pending_payment' | 'active' | 'past_due' | 'cancelled' | 'expired';
          standing: { state: 'good' | 'grace' | 'refused'; code: string | null; until: string | null };
          paymentMethod: 'stripe' | 'paypal' | 'bank_transfer';
          externalPaymentId: string | null;
          stripeSubscriptionId: string | null;
          periodStart: string;
          periodEnd: string;
        }
      >;
      /** Ask for another plan: `POST /v1/subscription/change` */
      change: Mutation<
        { planSlug: string; paymentMethod: 'stripe' | 'paypal' | 'bank_transfer' },
        {
          subscription: {
            id: string;
            plan: {
              slug: string;
              version: number;
              name: string;
              price: { amount: number; currency: string };
              cycle: 'monthly' | 'annual';
              includedCredits: number;
              rolloverCreditsMax: number;
              purchaseDays: number | null;
              limits: { usersMax: number; sitesMax: number; sectorsPerSiteMax: number; apiKeysMax: number };
              features: string[];
              trialDays: number;
              graceDays: number;
            };
            status: 'trialing' | 'pending_payment' | 'active' | 'past_due' | 'cancelled' | 'expired';
            standing: { state: 'good' | 'grace' | 'refused'; code: string | null; until: string | null };
            paymentMethod: 'stripe' | 'paypal' | 'bank_transfer';
            externalPaymentId: string | null;
            stripeSubscriptionId: string | null;
            periodStart: string;
            periodEnd: string;
          };
          invoice: {
            id: string;
            number: string;
            reference: string;
            planSlug: string;
            total: { amount: number; currency: string };
            status: 'open' | 'paid' | 'void';
            createdAt: string;
            paidAt: string | null;
          };
        }
      >;
    };
    credit: {
      /** The credits, now or at a time: `GET /v1/credits` */
      get: Query<
        { at?: string | undefined } | void,
        {
          granted: number;
          available: number;
          held: number;
          spent: number;
          expired: number;
          byKind: { plan: number; promo: number; adjustment: number; purchase: number };
        }
      >;
      /** The journal: `GET /v1/credits/entries` */
      listEntries: Query<
        { limit?: number | undefined; cursor?: string | undefined } | void,
        {
          items: {
            id: string;
            sequence: number;
            at: string;
            kind: string;
            from: string;
            to: string;
            amount: number;
            availableAfter: number;
            holdId: string | null;
            grantId: string | null;
            operation: string | null;
            siteId: string | null;
            reversesId: string | null;
            actor: string;
            hash: string;
          }[];
          nextCursor: string | null;
        }
      >;
      /** Why an entry was made: `GET /v1/credits/entries/{entryId}/explanation` */
      explain: Query<
        { entryId: string },
        {
          entry: {
            id: string;
            sequence: number;
            at: string;
            kind: string;
            from: string;
            to: string;
            amount: number;
            availableAfter: number;
            holdId: string | null;
            grantId: string | null;
            operation: string | null;
            siteId: string | null;
            reversesId: string | null;
            actor: string;
            hash: string;
          };
          rule: string;
          hold: {
            id: string;
            amount: number;
            status: 'open' | 'settled' | 'released' | 'expired';
            settledAmount: number | null;
            estimated: boolean;
            operation: string | null;
            siteId: string | null;
            metadata: Record<string, string>;
            expiresAt: string;
            createdAt: string;
          } | null;
          grants: {
            id: string;
            kind: 'plan' | 'promo' | 'adjustment' | 'purchase';
            reference: string;
            expiresAt: string | null;
            amount: number;
          }[];
          reverses: {
            id: string;
            sequence: number;
            at: string;
            kind: string;
            from: string;
            to: string;
            amount: number;
            availableAfter: number;
            holdId: string | null;
            grantId: string | null;
            operation: string | null;
            siteId: string | null;
            reversesId: string | null;
            actor: string;
            hash: string;
          } | null;
          reversedBy: {
            id: string;
            sequence: number;
            at: string;
            kind: string;
            from: string;
            to: string;
            amount: number;
            availableAfter: number;
            holdId: string | null;
            grantId: string | null;
            operation: string | null;
            siteId: string | null;
            reversesId: string | null;
            actor: string;
            hash: string;
          }[];
          reason: string | null;
          price: { unit: string; unitSize: number; creditsPerUnit: number; creditsMin: number } | null;
          units: number | null;
          usage: { inputTokens: number; outputTokens: number; source: 'reported' | 'estimated' } | null;
        }
      >;
      /** What was granted, and what is left of it: `GET /v1/credits/grants` */
      listGrants: Query<
        { limit?: number | undefined; cursor?: string | undefined } | void,
        {
          items: {
            id: string;
            kind: 'plan' | 'promo' | 'adjustment' | 'purchase';
            amount: number;
            available: number;
            held: number;
            expiresAt: string | null;
            reference: string;
            createdAt: string;
          }[];
          nextCursor: string | null;
        }
      >;
      /** Hold credits: `POST /v1/credits/holds` */
      hold: Mutation<
        {
          amount?: number | undefined;
          operation?: string | undefined;
          units?: number | undefined;
          siteId?: string | undefined;
          ttlSeconds?: number | undefined;
          metadata?: Record<string, string> | undefined;
        },
        {
          id: string;
          amount: number;
          status: 'open' | 'settled' | 'released' | 'expired';
          settledAmount: number | null;
          estimated: boolean;
          operation: string | null;
          siteId: string | null;
          metadata: Record<string, string>;
          expiresAt: string;
          createdAt: string;
        }
      >;
      /** One hold: `GET /v1/credits/holds/{holdId}` */
      getHold: Query<
        { holdId: string },
        {
          id: string;
          amount: number;
          status: 'open' | 'settled' | 'released' | 'expired';
          settledAmount: number | null;
          estimated: boolean;
          operation: string | null;
          siteId: string | null;
          metadata: Record<string, string>;
          expiresAt: string;
          createdAt: string;
        }
      >;
      /** The holds: `GET /v1/credits/holds` */
      listHolds: Query<
        { limit?: number | undefined; cursor?: string | undefined } | void,
        {
          items: {
            id: string;
            amount: number;
            status: 'open' | 'settled' | 'released' | 'expired';
            settledAmount: number | null;
            estimated: boolean;
            operation: string | null;
            siteId: string | null;
            metadata: Record<string, string>;
            expiresAt: string;
            createdAt: string;
          }[];
          nextCursor: string | null;
        }
      >;
      /** Bill what was used of a hold: `POST /v1/credits/holds/{holdId}/settle` */
      settle: Mutation<
        {
          holdId: string;
          amount?: number | undefined;
          units?: number | undefined;
          allowExcess?: boolean | undefined;
          usageSource?: 'reported' | 'estimated' | undefined;
        },
        {
          id: string;
          amount: number;
          status: 'open' | 'settled' | 'released' | 'expired';
          settledAmount: number;
          estimated: boolean;
          operation: string | null;
          siteId: string | null;
          metadata: Record<string, string>;
          expiresAt: string;
          createdAt: string;
          unbilledAmount: number;
        }
      >;
      /** Set an estimated settle right: `POST /v1/credits/holds/{holdId}/true-up` */
      trueUp: Mutation<
        { holdId: string; amount?: number | undefined; units?: number | undefined },
        {
          id: string;
          amount: number;
          status: 'open' | 'settled' | 'released' | 'expired';
          settledAmount: number | null;
          estimated: boolean;
          operation: string | null;
          siteId: string | null;
          metadata: Record<string, string>;
          expiresAt: string;
          createdAt: string;
        }
      >;
      /** Give a hold back: `POST /v1/credits/holds/{holdId}/release` */
      release: Mutation<
        { holdId: string },
        {
          id: string;
          amount: number;
          status: 'open' | 'settled' | 'released' | 'expired';
          settledAmount: number;
          estimated: boolean;
          operation: string | null;
          siteId: string | null;
          metadata: Record<string, string>;
          expiresAt: string;
          createdAt: string;
          unbilledAmount: number;
        }
      >;
      /** What sites and keys may spend in a day: `GET /v1/credits/limits` */
      listLimits: Query<
        { limit?: number | undefined; cursor?: string | undefined } | void,
        {
          items: {
            siteId: string | null;
            keyId: string | null;
            creditsPerDayMax: number | null;
            usedToday: number;
          }[];
          nextCursor: string | null;
        }
      >;
      /** Limit what a site may spend in a day: `PATCH /v1/credits/limits/sites/{siteId}` */
      limitSite: Mutation<
        { siteId: string; creditsPerDayMax: number | null },
        { siteId: string | null; keyId: string | null; creditsPerDayMax: number | null; usedToday: number }
      >;
      /** Limit what a key may spend in a day: `PATCH /v1/credits/limits/keys/{keyId}` */
      limitKey: Mutation<
        { keyId: string; creditsPerDayMax: number | null },
        { siteId: string | null; keyId: string | null; creditsPerDayMax: number | null; usedToday: number }
      >;
      /** When a low balance is told: `GET /v1/credits/alerts` */
      getAlerts: Query<Record<string, never> | void, { lowBalanceThresholds: number[] }>;
      /** Set when a low balance is told: `PATCH /v1/credits/alerts` */
      updateAlerts: Mutation<{ lowBalanceThresholds: number[] }, { lowBalanceThresholds: number[] }>;
    };
    operation: {
      /** The price list: `GET /v1/operations` */
      list: Query<
        Record<string, never> | void,
        {
          items: {
            name: string;
            kind: 'text' | 'image';
            unit: 'request' | 'token' | 'word' | 'item' | 'image';
            unitSize: number;
            creditsPerUnit: number;
            creditsMin: number;
          }[];
          nextCursor: string | null;
        }
      >;
      /** Run an AI operation: `POST /v1/operations/{operation}/runs` */
      run: Mutation<
        {
          operation: string;
          prompt: string;
          maxOutputTokens?: number | undefined;
          siteId?: string | undefined;
          metadata?: Record<string, string> | undefined;
        },
        {
          runId: string;
          output: string;
          usage: { inputTokens: number; outputTokens: number; source: 'reported' | 'estimated' };
          credits: { charged: number; available: number };
        }
      >;
      /** Run an AI operation, streamed: `POST /v1/operations/{operation}/runs` */
      stream: Mutation<
        {
          operation: string;
          prompt: string;
          maxOutputTokens?: number | undefined;
          siteId?: string | undefined;
          metadata?: Record<string, string> | undefined;
        },
        AsyncIterable<
          | { event: 'delta'; text: string }
          | {
              runId: string;
              usage: { inputTokens: number; outputTokens: number; source: 'reported' | 'estimated' };
              credits: { charged: number; available: number };
              event: 'done';
              finishReason: 'complete' | 'credits';
            }
          | {
              type: string;
              title: string;
              status: number;
              detail: string;
              code: string;
              requestId: string;
              retryAfterSeconds?: number | undefined;
              event: 'failed';
              credits?: { charged: number; available: number } | undefined;
            }
        >
      >;
    };
    usage: {
      /** What was spent, by day, operation, site or key: `GET /v1/usage` */
      list: Query<
        {
          limit?: number | undefined;
          cursor?: string | undefined;
          by?: 'day' | 'operation' | 'site' | 'key' | undefined;
          from?: string | undefined;
          to?: string | undefined;
          operation?: string | undefined;
          siteId?: string | undefined;
          keyId?: string | undefined;
        } | void,
        {
          items: {
            group: string | null;
            spent: number;
            reported: number;
            estimated: number;
            charges: number;
          }[];
          nextCursor: string | null;
        }
      >;
    };
    invoice: {
      /** One invoice: `GET /v1/invoices/{invoiceId}` */
      get: Query<
        { invoiceId: string },
        {
          id: string;
          number: string;
          reference: string;
          planSlug: string;
          total: { amount: number; currency: string };
          status: 'open' | 'paid' | 'void';
          createdAt: string;
          paidAt: string | null;
        }
      >;
      /** The invoices: `GET /v1/invoices` */
      list: Query<
        { limit?: number | undefined; cursor?: string | undefined } | void,
        {
          items: {
            id: string;
            number: string;
            reference: string;
            planSlug: string;
            total: { amount: number; currency: string };
            status: 'open' | 'paid' | 'void';
            createdAt: string;
            paidAt: string | null;
          }[];
          nextCursor: string | null;
        }
      >;
    };
    payment: {
      /** Say that a bank transfer was sent: `POST /v1/payments/bank-transfers` */
      submitBankTransfer: Mutation<
        {
          invoiceId?: string | undefined;
          planSlug?: string | undefined;
          payerName: string;
          amount: number;
          currency: string;
          externalPaymentId?: string | undefined;
          proofUrl?: string | undefined;
        },
        {
          id: string;
          invoiceId: string;
          method: 'stripe' | 'paypal' | 'bank_transfer';
          status: 'pending_approval' | 'succeeded' | 'failed' | 'refunded';
          total: { amount: number; currency: string };
          payerName: string;
          externalPaymentId: string | null;
          reason: string | null;
          createdAt: string;
          confirmedAt: string | null;
          invoice: {
            id: string;
            number: string;
            reference: string;
            planSlug: string;
            total: { amount: number; currency: string };
            status: 'open' | 'paid' | 'void';
            createdAt: string;
            paidAt: string | null;
          };
          reference: string;
        }
      >;
      /** One payment: `GET /v1/payments/{paymentId}` */
      get: Query<
        { paymentId: string },
        {
          id: string;
          invoiceId: string;
          method: 'stripe' | 'paypal' | 'bank_transfer';
          status: 'pending_approval' | 'succeeded' | 'failed' | 'refunded';
          total: { amount: number; currency: string };
          payerName: string;
          externalPaymentId: string | null;
          reason: string | null;
          createdAt: string;
          confirmedAt: string | null;
          proofs: {
            id: string;
            paymentId: string;
            url: string | null;
            mediaType: string | null;
            sizeBytes: number | null;
            createdAt: string;
          }[];
        }
      >;
      /** The payments: `GET /v1/payments` */
      list: Query<
        { limit?: number | undefined; cursor?: string | undefined } | void,
        {
          items: {
            id: string;
            invoiceId: string;
            method: 'stripe' | 'paypal' | 'bank_transfer';
            status: 'pending_approval' | 'succeeded' | 'failed' | 'refunded';
            total: { amount: number; currency: string };
            payerName: string;
            externalPaymentId: string | null;
            reason: string | null;
            createdAt: string;
            confirmedAt: string | null;
          }[];
          nextCursor: string | null;
        }
      >;
    };
    platform: {
      /** Figures of the whole platform, for system accounts: `GET /v1/platform/metrics` */
      metrics: Query<
        Record<string, never> | void,
        { items: { name: string; value: number; measuredAt: string }[]; nextCursor: string | null }
      >;
    };
  }
>;
