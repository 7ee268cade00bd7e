import { Migration } from '@mikro-orm/migrations';
import { type TableIsolation, isolationStatements } from './isolation-policies.ts';

const ofPerson = 'person_id = current_user_id()';

/** Marks of calls that a user or staff makes without an account. The API sees those of its user. */
const personIdempotency: TableIsolation = {
  table: 'person_idempotency_record',
  read: ofPerson,
  write: ofPerson,
  api: ['select', 'insert', 'update', 'delete'],
  admin: ['select', 'insert', 'update', 'delete'],
  worker: ['select', 'delete'],
};

const table = `create table person_idempotency_record (
  person_id uuid not null, procedure text not null, key text not null, fingerprint text not null,
  state text not null check (state in ('running','done')),
  status int, body text, created_at timestamptz not null, expires_at timestamptz not null,
  primary key (person_id, procedure, key))`;

/** The answer to a bank's reference, as every other stored answer. */
const moveAnswers = `insert into idempotency_record
  (account_id, procedure, key, fingerprint, state, status, body, created_at, expires_at)
  select account_id, 'billing.confirmBankTransfer', 'reference ' || reference, reference, 'done', 200, answer, now(),
    '9999-12-31T00:00:00Z' from external_reference on conflict do nothing`;

const bringAnswersBack = `update external_reference set answer = stored.body from idempotency_record stored
  where stored.account_id = external_reference.account_id and stored.procedure = 'billing.confirmBankTransfer'
    and stored.key = 'reference ' || external_reference.reference`;

/** One mechanism keeps the answers of every repeated call: with a key of the caller, or with a bank's reference. */
export class Migration0016OneIdempotency extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql(table);
    for (const sql of isolationStatements(personIdempotency)) this.addSql(sql);
    this.addSql('create index person_idempotency_record_expiry on person_idempotency_record (expires_at)');
    this.addSql(moveAnswers);
    this.addSql('alter table external_reference drop column answer');
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql("alter table external_reference add column answer text not null default ''");
    this.addSql(bringAnswersBack);
    this.addSql('alter table external_reference alter column answer drop default');
    this.addSql('drop table person_idempotency_record');
  }
}
