import { Migration } from '@mikro-orm/migrations';

const tables = ['idempotency_record', 'person_idempotency_record'];

/** The whole and the streamed form of a run share their keys; the stored answer is that of a whole run. */
const shareKeysOfRuns = [
  // Text and not jsonb, which refuses an output that has a NUL.
  `update idempotency_record set body = left(body, -1) || ',"finishReason":"stop"}'
    where procedure in ('operation.run', 'operation.stream') and state = 'done'`,
  `update idempotency_record streamed set procedure = 'operation.run' where procedure = 'operation.stream'
    and not exists (select from idempotency_record whole where whole.account_id = streamed.account_id
      and whole.procedure = 'operation.run' and whole.key = streamed.key)`,
];

/**
 * Who may be given a stored answer, and which request owns a key: `sites` are those that a caller must see, null for
 * every site of the account.
 */
export class Migration0022StoredAnswers extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    for (const table of tables)
      this.addSql(
        `alter table ${table} add column sites jsonb, add column request_id text not null default ''`,
      );
    for (const sql of shareKeysOfRuns) this.addSql(sql);
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    for (const table of tables) this.addSql(`alter table ${table} drop column sites, drop column request_id`);
  }
}
