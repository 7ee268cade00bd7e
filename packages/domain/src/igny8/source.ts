/** An account of the old product, with the slug of its plan. */
export interface OldAccount {
  id: string;
  name: string;
  slug: string;
  status: string;
  planSlug: string;
  ownerId: string;
  /** Its balance of credits, which may be below zero there. */
  credits: number;
  createdAt: Date;
}

/** A person of an account. Their password stays where it is. */
export interface OldUser {
  id: string;
  email: string;
  name: string;
  role: string;
  isActive: boolean;
  joinedAt: Date;
}

export interface OldSubscription {
  id: string;
  status: string;
  stripeSubscriptionId: string | null;
  /** The two are missing in a database without the columns. */
  paymentMethod: string | null;
  externalPaymentId: string | null;
  periodStart: Date;
  periodEnd: Date;
  cancelAtPeriodEnd: boolean;
}

export interface OldSector {
  id: string;
  siteId: string;
  name: string;
  isActive: boolean;
}

export interface OldSite {
  id: string;
  name: string;
  domain: string | null;
  isActive: boolean;
  /** Whether a key of the old product works for it; the key itself is not read. */
  hasKey: boolean;
}

/** A change of an account's balance. */
export interface OldTransaction {
  id: string;
  type: string;
  amount: number;
  description: string;
  createdAt: Date;
}

/** Everything that the old product has of one account. */
export interface OldTenant {
  account: OldAccount;
  users: readonly OldUser[];
  subscriptions: readonly OldSubscription[];
  sites: readonly OldSite[];
  sectors: readonly OldSector[];
  /** In the order in which they were made. */
  transactions: readonly OldTransaction[];
}

/** What a report counts. */
export const oldTables = [
  'accounts',
  'users',
  'subscriptions',
  'sites',
  'sectors',
  'keys',
  'transactions',
] as const;
export type OldTable = (typeof oldTables)[number];

/** A row that is not brought, or not as it was, and why, as the end of a sentence. */
export interface ImportNote {
  outcome: 'left out' | 'changed';
  table: OldTable;
  /** The id of the row in the old product. */
  id: string;
  account: string | null;
  reason: string;
}
