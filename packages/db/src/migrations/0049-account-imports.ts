import { Migration } from '@mikro-orm/migrations';
import { type TableIsolation, isolationStatements } from './isolation-policies.ts';

/** The owner of the schema alone imports. */
const isolation: TableIsolation = { table: 'account_import', read: 'false', write: 'false' };

/** Which accounts of another product were brought here, each once, and what they were then. */
export class Migration0049AccountImports extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql(`create table account_import (
      source_id text primary key check (char_length(source_id) between 1 and 200), account_id uuid not null unique,
      imported_at timestamptz not null, digest text not null, facts jsonb not null)`);
    for (const sql of isolationStatements(isolation)) this.addSql(sql);
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql(`do $$ begin
      if exists (select from account_import) then
        raise exception 'accounts were imported: without their rows they would be imported again';
      end if;
    end $$`);
    this.addSql('drop table account_import');
  }
}
