import { context, directoryStatements, loginRoles, restrictivePolicies } from './restrictive-policies.ts';

const ofUser = `user_id = ${context.user}`;
const ofAccount = `account_id = ${context.account}`;
const isSystem = `exists (select 1 from account where id = ${context.account} and system)`;
const isMember = `exists (select 1 from membership where user_id = app_user.id and ${ofAccount})`;

const tenantTables = [
  'subscription',
  'site',
  'sector',
  'api_key',
  'credit_balance',
  'credit_grant',
  'credit_hold',
  'credit_limit',
  'ledger_entry',
  'invitation',
  'invoice',
  'payment',
  'payment_proof',
  'idempotency_record',
  'audit_entry',
  'outbox_message',
];

const presentedIn = (digests: string) => `(${ofUser} or ${context.presented} in (${digests}))`;
const readAs = {
  key_directory: [`key_id = ${context.presented}`, ofAccount],
  external_reference: [ofAccount, ofAccount],
  invoice_directory: [ofAccount, ofAccount],
  invitation_directory: [`token_digest = ${context.presented}`, ofAccount],
  app_user: [
    `(id = ${context.user} or email_digest = ${context.presented} or ${isMember})`,
    `id = ${context.user}`,
  ],
  session: [presentedIn('refresh_digest, cookie_digest'), ofUser],
  email_token: [`(${ofUser} or token_digest = ${context.presented})`, ofUser],
  replaced_refresh_token: [`(${ofUser} or digest = ${context.presented})`, ofUser],
  sign_in_guard: [`guard_key = ${context.presented}`, `guard_key = ${context.presented}`],
  second_factor: [ofUser, ofUser],
  recovery_code: [ofUser, ofUser],
} as const;

/** The policies of the migrations before 0015. */
export const formerPolicies: readonly string[] = [
  ...restrictivePolicies('account', 'id'),
  ...restrictivePolicies('membership', 'account_id', ofUser),
  ...tenantTables.flatMap((table) => restrictivePolicies(table)),
  ...Object.entries(readAs).flatMap(([table, [readable, writable]]) =>
    directoryStatements(table, readable, writable),
  ),
  'create policy account_no_system on account as restrictive for insert to tenantry_api, tenantry_admin, tenantry_worker with check (not system)',
  `create policy platform_metric_system on platform_metric for select to tenantry_api using (${isSystem})`,
  'create policy platform_metric_worker on platform_metric to tenantry_worker using (true) with check (true)',
];

const grants = [
  'select on platform_metric to tenantry_api',
  'select, insert on account, audit_entry, external_reference, invitation_directory, invoice_directory, key_directory, ledger_entry, payment_proof, replaced_refresh_token, security_event to tenantry_api',
  'select, insert, update on api_key, app_user, credit_balance, credit_grant, credit_hold, email_token, invitation, invoice, outbox_message, payment, session, sign_in_guard, site, subscription to tenantry_api',
  'select, insert, update, delete on credit_limit, idempotency_record, membership, recovery_code, second_factor, sector to tenantry_api',
  'select on invitation to tenantry_admin',
  'select, insert on account, audit_entry, external_reference, invoice_directory, key_directory, ledger_entry, payment_proof, security_event to tenantry_admin',
  'select, update on credit_limit to tenantry_admin',
  'select, insert, update on api_key, app_user, credit_balance, credit_grant, credit_hold, idempotency_record, invoice, membership, outbox_message, payment, sector, session, sign_in_guard, site, subscription to tenantry_admin',
  'update (name, status, status_reason, payment_method, version) on account to tenantry_api, tenantry_admin',
  'select on account, api_key, site, subscription to tenantry_worker',
  'select, delete on idempotency_record to tenantry_worker',
  'select, insert on ledger_entry to tenantry_worker',
  'select, update on credit_limit to tenantry_worker',
  'select, insert, update on credit_balance, credit_grant, credit_hold, outbox_message, platform_metric to tenantry_worker',
];

/** Gives the login roles the privileges that they had before 0015, and no other, on the tables named. */
export const formerGrants = (tables: readonly string[]): string[] => [
  `revoke all on ${tables.join(', ')} from ${loginRoles.join(', ')}`,
  ...grants.map((grant) => `grant ${grant}`),
];
