import { Migration } from '@mikro-orm/migrations';
import { context, directoryStatements } from './restrictive-policies.ts';

const own = `user_id = ${context.user}`;
const policies = (digests: string) => {
  const readable = `(user_id = ${context.user} or ${context.presented} in (${digests}))`;
  return [
    'drop policy session_directory on session',
    'drop policy session_wall on session',
    `create policy session_directory on session to tenantry_api using (${readable}) with check (${own})`,
    `create policy session_wall on session as restrictive to tenantry_api using (${readable}) with check (${own})`,
  ];
};

/** Every refresh token that was exchanged, so that any of them, used again, ends its family. */
export class Migration0007RefreshFamilies extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql(`create table replaced_refresh_token (
      digest text primary key, user_id uuid not null references app_user (id), session_id uuid not null references session (id))`);
    const readable = `(${own} or digest = ${context.presented})`;
    for (const statement of directoryStatements('replaced_refresh_token', readable, own))
      this.addSql(statement);
    this.addSql('grant select, insert on replaced_refresh_token to tenantry_api');
    this.addSql(`insert into replaced_refresh_token (digest, user_id, session_id)
      select previous_refresh_digest, user_id, id from session where previous_refresh_digest is not null`);
    for (const statement of policies('refresh_digest, cookie_digest')) this.addSql(statement);
    this.addSql('alter table session drop column previous_refresh_digest');
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('alter table session add column previous_refresh_digest text');
    this.addSql('create index session_previous on session (previous_refresh_digest)');
    for (const statement of policies('refresh_digest, previous_refresh_digest, cookie_digest'))
      this.addSql(statement);
    this.addSql('drop table replaced_refresh_token');
  }
}
