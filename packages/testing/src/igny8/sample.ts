import type { OldProduct } from './database.ts';

// A hash as the framework of the old product stores it.
const oldHash = 'pbkdf2_sha256$600000$c2FsdHNhbHRzYWx0$3bW1L0hJ8tq3zq0m0nq9w8m7l6k5j4h3g2f1d0s9a8Q=';

const plans = `insert into igny8_plans (id, name, slug, price, billing_cycle, included_credits, max_users, max_sites, is_active, created_at) values
  (1, 'Starter', 'starter', 29.00, 'monthly', 1000, 2, 3, true, '2024-01-01Z'),
  (2, 'Business', 'business', 89.00, 'monthly', 5000, 5, 10, true, '2024-01-01Z')`;
const tenants = `insert into igny8_tenants (id, name, slug, plan_id, credits, status, owner_id, created_at, updated_at) values
  (1, 'Acme', 'acme', 1, 900, 'active', 1, '2024-02-01Z', '2025-12-01Z'),
  (2, 'Zoë & Søn', 'zoe', 2, 4200, 'suspended', 3, '2024-03-01Z', '2025-12-01Z'),
  (3, E'Bad\\u200Bname', 'bad-name', 1, -30, 'cancelled', 5, '2024-04-01Z', '2025-12-01Z'),
  (4, 'No subscription', 'free', 1, 0, 'trial', 8, '2024-05-01Z', '2025-12-01Z')`;
const users = `insert into igny8_users (id, password, is_superuser, username, first_name, last_name, email, is_staff, is_active, date_joined, role, tenant_id) values
  (1, $1, false, 'ada', 'Ada', 'Lovelace', 'Ada@Example.test', false, true, '2024-02-01Z', 'owner', 1),
  (2, $1, false, 'bob', 'Bob', '', 'bob@example.test', false, true, '2024-02-02Z', 'editor', 1),
  (3, $1, false, 'zoe', 'Zoë', 'Søn', 'zoe@example.test', false, true, '2024-03-01Z', 'owner', 2),
  (4, $1, false, 'dev', 'Dev', '', 'dev@example.test', false, true, '2024-03-01Z', 'developer', 2),
  (5, $1, false, 'eve', '', '', 'eve@example.test', false, true, '2024-04-01Z', 'owner', 3),
  (6, $1, false, 'ada2', 'Ada', '', 'ada@EXAMPLE.test', false, true, '2024-04-01Z', 'viewer', 3),
  (7, $1, false, 'gone', 'Gone', '', 'gone@example.test', false, false, '2024-04-01Z', 'admin', 3),
  (8, $1, false, 'nomail', 'No', 'Mail', 'nomail', false, true, '2024-05-01Z', 'owner', 4),
  (9, $1, true, 'root', '', '', 'root@example.test', true, true, '2024-01-01Z', 'developer', null)`;
const subscriptions = `insert into igny8_subscriptions (id, tenant_id, stripe_subscription_id, status, current_period_start, current_period_end, cancel_at_period_end, created_at, updated_at) values
  (1, 1, 'sub_1', 'active', '2026-03-01Z', '2026-04-01Z', false, '2024-02-01Z', '2026-03-01Z'),
  (2, 2, 'sub_2', 'past_due', '2026-01-31Z', '2027-01-31Z', false, '2024-03-01Z', '2026-01-31Z'),
  (3, 3, 'sub_3', 'unpaid', '2026-03-01Z', '2026-04-01Z', true, '2024-04-01Z', '2026-03-01Z')`;
const sites = `insert into igny8_sites (id, tenant_id, name, slug, domain, is_active, status, wp_api_key, created_at) values
  (1, 1, 'Blog', 'blog', 'https://Blog.Example.com/', true, 'active', 'an-old-secret', '2024-02-01Z'),
  (2, 1, 'Shop', 'shop', 'blog.example.com', true, 'active', null, '2024-02-01Z'),
  (3, 2, 'Old', 'old', 'not a domain', false, 'inactive', 'an-old-secret', '2024-03-01Z')`;
const sectors = `insert into igny8_sectors (id, tenant_id, site_id, name, slug, is_active, created_at) values
  (1, 1, 1, 'Gardens', 'gardens', true, '2024-02-01Z'), (2, 1, 1, 'Gardens', 'gardens-2', true, '2024-02-01Z'),
  (3, 1, 2, 'Tools', 'tools', false, '2024-02-01Z'), (4, 2, 3, 'Seeds', 'seeds', true, '2024-03-01Z')`;
const transactions = `insert into igny8_credit_transactions (id, tenant_id, transaction_type, amount, balance_after, description, metadata, created_at) values
  (1, 1, 'subscription', 1000, 1000, 'Monthly credits', '{}', '2026-03-01T08:00Z'),
  (2, 1, 'deduction', -150, 850, 'Content', '{}', '2026-03-02T08:00Z'),
  (3, 1, 'purchase', 50, 900, 'Top-up', '{}', '2026-03-03T08:00Z'),
  (4, 1, 'adjustment', 0, 900, 'Nothing', '{}', '2026-03-04T08:00Z'),
  (5, 2, 'deduction', -800, 4200, 'Content', '{}', '2026-02-02T08:00Z'),
  (6, 3, 'subscription', 100, 100, 'Monthly credits', '{}', '2026-03-01T08:00Z'),
  (7, 3, 'deduction', -130, -30, 'Content', '{}', '2026-03-02T08:00Z')`;

/** Fills a database of the old product with four accounts, and most of what is wrong in such a database. */
export async function fillSample(product: Pick<OldProduct, 'query'>): Promise<void> {
  await product.query(plans);
  await product.query(tenants);
  await product.query(users, [oldHash]);
  for (const sql of [subscriptions, sites, sectors, transactions]) await product.query(sql);
}
