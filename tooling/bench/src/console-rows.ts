import { numbered } from './accounts.ts';
import type { BenchDatabase } from './database.ts';

const account = numbered('0198f000', 'number');
const idOf = (kind: string, number: string) => numbered(kind, number);
const invoice = idOf('0198f010', 'number * 100 + month');
const payment = idOf('0198f011', 'number * 100 + month');
const person = idOf('0198f012', 'number');
const key = idOf('0198f013', 'number');
const numbers = 'generate_series(1, $1) number';
/** Invoices of each account, one each month until now. */
const months = 'generate_series(1, 4) month';
const at = "now() - interval '30 days' * (4 - month) - interval '1 minute' * (number % 43200)";
const planOf =
  "case when number % 100 in (88, 89, 90, 91, 92, 93) then 'trial' when number % 3 = 0 then 'growth' else 'starter' end";
const state = 'number % 100';

/**
 * $1 is the number of accounts. Of a hundred accounts 81 are in good standing, 1 is in grace, and the others are overdue, on a
 * trial or past it, not paid, cancelled, expired or suspended.
 */
const accounts = [
  `update account set created_at = now() - interval '1 hour' * (number % 17520), payment_method = 'bank_transfer',
    status = case when ${state} = 99 then 'suspended' else 'active' end,
    name = (array['Northwind', 'Contoso', 'Fabrikam', 'Adatum', 'Lucerne', 'Tailspin', 'Wingtip'])[1 + number % 7] || ' '
      || (array['Bakery', 'Consulting', 'Media', 'Studio'])[1 + number % 4] || ' ' || number
    from ${numbers} where id = ${account}`,
  `insert into subscription_period (account_id, id, plan_id, anchor_at, starts_at, ends_at, months, created_at)
    select ${account}, ${idOf('0198f014', 'number')}, plan.id, starts_at, starts_at, starts_at + interval '30 days', 1, now()
    from ${numbers} join plan on plan.slug = ${planOf}, lateral (select now() - interval '1 hour' * (number % 720) as starts_at) term`,
  `insert into subscription (account_id, id, plan_id, status, payment_method, period_start, period_end)
    select ${account}, ${idOf('0198f015', 'number')}, plan.id, case when ${state} in (88, 89, 90, 91, 92, 93) then 'trialing'
        when ${state} = 94 then 'pending_payment' when ${state} in (95, 96) then 'cancelled' when ${state} = 97 then 'expired' else 'active' end,
      case when number % 1000 = 1 then 'paypal' else 'bank_transfer' end, ends_at - interval '30 days', ends_at
    from ${numbers} join plan on plan.slug = ${planOf}, lateral (select now() + case
      when ${state} = 80 then interval '-1 day' - interval '1 second' * (number % 86400)
      when ${state} in (81, 82, 83, 84, 85, 86, 87, 92, 93, 96, 97) then interval '-60 days' - interval '1 minute' * (number % 500000)
      else interval '30 days' - interval '1 hour' * (number % 720) end as ends_at) term`,
  // One account in twenty has few credits.
  `update credit_balance set granted = granted - available + 50, available = 50 from ${numbers}
    where account_id = ${account} and number % 20 = 0`,
];

const people = [
  `insert into app_user (id, email, email_digest, password_hash, created_at) select ${person}, 'owner' || number || '@customer' || number % 997 || '.example',
    md5('owner' || number), 'none', now() from ${numbers}`,
  `insert into membership (account_id, user_id, role, created_at) select ${account}, ${person}, 'owner', now() from ${numbers}`,
  `insert into membership_directory (user_id, account_id) select ${person}, ${account} from ${numbers}`,
  `insert into api_key (account_id, id, key_id, name, prefix, digest, scopes, created_at)
    select ${account}, ${key}, name, 'Bench', 'tny_live_' || name, md5(name), '["site:read"]', now()
    from ${numbers}, lateral (select substr(md5('key' || number), 1, 12) as name) named`,
  `insert into key_directory (key_id, account_id, api_key_id) select substr(md5('key' || number), 1, 12), ${account}, ${key} from ${numbers}`,
];

