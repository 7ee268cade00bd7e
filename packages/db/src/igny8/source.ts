import type {
  OldAccount,
  OldSector,
  OldSite,
  OldSubscription,
  OldTenant,
  OldTransaction,
  OldUser,
} from '@tenantry/domain/igny8/source';
import { type OldDatabase, lockOldDatabase, requireOldTables, withOldDatabase } from './connection.ts';

const plansUsed = `select p.slug, p.name, p.price::text as price, p.billing_cycle as cycle, p.included_credits as credits,
  p.max_users as users, p.max_sites as sites, count(*)::int as accounts
  from igny8_tenants t join igny8_plans p on p.id = t.plan_id group by p.id order by p.slug`;
const accounts = `select t.id::text, t.name, t.slug, t.status, p.slug as "planSlug", t.owner_id::text as "ownerId",
  t.credits::float8 as credits, t.created_at as "createdAt"
  from igny8_tenants t join igny8_plans p on p.id = t.plan_id order by t.id`;
const people = 'select id::text, email, tenant_id::text as account from igny8_users order by id';
const users = `select id::text, email, trim(concat_ws(' ', first_name, last_name)) as name, role, is_active as "isActive", date_joined as "joinedAt"
  from igny8_users where tenant_id = $1 order by id`;
// A database before its first stage does not have two of the columns.
const subscriptions = `select id::text, status, stripe_subscription_id as "stripeSubscriptionId",
  to_jsonb(s) ->> 'payment_method' as "paymentMethod", to_jsonb(s) ->> 'external_payment_id' as "externalPaymentId",
  current_period_start as "periodStart", current_period_end as "periodEnd", cancel_at_period_end as "cancelAtPeriodEnd"
  from igny8_subscriptions s where tenant_id = $1 order by id`;
const sites = `select id::text, name, domain, is_active as "isActive", coalesce(wp_api_key, '') <> '' as "hasKey"
  from igny8_sites where tenant_id = $1 order by id`;
const sectors = `select id::text, site_id::text as "siteId", name, is_active as "isActive"
  from igny8_sectors where tenant_id = $1 order by id`;
const transactions = `select id::text, transaction_type as type, amount::float8 as amount, description, created_at as "createdAt"
  from igny8_credit_transactions where tenant_id = $1 order by created_at, id`;

/** A plan of the old product that accounts have. `price` is a decimal number of a currency that the database does not name. */
export interface OldPlan {
  slug: string;
  name: string;
  price: string;
  cycle: string;
  credits: number;
  users: number;
  sites: number;
  accounts: number;
}

/** A person with their account; null for one who has none. */
export interface OldPerson {
  id: string;
  email: string;
  account: string | null;
}

/** Reads a database of the old product at one moment. */
export interface OldSource {
  plans(): Promise<OldPlan[]>;
  accounts(): Promise<OldAccount[]>;
  people(): Promise<OldPerson[]>;
  /** Everything of one account. */
  tenant(account: OldAccount): Promise<OldTenant>;
}

/** Reads a database of the old product as it is at one moment, and changes nothing in it. Throws for one without its tables. */
export function withOldSource<T>(url: string, work: (source: OldSource) => Promise<T>): Promise<T> {
  return withOldDatabase(url, async (old) => {
    await lockOldDatabase(old);
    await old.send('begin isolation level repeatable read read only');
    await requireOldTables(old);
    return work(sourceOf(old));
  });
}

function sourceOf(old: OldDatabase): OldSource {
  return {
    plans: () => old.send<OldPlan>(plansUsed),
    accounts: () => old.send<OldAccount>(accounts),
    people: () => old.send<OldPerson>(people),
    tenant: async (account) => ({
      account,
      users: await old.send<OldUser>(users, [account.id]),
      subscriptions: await old.send<OldSubscription>(subscriptions, [account.id]),
      sites: await old.send<OldSite>(sites, [account.id]),
      sectors: await old.send<OldSector>(sectors, [account.id]),
      transactions: await old.send<OldTransaction>(transactions, [account.id]),
    }),
  };
}
