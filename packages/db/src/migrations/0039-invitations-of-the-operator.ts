import { Migration } from '@mikro-orm/migrations';

/** Besides members, the operator's own backend invites: the owner of an account that it makes. */
export class Migration0039InvitationsOfTheOperator extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql(
      'alter table invitation alter column invited_by drop not null, add column invited_by_key uuid',
    );
    this.addSql(
      'alter table invitation add constraint invitation_inviter check ((invited_by is null) <> (invited_by_key is null))',
    );
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    // An invitation without a member who made it cannot be accepted, so it must have ended.
    this.addSql(`do $$ begin
      if exists (select from invitation where invited_by is null and accepted_at is null and revoked_at is null
        and expires_at > now()) then
        raise exception 'invitations of service keys are open: revoke them first';
      end if;
    end $$`);
    this.addSql('alter table invitation drop constraint invitation_inviter');
    // Nobody is told who made an invitation that has ended.
    this.addSql('update invitation set invited_by = invited_by_key where invited_by is null');
    this.addSql('alter table invitation alter column invited_by set not null, drop column invited_by_key');
  }
}
