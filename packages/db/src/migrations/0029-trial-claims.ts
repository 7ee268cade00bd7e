import { Migration } from '@mikro-orm/migrations';
import { type TableIsolation, isolationStatements } from './isolation-policies.ts';

/** Who has had the credits of a trial; a person has them once. */
const trialClaim: TableIsolation = {
  table: 'trial_claim',
  read: 'user_id = current_user_id()',
  write: 'user_id = current_user_id()',
  api: ['select', 'insert'],
};

const table = `create table trial_claim (
  user_id uuid primary key references app_user (id), claimed_at timestamptz not null)`;

/** Whoever registered an account that was given the credits of a registration has had them. */
const claimEarlier = `insert into trial_claim (user_id, claimed_at)
  select person.id, min(entry.at)
  from audit_entry entry join app_user person on person.id::text = entry.subject_id
  where entry.action = 'registration.create' and exists (
    select 1 from credit_grant given where given.account_id = entry.account_id and given.reference = 'registration')
  group by person.id`;

/** A person's trial credits come once, whatever the number of their accounts. */
export class Migration0029TrialClaims extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql(table);
    for (const sql of isolationStatements(trialClaim)) this.addSql(sql);
    this.addSql(claimEarlier);
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('drop table trial_claim');
  }
}
