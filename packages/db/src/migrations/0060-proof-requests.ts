import { Migration } from '@mikro-orm/migrations';
import { isolationStatements, tenantTable } from './isolation-policies.ts';

const table = `create table payment_proof_request (
    account_id uuid not null, id uuid not null, payment_id uuid not null, at timestamptz not null,
    asked_by text not null, reason text not null, primary key (account_id, id),
    foreign key (account_id, payment_id) references payment (account_id, id))`;

/** When staff asked the payer of a bank transfer for a proof, and why. */
export class Migration0060ProofRequests extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql(table);
    this.addSql(
      'create index payment_proof_request_payment on payment_proof_request (account_id, payment_id)',
    );
    const isolation = isolationStatements(
      tenantTable('payment_proof_request', { admin: ['select', 'insert'] }),
    );
    for (const sql of isolation) this.addSql(sql);
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('drop table payment_proof_request');
  }
}
