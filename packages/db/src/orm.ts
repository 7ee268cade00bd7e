import { MikroORM } from '@mikro-orm/postgresql';
import { databaseTimeouts } from '@tenantry/domain/timeouts';
import type { Pool } from 'pg';
import { Migrator } from '@mikro-orm/migrations';
import { Account, AccountDirectoryEntry } from './account/entity.ts';
import { AuditEntry, OutboxMessage } from './audit/entity.ts';
import { CreditNote } from './billing/credit-note.ts';
import {
  ExternalReference,
  Invoice,
  InvoiceDirectoryEntry,
  MoneyEntry,
  Payment,
  PaymentProof,
} from './billing/entity.ts';
import { CreditPackage, Issuer, OwnFeature, OwnLimit, Payee } from './catalogue/entity.ts';
import { CreditGrant, CreditHold, CreditLimit, LedgerEntry } from './credit/entity.ts';
import { CreditProposal } from './credit-proposal/entity.ts';
import { ApiKey, KeyDirectoryEntry } from './api-key/entity.ts';
import { EmailToken } from './email-token/entity.ts';
import { Invitation, InvitationDirectoryEntry } from './invitation/entity.ts';
import { giveBackLost } from './lost-connections.ts';
import { Membership, MembershipDirectoryEntry } from './membership/entity.ts';
import { Migration0001Foundation } from './migrations/0001-foundation.ts';
import { Migration0002Facts } from './migrations/0002-facts.ts';
import { Migration0003MembersAndKeys } from './migrations/0003-members-and-keys.ts';
import { Migration0004Identity } from './migrations/0004-identity.ts';
import { Migration0005SecondFactor } from './migrations/0005-second-factor.ts';
import { Migration0006Throttle } from './migrations/0006-throttle.ts';
import { Migration0007RefreshFamilies } from './migrations/0007-refresh-families.ts';
import { Migration0008SystemAccounts } from './migrations/0008-system-accounts.ts';
import { Migration0009LedgerFacts } from './migrations/0009-ledger-facts.ts';
import { Migration0010Corrections } from './migrations/0010-corrections.ts';
import { Migration0011CreditIndexes } from './migrations/0011-credit-indexes.ts';
import { Migration0012Usage } from './migrations/0012-usage.ts';
import { Migration0013PlanCredits } from './migrations/0013-plan-credits.ts';
import { Migration0014SpendingLimits } from './migrations/0014-spending-limits.ts';
import { Migration0015PermissivePolicies } from './migrations/0015-permissive-policies.ts';
import { Migration0016OneIdempotency } from './migrations/0016-one-idempotency.ts';
import { Migration0017ArchivedSites } from './migrations/0017-archived-sites.ts';
import { Migration0018PaidPeriods } from './migrations/0018-paid-periods.ts';
import { Migration0019VoidInvoices } from './migrations/0019-void-invoices.ts';
import { Migration0020CreditThrottles } from './migrations/0020-credit-throttles.ts';
import { Migration0021KeptCounts } from './migrations/0021-kept-counts.ts';
import { Migration0022StoredAnswers } from './migrations/0022-stored-answers.ts';
import { Migration0023UnitsOfOperations } from './migrations/0023-units-of-operations.ts';
import { Migration0024SignInAttempts } from './migrations/0024-sign-in-attempts.ts';
import { Migration0025RefreshTokens } from './migrations/0025-refresh-tokens.ts';
import { Migration0026KeyRotation } from './migrations/0026-key-rotation.ts';
import { Migration0028OneSpelling } from './migrations/0028-one-spelling.ts';
import { Migration0029TrialClaims } from './migrations/0029-trial-claims.ts';
import { Migration0030UnusedRights } from './migrations/0030-unused-rights.ts';
import { Migration0031OwnFeaturesAndLimits } from './migrations/0031-own-features-and-limits.ts';
import { Migration0032Catalogue } from './migrations/0032-catalogue.ts';
import { Migration0033ServiceKeys } from './migrations/0033-service-keys.ts';
import { Migration0034AskedAccounts } from './migrations/0034-asked-accounts.ts';
import { Migration0035OperationPrices } from './migrations/0035-operation-prices.ts';
import { Migration0038DisabledStaff } from './migrations/0038-disabled-staff.ts';
import { Migration0039InvitationsOfTheOperator } from './migrations/0039-invitations-of-the-operator.ts';
import { Migration0040InvoiceFacts } from './migrations/0040-invoice-facts.ts';
import { Migration0041MoneyEntries } from './migrations/0041-money-entries.ts';
import { Migration0042MoneyBack } from './migrations/0042-money-back.ts';
import { Migration0043SubscriptionLife } from './migrations/0043-subscription-life.ts';
import { Migration0044UpgradeAmounts } from './migrations/0044-upgrade-amounts.ts';
import { Migration0045Webhooks } from './migrations/0045-webhooks.ts';
import { Migration0046OutboxEmails } from './migrations/0046-outbox-emails.ts';
import { Migration0047Statements } from './migrations/0047-statements.ts';
import { Migration0048DueInvoices } from './migrations/0048-due-invoices.ts';
import { Migration0049AccountImports } from './migrations/0049-account-imports.ts';
import { Migration0050BillingDetails } from './migrations/0050-billing-details.ts';
import { Migration0051CreditNotes } from './migrations/0051-credit-notes.ts';
import { Migration0052OwedByGrant } from './migrations/0052-owed-by-grant.ts';
import { Migration0053JournalAndLines } from './migrations/0053-journal-and-lines.ts';
import { Migration0054OperatorTests } from './migrations/0054-operator-tests.ts';
import { Migration0055StaffSecurity } from './migrations/0055-staff-security.ts';
import { Migration0056AuditChain } from './migrations/0056-audit-chain.ts';
import { Migration0057Overview } from './migrations/0057-overview.ts';
import { Migration0058StaffReadsAccounts } from './migrations/0058-staff-reads-accounts.ts';
import { Migration0059StaffChangesAccounts } from './migrations/0059-staff-changes-accounts.ts';
import { Migration0060ProofRequests } from './migrations/0060-proof-requests.ts';
import { Migration0061CatalogueByStaff } from './migrations/0061-catalogue-by-staff.ts';
import { Plan } from './plan/entity.ts';
import { ServiceKey } from './service-key/entity.ts';
import { closeSilent } from './silent-connections.ts';
import { Session } from './session/entity.ts';
import { Sector, Site } from './site/entity.ts';
import { SecurityEvent, Staff, StaffSession } from './staff/entity.ts';
import { ProviderEvent, StatementFile } from './statement/entity.ts';
import { Subscription, SubscriptionEvent, SubscriptionPeriod, UpgradeCredit } from './subscription/entity.ts';
import { User } from './user/entity.ts';
import {
  OperatorWebhookEndpoint,
  WebhookAttempt,
  WebhookDelivery,
  WebhookEndpoint,
} from './webhook/entity.ts';

