import { Migration } from '@mikro-orm/migrations';
import { type TableIsolation, dropPoliciesOf, isolationStatements } from './isolation-policies.ts';

const ofUser = 'user_id = current_user_id()';

const refreshToken: TableIsolation = {
  table: 'refresh_token',
  read: `${ofUser} or digest = presented_digest()`,
  write: ofUser,
  api: ['select', 'insert'],
};

const session: TableIsolation = {
  table: 'session',
  read: `${ofUser} or cookie_digest = presented_digest()`,
  write: ofUser,
  columns: ['revoked_at', 'refresh_generation', 'refreshed_at'],
  api: ['select', 'insert', 'update'],
  // Staff who remove a second factor end the sessions of its person.
  admin: ['select', 'update'],
};

const formerRefreshToken: TableIsolation = { ...refreshToken, table: 'replaced_refresh_token' };

const formerSession: TableIsolation = {
  table: 'session',
  read: `${ofUser} or refresh_digest = presented_digest() or cookie_digest = presented_digest()`,
  write: ofUser,
  api: ['select', 'insert', 'update'],
};

const isolate = (isolation: TableIsolation) => [
  dropPoliciesOf(isolation.table),
  ...isolationStatements(isolation),
];

/**
 * Every refresh token of a session with its generation. An exchange makes the next generation; several tokens of one
 * generation are equally good. Sessions in a cookie have none.
 */
export class Migration0025RefreshTokens extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('alter table session add column refresh_generation int not null default 0');
    this.addSql('alter table session add column refreshed_at timestamptz');
    this.addSql('alter table replaced_refresh_token rename to refresh_token');
    this.addSql('alter table refresh_token add column generation int not null default 0');
    this.addSql('update session set refresh_generation = 1');
    this.addSql(`insert into refresh_token (digest, user_id, session_id, generation)
      select refresh_digest, user_id, id, 1 from session where cookie_digest is null`);
    for (const sql of [...isolate(session), ...isolate(refreshToken)]) this.addSql(sql);
    this.addSql('alter table session drop column refresh_digest');
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('alter table session add column refresh_digest text');
    this.addSql(`update session set refresh_digest = coalesce((select max(digest) from refresh_token
      where session_id = session.id and generation = session.refresh_generation), 'none ' || id)`);
    this.addSql('alter table session alter column refresh_digest set not null');
    this.addSql('alter table session add constraint session_refresh_digest_key unique (refresh_digest)');
    this.addSql('delete from refresh_token using session where refresh_digest = digest');
    this.addSql('alter table refresh_token drop column generation');
    this.addSql('alter table refresh_token rename to replaced_refresh_token');
    for (const sql of [...isolate(formerSession), ...isolate(formerRefreshToken)]) this.addSql(sql);
    this.addSql('alter table session drop column refresh_generation, drop column refreshed_at');
  }
}
