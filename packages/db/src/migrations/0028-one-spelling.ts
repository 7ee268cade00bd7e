import { Migration } from '@mikro-orm/migrations';
import { normaliseEmail } from '@tenantry/domain/email';
import { normaliseDomain } from '@tenantry/domain/hostname';
import { rows } from '../sql.ts';
import { type TableIsolation, isolationStatements } from './isolation-policies.ts';

/** When e-mails of one kind were sent to one mailbox, under a digest of both. */
const emailBound: TableIsolation = {
  table: 'email_bound',
  read: 'bound_key = presented_digest()',
  write: 'bound_key = presented_digest()',
  api: ['select', 'insert', 'update'],
  worker: ['select', 'delete'],
};

const table = 'create table email_bound (bound_key text primary key, sent_at timestamptz[] not null)';

/** Tables with addresses and their digests, and the name of the key that a person can be told. */
const addressTables = ['app_user', 'staff', 'invitation'] as const;

/** Addresses whose domain may have another ASCII form: not letters and digits alone, or a number at the end. */
const otherAddresses = (of: (typeof addressTables)[number]) =>
  `select id, email from ${of} where email !~ '@[a-z0-9.-]*[a-z][a-z0-9-]*$'`;

const taken = (of: 'app_user' | 'staff') => `select id from ${of} where email = $1 and id <> $2`;
const respell = (of: (typeof addressTables)[number]) =>
  `update ${of} set email = $1, email_digest = encode(sha256(convert_to($1, 'UTF8')), 'hex') where id = $2`;

const otherDomains = `select account_id, id, domain from site where domain is not null and deleted_at is null
  and domain !~ '\\.[a-z][a-z0-9-]*$'`;
const takenDomain = `select id from site where account_id = $1 and domain = $2 and id <> $3 and deleted_at is null`;
const respellDomain = 'update site set domain = $1 where account_id = $2 and id = $3';

/** Of the open invitations of one address in one account, the newest alone stays open. */
const endOlderInvitation = `update invitation older set revoked_at = now()
  where older.email_digest = encode(sha256(convert_to($1, 'UTF8')), 'hex') and older.account_id = (
    select account_id from invitation where id = $2) and older.id <> $2 and older.accepted_at is null
    and older.revoked_at is null`;

const rank = (role: string) => `array_position(array['viewer','editor','admin','owner'], ${role})`;

/** An invitation whose inviter could no longer make it cannot be accepted, so it is not open. */
const endDeadInvitations = `update invitation set revoked_at = now(), version = version + 1
  where accepted_at is null and revoked_at is null and not exists (
    select 1 from membership inviter where inviter.account_id = invitation.account_id
      and inviter.user_id = invitation.invited_by and inviter.role in ('owner','admin')
      and ${rank('inviter.role')} >= ${rank('invitation.role')})`;

/** Bounds of e-mails. Addresses, domains and slugs that were stored in another spelling get the one that calls are parsed to. */
export class Migration0028OneSpelling extends Migration {
  override async up(): Promise<void> {
    await this.run("set local lock_timeout = '2s'");
    await this.respellAddresses();
    await this.respellDomains();
    this.addSql("set local lock_timeout = '2s'");
    this.addSql(table);
    for (const sql of isolationStatements(emailBound)) this.addSql(sql);
    this.addSql(endDeadInvitations);
    this.addSql('update plan set slug = lower(slug) where slug <> lower(slug)');
    this.addSql('alter table plan add constraint plan_slug_lower_case check (slug = lower(slug))');
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('alter table plan drop constraint plan_slug_lower_case');
    this.addSql('drop table email_bound');
  }

  private async respellAddresses(): Promise<void> {
    const collisions: string[] = [];
    for (const of of addressTables) {
      for (const { id, email } of await this.run(otherAddresses(of))) {
        const spelled = normaliseEmail(email);
        if (spelled === email) continue;
        if (of === 'invitation') await this.run(endOlderInvitation, [spelled, id]);
        else
          for (const other of await this.run(taken(of), [spelled, id]))
            collisions.push(`${of} ${id} (${email}) and ${other.id} (${spelled})`);
        if (collisions.length === 0) await this.run(respell(of), [spelled, id]);
      }
    }
    refuseCollisions('address', collisions);
  }

  private async respellDomains(): Promise<void> {
    const collisions: string[] = [];
    for (const { id, account_id, domain } of await this.run(otherDomains)) {
      const spelled = normaliseDomain(domain);
      if (spelled === domain) continue;
      for (const other of await this.run(takenDomain, [account_id, spelled, id]))
        collisions.push(`site ${id} (${domain}) and ${other.id} (${spelled}) of account ${account_id}`);
      if (collisions.length === 0) await this.run(respellDomain, [spelled, account_id, id]);
    }
    refuseCollisions('domain', collisions);
  }

  private run(sql: string, values: string[] = []): Promise<Row[]> {
    return rows<Row>({ em: this.getEntityManager() }, sql, values);
  }
}

/** What the select lists above name; a column that is not selected is not read. */
type Row = Record<'id' | 'email' | 'account_id' | 'domain', string>;

function refuseCollisions(kind: string, collisions: readonly string[]): void {
  if (collisions.length === 0) return;
  throw new Error(
    `Two rows have one ${kind} in two spellings. Change one of each pair, then migrate again:\n${collisions.join('\n')}`,
  );
}