export const entities = [
  Account,
  AccountDirectoryEntry,
  ApiKey,
  AuditEntry,
  CreditGrant,
  CreditHold,
  CreditLimit,
  CreditNote,
  CreditPackage,
  CreditProposal,
  EmailToken,
  ExternalReference,
  Invitation,
  InvitationDirectoryEntry,
  Invoice,
  InvoiceDirectoryEntry,
  Issuer,
  KeyDirectoryEntry,
  LedgerEntry,
  Membership,
  MembershipDirectoryEntry,
  MoneyEntry,
  OperatorWebhookEndpoint,
  OutboxMessage,
  OwnFeature,
  OwnLimit,
  Payee,
  Payment,
  PaymentProof,
  Plan,
  ProviderEvent,
  Sector,
  SecurityEvent,
  ServiceKey,
  Session,
  Site,
  Staff,
  StaffSession,
  StatementFile,
  Subscription,
  SubscriptionEvent,
  SubscriptionPeriod,
  UpgradeCredit,
  User,
  WebhookAttempt,
  WebhookDelivery,
  WebhookEndpoint,
];

const migrations = [
  { name: '0001-foundation', class: Migration0001Foundation },
  { name: '0002-facts', class: Migration0002Facts },
  { name: '0003-members-and-keys', class: Migration0003MembersAndKeys },
  { name: '0004-identity', class: Migration0004Identity },
  { name: '0005-second-factor', class: Migration0005SecondFactor },
  { name: '0006-throttle', class: Migration0006Throttle },
  { name: '0007-refresh-families', class: Migration0007RefreshFamilies },
  { name: '0008-system-accounts', class: Migration0008SystemAccounts },
  { name: '0009-ledger-facts', class: Migration0009LedgerFacts },
  { name: '0010-corrections', class: Migration0010Corrections },
  { name: '0011-credit-indexes', class: Migration0011CreditIndexes },
  { name: '0012-usage', class: Migration0012Usage },
  { name: '0013-plan-credits', class: Migration0013PlanCredits },
  { name: '0014-spending-limits', class: Migration0014SpendingLimits },
  { name: '0015-permissive-policies', class: Migration0015PermissivePolicies },
  { name: '0016-one-idempotency', class: Migration0016OneIdempotency },
  { name: '0017-archived-sites', class: Migration0017ArchivedSites },
  { name: '0018-paid-periods', class: Migration0018PaidPeriods },
  { name: '0019-void-invoices', class: Migration0019VoidInvoices },
  { name: '0020-credit-throttles', class: Migration0020CreditThrottles },
  { name: '0021-kept-counts', class: Migration0021KeptCounts },
  { name: '0022-stored-answers', class: Migration0022StoredAnswers },
  { name: '0023-units-of-operations', class: Migration0023UnitsOfOperations },
  { name: '0024-sign-in-attempts', class: Migration0024SignInAttempts },
  { name: '0025-refresh-tokens', class: Migration0025RefreshTokens },
  { name: '0026-key-rotation', class: Migration0026KeyRotation },
  { name: '0028-one-spelling', class: Migration0028OneSpelling },
  { name: '0029-trial-claims', class: Migration0029TrialClaims },
  { name: '0030-unused-rights', class: Migration0030UnusedRights },
  { name: '0031-own-features-and-limits', class: Migration0031OwnFeaturesAndLimits },
  { name: '0032-catalogue', class: Migration0032Catalogue },
  { name: '0033-service-keys', class: Migration0033ServiceKeys },
  { name: '0034-asked-accounts', class: Migration0034AskedAccounts },
  { name: '0035-operation-prices', class: Migration0035OperationPrices },
  { name: '0038-disabled-staff', class: Migration0038DisabledStaff },
  { name: '0039-invitations-of-the-operator', class: Migration0039InvitationsOfTheOperator },
  { name: '0040-invoice-facts', class: Migration0040InvoiceFacts },
  { name: '0041-money-entries', class: Migration0041MoneyEntries },
  { name: '0042-money-back', class: Migration0042MoneyBack },
  { name: '0043-subscription-life', class: Migration0043SubscriptionLife },
  { name: '0044-upgrade-amounts', class: Migration0044UpgradeAmounts },
  { name: '0045-webhooks', class: Migration0045Webhooks },
  { name: '0046-outbox-emails', class: Migration0046OutboxEmails },
  { name: '0047-statements', class: Migration0047Statements },
  { name: '0048-due-invoices', class: Migration0048DueInvoices },
  { name: '0049-account-imports', class: Migration0049AccountImports },
  { name: '0050-billing-details', class: Migration0050BillingDetails },
  { name: '0051-credit-notes', class: Migration0051CreditNotes },
  { name: '0052-owed-by-grant', class: Migration0052OwedByGrant },
  { name: '0053-journal-and-lines', class: Migration0053JournalAndLines },
  { name: '0054-operator-tests', class: Migration0054OperatorTests },
  { name: '0055-staff-security', class: Migration0055StaffSecurity },
  { name: '0056-audit-chain', class: Migration0056AuditChain },
  { name: '0057-overview', class: Migration0057Overview },
  { name: '0058-staff-reads-accounts', class: Migration0058StaffReadsAccounts },
  { name: '0059-staff-changes-accounts', class: Migration0059StaffChangesAccounts },
  { name: '0060-proof-requests', class: Migration0060ProofRequests },
  { name: '0061-catalogue-by-staff', class: Migration0061CatalogueByStaff },
];

