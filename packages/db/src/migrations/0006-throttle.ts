import { Migration } from '@mikro-orm/migrations';

/** Counts of calls for several processes that have no Redis. Unlogged: after a crash every window begins anew. */
export class Migration0006Throttle extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql(
      'create unlogged table throttle_bucket (key text primary key, points int not null, expire bigint)',
    );
    this.addSql('create index throttle_bucket_expire on throttle_bucket (expire)');
    this.addSql('grant select, insert, update, delete on throttle_bucket to tenantry_api, tenantry_admin');
    this.addSql('grant select, delete on throttle_bucket to tenantry_worker');
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('drop table throttle_bucket');
  }
}
