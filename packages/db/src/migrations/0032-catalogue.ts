import { Migration } from '@mikro-orm/migrations';

/** A version of a package fixes what was sold; the newest that is not withdrawn is on sale. */
const tables = `
create table credit_package (
  id uuid primary key, slug text not null check (slug ~ '^[a-z0-9][a-z0-9_-]{0,49}$'), package_version int not null check (package_version >= 1),
  name text not null, credits bigint not null check (credits >= 1), price_amount bigint not null check (price_amount >= 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'), valid_days int check (valid_days >= 1),
  withdrawn boolean not null default false, unique (slug, package_version));
create table issuer (
  id uuid primary key, issuer_version int not null unique check (issuer_version >= 1), name text not null,
  address text[] not null check (cardinality(address) >= 1), tax_id text, email text);
create table payee (
  issuer_id uuid not null references issuer (id), currency text not null check (currency ~ '^[A-Z]{3}$'), name text not null,
  bank text not null, iban text, bic text, account text[] not null, primary key (issuer_id, currency),
  constraint payee_account_check check (iban is not null or cardinality(account) >= 1));
grant select on credit_package, issuer, payee to tenantry_api, tenantry_admin, tenantry_worker;
`;

/**
 * What a catalogue declares besides plans and operations: packages of credits, and versions of the issuer with its payees.
 * `plan.renews_as` is the version that whoever renews a plan gets; null for the same.
 */
export class Migration0032Catalogue extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql(tables);
    this.addSql('alter table plan add column renews_as uuid references plan (id)');
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql('alter table plan drop column renews_as');
    this.addSql('drop table payee, issuer, credit_package');
  }
}
