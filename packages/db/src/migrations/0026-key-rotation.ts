import { Migration } from '@mikro-orm/migrations';

const relation = (name: string, column: string) => [
  `alter table api_key add constraint ${name} foreign key (account_id, ${column}) references api_key (account_id, id) not valid`,
  `alter table api_key validate constraint ${name}`,
];

/**
 * Which key a rotation replaced, and the first of its rotations; at most one key replaces another. Who made a key, as the
 * audit tells it for keys that stand already.
 */
export class Migration0026KeyRotation extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql(
      'alter table api_key add column created_by uuid, add column predecessor_id uuid, add column root_id uuid, add check ((predecessor_id is null) = (root_id is null))',
    );
    for (const statement of relation('api_key_predecessor', 'predecessor_id')) this.addSql(statement);
    for (const statement of relation('api_key_root', 'root_id')) this.addSql(statement);
    this.addSql('create unique index api_key_successor on api_key (account_id, predecessor_id)');
    this.addSql(`update api_key set created_by = substr(made.actor, 6)::uuid from audit_entry made
      where made.account_id = api_key.account_id and made.subject_id = api_key.id::text
      and made.action in ('apiKey.create', 'apiKey.rotate') and made.actor like 'user:%'`);
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql(
      'alter table api_key drop column created_by, drop column predecessor_id, drop column root_id',
    );
  }
}