/** The migrations that this code is written for, in order. */
export const migrationNames = migrations.map(({ name }) => name);

/** Opens the ORM on one database URL. Nothing outside `openDatabase` may use its entity managers. */
export function openOrm(url: string, connectionsMax = 10): Promise<MikroORM> {
  return MikroORM.init({
    ...connectionOptions(url),
    entities,
    extensions: [Migrator],
    // The ORM prints to the output that commands answer on; what fails is thrown.
    logger: () => undefined,
    pool: { min: 0, max: connectionsMax },
    migrations: {
      migrationsList: migrations,
      snapshot: false,
      transactional: true,
      allOrNothing: true,
    },
  });
}

function connectionOptions(url: string) {
  const parsed = new URL(url);
  const host = parsed.searchParams.get('host') ?? parsed.hostname;
  return {
    host,
    port: Number(parsed.port || 5432),
    user: decodeURIComponent(parsed.username),
    password: decodeURIComponent(parsed.password),
    dbName: decodeURIComponent(parsed.pathname.slice(1)),
    driverOptions: {
      statement_timeout: databaseTimeouts.statementMilliseconds,
      lock_timeout: databaseTimeouts.lockMilliseconds,
      idle_in_transaction_session_timeout: databaseTimeouts.idleInTransactionMilliseconds,
      connectionTimeoutMillis: databaseTimeouts.connectMilliseconds,
      onPoolCreated: watchConnections,
    },
  };
}

/** A connection that is lost or silent goes out of the pool, and fails whoever works on it. */
function watchConnections(pool: Pool): void {
  giveBackLost(pool);
  closeSilent(pool);
}
