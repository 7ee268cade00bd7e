import { Migration } from '@mikro-orm/migrations';
import { type TableIsolation, isolationStatements } from './isolation-policies.ts';

/** Staff and commands ask for a test, the worker sends it, and no tenant sees any. */
const isolation: TableIsolation = {
  table: 'operator_webhook_test',
  read: 'false',
  write: 'false',
  admin: ['select', 'insert'],
  worker: ['select', 'update', 'delete'],
  columns: ['next_attempt_at', 'finished_at', 'outcome', 'status', 'duration_milliseconds', 'answer'],
};

/** Tests of the operator's webhook endpoints: they belong to no account, so they are no messages of the outbox. */
export class Migration0054OperatorTests extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql(`create table operator_webhook_test (id uuid primary key,
      endpoint_id uuid not null references operator_webhook_endpoint (id), created_by text not null, created_at timestamptz not null,
      next_attempt_at timestamptz, finished_at timestamptz, outcome text, status int, duration_milliseconds int, answer text,
      check ((finished_at is null) = (outcome is null)), check ((finished_at is null) = (next_attempt_at is not null)))`);
    this.addSql(
      'create index operator_webhook_test_due on operator_webhook_test (next_attempt_at) where next_attempt_at is not null',
    );
    this.addSql('create index operator_webhook_test_of_endpoint on operator_webhook_test (endpoint_id, id)');
    for (const sql of isolationStatements(isolation)) this.addSql(sql);
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('drop table operator_webhook_test');
  }
}