const isPaid = 'month < 4 or number % 500 <> 0';
const money = [
  `insert into invoice (account_id, id, number, reference, kind, plan_id, lines, customer, amount, tax_amount, currency, status, amount_paid,
      created_at, due_at, paid_at)
    select ${account}, ${invoice}, 'B-' || number || '-' || month, 'RF18' || lpad((number * 100 + month)::text, 12, '0'), 'subscription', plan.id,
      '[{"description": "Starter", "quantity": 1, "unitAmount": 2900, "amount": 2900, "period": null}]', '{"name": "A"}', 2900, 0, 'USD', case when ${isPaid} then 'paid' else 'open' end, case when ${isPaid} then 2900 else 0 end, ${at}, ${at}, ${at}
    from ${months}, ${numbers} join plan on plan.slug = 'starter'`,
  `insert into invoice_directory (reference, account_id, invoice_id)
    select 'RF18' || lpad((number * 100 + month)::text, 12, '0'), ${account}, ${invoice} from ${months}, ${numbers}`,
  `insert into payment (account_id, id, invoice_id, method, status, amount, currency, payer_name, external_payment_id, submitted_by, created_at,
      confirmed_at, refunded_amount)
    select ${account}, ${payment}, ${invoice}, 'bank_transfer', case when ${isPaid} then 'succeeded' else 'pending_approval' end, 2900, 'USD', 'A. Payer',
      'FT' || number || '/' || month, 'user:x', ${at}, case when ${isPaid} then ${at} end, 0 from ${months}, ${numbers}`,
  `insert into money_entry (account_id, id, at, kind, currency, from_book, to_book, amount, payment_id, invoice_id, actor, request_id,
      recorded_at, sequence)
    select ${account}, gen_random_uuid(), ${at}, kind, 'USD', from_book, to_book, 2900, ${payment}, invoice_id, 'staff:x', 'x', null, month * 2 - step
    from ${months}, ${numbers}, lateral (values
      ('payment', 'received', 'balance', null, 1), ('apply', 'balance', 'invoiced', ${invoice}, 0)) moves (kind, from_book, to_book, invoice_id, step)
    where ${isPaid}`,
];

const events = [
  `insert into security_event (id, at, action, actor, request_id, facts) select ${idOf('0198f016', 'number')}, now() - interval '1 minute' * (number % 100000),
    'credit.adjust', 'staff:x', 'x', case when number % 20 = 0 then '{"refused": "role_forbids"}'::jsonb else '{}' end from ${numbers}`,
  `insert into audit_entry (account_id, id, at, action, actor, request_id) select ${account}, ${idOf('0198f017', 'number * 100 + month')}, ${at}, 'site.create', 'user:x', 'x'
    from ${months}, ${numbers}`,
  `insert into webhook_endpoint (account_id, id, url, events, secret, enabled, failing_since, created_by, created_at)
    select ${account}, ${idOf('0198f018', 'number')}, 'https://hooks.example/' || number, '[]', 'x', true,
      case when number % 1000 = 0 then now() - interval '1 day' end, 'user:x', now() from ${numbers} where number % 10 = 0`,
];

/** Tables whose foreign keys the rows are right for by how they are made; to check each of them takes minutes. */
const unchecked = [
  'invoice',
  'invoice_directory',
  'payment',
  'money_entry',
  'audit_entry',
  'membership',
  'api_key',
];

/** Gives accounts that were seeded what pages of staff read: plans, people, keys, money and events. */
export async function seedConsole(database: BenchDatabase, count: number): Promise<void> {
  for (const table of unchecked) await database.run(`alter table ${table} disable trigger all`);
  for (const sql of [...accounts, ...people, ...money, ...events]) await database.run(sql, [count]);
  for (const table of unchecked) await database.run(`alter table ${table} enable trigger all`);
}
