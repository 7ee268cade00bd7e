import { Migration } from '@mikro-orm/migrations';
import { type TableIsolation, isolationStatements, tenantTable } from './isolation-policies.ts';

/** What an endpoint of an account and one of the operator have in common. */
const endpointColumns = `url text not null, description text, events jsonb not null,
  enabled boolean not null, disabled_reason text check (disabled_reason in ('asked', 'failing', 'gone')), disabled_at timestamptz,
  secret text not null, previous_secret text, previous_secret_until timestamptz,
  failing_since timestamptz, since timestamptz not null default clock_timestamp(), deleted_at timestamptz,
  created_by text not null, created_at timestamptz not null, version int not null default 1,
  check (enabled = (disabled_reason is null)), check ((previous_secret is null) = (previous_secret_until is null))`;

const tables = [
  `create table webhook_endpoint (account_id uuid not null references account (id), id uuid not null,
    ${endpointColumns}, primary key (account_id, id))`,
  `create table operator_webhook_endpoint (id uuid primary key, ${endpointColumns})`,
  // The messages of one account that wait for one endpoint, in their order.
  `create table webhook_queue (account_id uuid not null references account (id), endpoint_id uuid not null,
    own_endpoint_id uuid, operator_endpoint_id uuid references operator_webhook_endpoint (id),
    next_attempt_at timestamptz, lease uuid, is_suspect boolean not null default false,
    primary key (account_id, endpoint_id),
    foreign key (account_id, own_endpoint_id) references webhook_endpoint (account_id, id),
    check (num_nonnulls(own_endpoint_id, operator_endpoint_id) = 1),
    check (endpoint_id = coalesce(own_endpoint_id, operator_endpoint_id)))`,
  `create table webhook_delivery (account_id uuid not null, id uuid not null, endpoint_id uuid not null,
    is_operators boolean not null, message_id uuid not null, type text not null, queued_at timestamptz not null,
    status text not null default 'pending' check (status in ('pending', 'delivered', 'failed')),
    attempts int not null default 0, since timestamptz not null, created_at timestamptz not null, finished_at timestamptz,
    primary key (account_id, id), unique (account_id, endpoint_id, message_id),
    foreign key (account_id, endpoint_id) references webhook_queue (account_id, endpoint_id),
    foreign key (account_id, message_id) references outbox_message (account_id, id),
    check ((status = 'pending') = (finished_at is null)))`,
  `create table webhook_attempt (account_id uuid not null, id uuid not null, delivery_id uuid not null,
    endpoint_id uuid not null, is_operators boolean not null, message_id uuid not null, type text not null,
    at timestamptz not null, outcome text not null, status int, duration_milliseconds int not null, answer text,
    primary key (account_id, id), foreign key (account_id, delivery_id) references webhook_delivery (account_id, id))`,
];

const indexes = [
  'create index outbox_message_waiting on outbox_message (queued_at, id) where sent_at is null and queued_at is not null',
  'create index webhook_queue_due on webhook_queue (next_attempt_at) where next_attempt_at is not null',
  'create index webhook_queue_of_operator on webhook_queue (operator_endpoint_id, next_attempt_at) where operator_endpoint_id is not null',
  "create index webhook_delivery_waiting on webhook_delivery (account_id, endpoint_id, queued_at, message_id) where status = 'pending'",
  'create index webhook_delivery_of_endpoint on webhook_delivery (account_id, endpoint_id, id)',
  'create index webhook_delivery_finished on webhook_delivery (finished_at) where finished_at is not null',
  'create index webhook_attempt_of_endpoint on webhook_attempt (account_id, endpoint_id, id)',
  'create index webhook_attempt_of_delivery on webhook_attempt (account_id, delivery_id)',
];

/** The API sees the rows of the account's own endpoints, and none of the operator's. */
const ownRows = (
  table: string,
  condition: string,
  grants: Pick<TableIsolation, 'api' | 'worker' | 'columns'>,
): TableIsolation => {
  const own = `account_id = current_account_id() and ${condition}`;
  return { table, read: own, write: own, ...grants };
};

const isolated: TableIsolation[] = [
  tenantTable('webhook_endpoint', { api: ['select', 'insert', 'update'], worker: ['select'] }),
  {
    table: 'operator_webhook_endpoint',
    read: 'false',
    write: 'false',
    admin: ['select', 'insert', 'update'],
    worker: ['select'],
  },
  ownRows('webhook_queue', 'operator_endpoint_id is null', {
    api: ['select', 'update'],
    worker: ['select', 'insert', 'update'],
    columns: ['next_attempt_at', 'lease', 'is_suspect'],
  }),
  ownRows('webhook_delivery', 'not is_operators', {
    api: ['select', 'update'],
    worker: ['select', 'insert', 'update', 'delete'],
    columns: ['status', 'attempts', 'since', 'queued_at', 'finished_at'],
  }),
  ownRows('webhook_attempt', 'not is_operators', { api: ['select'], worker: ['select', 'insert', 'delete'] }),
];

/** What the worker changes of rows that others make: no address, no secret and no message. */
const workerUpdates = [
  ['webhook_endpoint', 'enabled, disabled_reason, disabled_at, failing_since'],
  ['operator_webhook_endpoint', 'enabled, disabled_reason, disabled_at, failing_since'],
  ['outbox_message', 'sent_at, body'],
].flatMap(([table, columns]) => [
  `grant update (${columns}) on ${table} to tenantry_worker`,
  `create policy ${table}_worker_update on ${table} for update to tenantry_worker using (true) with check (true)`,
]);

/**
 * Endpoints of webhooks and the relay of the outbox. `queued_at` is the clock of the database at the insert of a message:
 * of two changes of which one waited for the other it tells the order. Messages from before have none and are not relayed.
 */
export class Migration0045Webhooks extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('alter table outbox_message add column queued_at timestamptz, add column body text');
    this.addSql('alter table outbox_message alter column queued_at set default clock_timestamp()');
    for (const sql of [...tables, ...indexes]) this.addSql(sql);
    for (const isolation of isolated) for (const sql of isolationStatements(isolation)) this.addSql(sql);
    for (const sql of workerUpdates) this.addSql(sql);
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('drop table webhook_attempt, webhook_delivery, webhook_queue');
    this.addSql('drop table webhook_endpoint, operator_webhook_endpoint');
    this.addSql('drop policy outbox_message_worker_update on outbox_message');
    this.addSql('revoke update on outbox_message from tenantry_worker');
    this.addSql('drop index outbox_message_waiting');
    this.addSql('alter table outbox_message drop column queued_at, drop column body');
  }
}
