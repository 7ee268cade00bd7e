import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, openTestDatabase } from '../../database.ts';

let database: TestDatabase;
let worker: pg.Client;
beforeAll(async () => {
  database = await openTestDatabase();
  worker = new pg.Client({ connectionString: database.url('tenantry_worker') });
  await worker.connect();
});
afterAll(async () => {
  await worker.end();
  await database.close();
});

const tables = [
  'app_user',
  'email_bound',
  'email_delivery',
  'membership',
  'operator_webhook_endpoint',
  'operator_webhook_test',
  'outbox_message',
  'webhook_attempt',
  'webhook_delivery',
  'webhook_endpoint',
  'webhook_queue',
];

describe('the role of the worker', () => {
  it('has these rights on the tables of the relay, and no others', async () => {
    const granted = await database.query(
      `select c.relname || coalesce('.' || part.name, '') || ' ' || string_agg(lower(acl.privilege_type), ' ' order by acl.privilege_type) as name
       from pg_class c cross join lateral (
         select null::text as name, c.relacl as list union all
         select attname, attacl from pg_attribute where attrelid = c.oid and attacl is not null) part
       cross join aclexplode(part.list) acl
       where c.relnamespace = 'public'::regnamespace and acl.grantee = 'tenantry_worker'::regrole and c.relname = any ($1)
       group by c.relname, part.name order by 1`,
      [tables],
    );
    const disable = ['disabled_at', 'disabled_reason', 'enabled', 'failing_since'];
    expect(granted.map(({ name }) => name)).toEqual(
      [
        'app_user.email select',
        'app_user.id select',
        'email_bound delete insert select update',
        'email_delivery delete insert select update',
        ...['account_id', 'role', 'user_id'].map((column) => `membership.${column} select`),
        'operator_webhook_endpoint select',
        ...disable.map((column) => `operator_webhook_endpoint.${column} update`),
        'operator_webhook_test delete select',
        ...['answer', 'duration_milliseconds', 'finished_at', 'next_attempt_at', 'outcome', 'status'].map(
          (column) => `operator_webhook_test.${column} update`,
        ),
        'outbox_message insert select',
        ...['body', 'sent_at'].map((column) => `outbox_message.${column} update`),
        'webhook_attempt delete insert select',
        'webhook_delivery delete insert select',
        ...['attempts', 'finished_at', 'queued_at', 'since', 'status'].map(
          (column) => `webhook_delivery.${column} update`,
        ),
        'webhook_endpoint select',
        ...disable.map((column) => `webhook_endpoint.${column} update`),
        'webhook_queue insert select',
        ...['is_suspect', 'lease', 'next_attempt_at'].map((column) => `webhook_queue.${column} update`),
      ].toSorted((left, right) => (left < right ? -1 : 1)),
    );
  });

  it.each([
    'select password_hash from app_user',
    'select name from app_user',
    'select * from second_factor',
    'select * from session',
    'select created_at from membership',
    "update webhook_endpoint set url = 'https://evil.example/'",
    "update webhook_endpoint set secret = 'x'",
    "update outbox_message set payload = '{}'",
    'delete from outbox_message',
    'delete from webhook_endpoint',
    'update operator_webhook_test set endpoint_id = id',
  ])('may not %s', async (sql) => {
    await expect(worker.query(sql)).rejects.toThrow(/permission denied/);
  });

  it('is the only one besides the owner that writes what is sent: the API reads no message, and staff change none', async () => {
    const reads = ['select * from outbox_message', 'select * from email_delivery'];
    const changes = [
      "update outbox_message set body = 'x'",
      'update email_delivery set user_id = account_id',
      "update operator_webhook_test set outcome = 'delivered'",
    ];
    for (const [role, refused] of [
      ['tenantry_api', [...reads, ...changes]],
      ['tenantry_admin', changes],
    ] as const) {
      const client = new pg.Client({ connectionString: database.url(role) });
      await client.connect();
      for (const sql of refused) await expect(client.query(sql)).rejects.toThrow(/permission denied/);
      await client.end();
    }
  });
});
