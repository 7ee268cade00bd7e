import { type TableIsolation, tenantTable } from './isolation-policies.ts';

const read = ['select'] as const;
const append = ['insert'] as const;
const add = ['select', 'insert'] as const;
const change = ['select', 'update'] as const;
const write = ['select', 'insert', 'update'] as const;
const all = ['select', 'insert', 'update', 'delete'] as const;

const ofUser = 'user_id = current_user_id()';
const ofAccount = 'account_id = current_account_id()';

const tenantTables = [
  tenantTable('membership', { api: all, admin: read }),
  tenantTable('invitation', { api: write }),
  tenantTable('subscription', { api: write, admin: change, worker: read }),
  tenantTable('site', { api: write, admin: read, worker: read }),
  tenantTable('sector', { api: all }),
  tenantTable('api_key', { api: write, worker: read }),
  tenantTable('credit_balance', { api: write, admin: change, worker: change }),
  tenantTable('credit_grant', { api: write, admin: write, worker: write }),
  tenantTable('credit_hold', { api: write, admin: change, worker: change }),
  tenantTable('credit_limit', { api: all, admin: change, worker: change }),
  tenantTable('ledger_entry', { api: add, admin: add, worker: add }),
  tenantTable('invoice', { api: write, admin: change }),
  tenantTable('payment', { api: write, admin: write }),
  tenantTable('payment_proof', { api: add, admin: add }),
  tenantTable('idempotency_record', { api: all, admin: write, worker: ['select', 'delete'] }),
  tenantTable('audit_entry', { api: append, admin: append }),
  tenantTable('outbox_message', { api: append, admin: append, worker: add }),
];

/** Directory tables: a row shows itself to whoever presents its digest, or to the user or account it names. */
const directories: TableIsolation[] = [
  {
    table: 'membership_directory',
    read: `${ofUser} or ${ofAccount}`,
    write: ofAccount,
    api: ['select', 'insert', 'delete'],
  },
  { table: 'key_directory', read: 'key_id = presented_digest()', write: ofAccount, api: add },
  { table: 'invitation_directory', read: 'token_digest = presented_digest()', write: ofAccount, api: add },
  { table: 'invoice_directory', read: ofAccount, write: ofAccount, api: append },
  { table: 'external_reference', read: ofAccount, write: ofAccount, admin: add },
];

const people: TableIsolation[] = [
  {
    table: 'app_user',
    read: 'id = current_user_id() or email_digest = presented_digest() or is_member_of_current_account(id)',
    write: 'id = current_user_id()',
    api: write,
    admin: read,
  },
  {
    table: 'session',
    read: `${ofUser} or refresh_digest = presented_digest() or cookie_digest = presented_digest()`,
    write: ofUser,
    api: write,
  },
  {
    table: 'replaced_refresh_token',
    read: `${ofUser} or digest = presented_digest()`,
    write: ofUser,
    api: add,
  },
  { table: 'email_token', read: `${ofUser} or token_digest = presented_digest()`, write: ofUser, api: write },
  { table: 'second_factor', read: ofUser, write: ofUser, api: all },
  { table: 'recovery_code', read: ofUser, write: ofUser, api: all },
  {
    table: 'sign_in_guard',
    read: 'guard_key = presented_digest()',
    write: 'guard_key = presented_digest()',
    api: write,
    admin: write,
  },
];

const account: TableIsolation = {
  table: 'account',
  read: 'id = current_account_id()',
  write: 'id = current_account_id()',
  insert: 'id = current_account_id() and not system',
  columns: ['name', 'status', 'status_reason', 'payment_method', 'version'],
  api: write,
  admin: change,
  worker: read,
};

const platformMetric: TableIsolation = {
  table: 'platform_metric',
  read: 'current_account_is_system()',
  write: 'false',
  api: read,
  worker: write,
};

/** Every isolated table, with what each role may do with it. */
export const isolatedTables: readonly TableIsolation[] = [
  account,
  ...tenantTables,
  ...directories,
  ...people,
  platformMetric,
];
