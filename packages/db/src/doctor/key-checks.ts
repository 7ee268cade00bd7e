import type { Check } from './check.ts';

const tenantTables = `select attrelid from pg_attribute where attname = 'account_id' and not attisdropped`;
const directories = `('key_directory', 'external_reference', 'invoice_directory', 'credit_note_directory', 'invitation_directory', 'account_directory', 'account_import')`;

/** Keys: the account is part of each, so that no row refers across accounts and tables can be sharded by account. */
export const keyChecks: readonly Check[] = [
  `select format('%s on %s does not include account_id', index.indexrelid::regclass, index.indrelid::regclass) as fault
    from pg_index index join pg_class relation on relation.oid = index.indrelid
    where index.indisunique and index.indrelid in (${tenantTables}) and relation.relname not in ${directories}
    and not exists (select 1 from pg_attribute a where a.attrelid = index.indrelid and a.attname = 'account_id'
      and a.attnum = any (index.indkey))`,
  `select format('foreign key %s on %s does not include account_id', conname, conrelid::regclass) as fault
    from pg_constraint where contype = 'f' and conrelid in (${tenantTables}) and confrelid in (${tenantTables})
    and not exists (select 1 from pg_attribute a where a.attrelid = conrelid and a.attname = 'account_id' and a.attnum = any (conkey))`,
  `select format('account_id may be null on %s', attrelid::regclass) as fault from pg_attribute a
    join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where a.attname = 'account_id' and not a.attnotnull and not a.attisdropped and c.relkind in ('r', 'p') and n.nspname = 'public'`,
];
