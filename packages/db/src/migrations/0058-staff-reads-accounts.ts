import { Migration } from '@mikro-orm/migrations';

/** What staff read and change of one account besides what they find it by: keys, invitations, webhooks, e-mails. */
const grants = [
  'update (revoked_at, version) on api_key',
  'select, update (revoked_at, version) on invitation',
  'select on sector',
  'select on outbox_message',
  'select, update (status, attempts, is_counted, next_attempt_at, since, finished_at, lease) on email_delivery',
  'select on webhook_attempt',
  'select, update (status, attempts, since, queued_at, finished_at) on webhook_delivery',
  'select, update (next_attempt_at) on webhook_queue',
];

const read = [
  'sector',
  'outbox_message',
  'webhook_attempt',
  'invitation',
  'email_delivery',
  'webhook_delivery',
  'webhook_queue',
];
const changed = ['api_key', 'invitation', 'email_delivery', 'webhook_delivery', 'webhook_queue'];

/** One permissive policy for each verb. A policy of an earlier right that was taken away since may still be there. */
const policies = [
  ...read.map((table) => ({ table, verb: 'select', clause: 'using (true)' })),
  ...changed.map((table) => ({ table, verb: 'update', clause: 'using (true) with check (true)' })),
];
const nameOf = ({ table, verb }: { table: string; verb: string }) => `${table}_admin_${verb}`;

/**
 * Staff read what an account's own people read, and end its keys and invitations. The ORM's filter binds a transaction
 * of staff to the one account that it has entered.
 */
export class Migration0058StaffReadsAccounts extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    for (const grant of grants) this.addSql(`grant ${grant} to tenantry_admin`);
    for (const policy of policies) {
      this.addSql(`drop policy if exists ${nameOf(policy)} on ${policy.table}`);
      this.addSql(
        `create policy ${nameOf(policy)} on ${policy.table} for ${policy.verb} to tenantry_admin ${policy.clause}`,
      );
    }
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    for (const policy of policies) this.addSql(`drop policy ${nameOf(policy)} on ${policy.table}`);
    for (const grant of grants) this.addSql(`revoke ${grant} from tenantry_admin`);
  }
}
