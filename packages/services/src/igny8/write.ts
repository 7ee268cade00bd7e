import { getAccount, insertAccount } from '@tenantry/db/account/queries';
import { insertAuditEntry } from '@tenantry/db/audit/queries';
import { findPersonOf } from '@tenantry/db/igny8/imports';
import { newId } from '@tenantry/db/ids';
import { insertMembership } from '@tenantry/db/membership/queries';
import { updateRow } from '@tenantry/db/row';
import { findSite, insertSector, insertSite } from '@tenantry/db/site/queries';
import { getStoredSubscription, insertSubscription, savePeriods } from '@tenantry/db/subscription/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { claimTrial } from '@tenantry/db/trial-claim/queries';
import { insertUser } from '@tenantry/db/user/queries';
import { type ImportedChange, bookImported } from '@tenantry/domain/igny8/credits';
import type { ImportedMember } from '@tenantry/domain/igny8/people';
import type { ImportedSite } from '@tenantry/domain/igny8/sites';
import type { ImportedSubscription } from '@tenantry/domain/igny8/subscription';
import type { Plan } from '@tenantry/domain/plans';
import { change } from '@tenantry/ledger/change';
import type { LedgerService } from '@tenantry/ledger/service';
import type { Identity } from '../ports.ts';

/** What an import asks of identity. */
export type ImportIdentity = Pick<Identity, 'decoyHash' | 'digestText'>;

/** The account row, which keeps the age of the account, and the audit row of its import. */
export async function writeAccount(
  tx: AccountTransaction,
  {
    name,
    isSuspended,
    createdAt,
    paymentMethod,
  }: { name: string; isSuspended: boolean; createdAt: Date } & Pick<ImportedSubscription, 'paymentMethod'>,
  external: { externalId: string; asked: string },
): Promise<void> {
  await insertAccount({ ...tx, now: createdAt }, { name, paymentMethod, sandbox: false }, external);
  if (isSuspended) {
    const statusReason = 'It was suspended in igny8.';
    await updateRow(tx, await getAccount(tx), { status: 'suspended', statusReason });
  }
  await insertAuditEntry(tx, 'account.import', tx.accountId, {
    source: 'igny8',
    sourceId: external.externalId,
  });
}

/**
 * Makes people and their memberships, and answers those who are not brought. A person gets a hash that no password has: the
 * first sign-in is a reset, which their mailbox proves. Somebody who has the address already becomes the member only when
 * they have confirmed it, so that nobody gets into an account by registering an address of somebody else before.
 */
export async function writeMembers(
  tx: AccountTransaction,
  members: readonly ImportedMember[],
  identity: ImportIdentity,
): Promise<ImportedMember[]> {
  const refused: ImportedMember[] = [];
  for (const member of members) {
    const { email, name, role, joinedAt } = member;
    const emailDigest = identity.digestText(email);
    const known = await findPersonOf(tx, emailDigest);
    if (known !== undefined && !known.isVerified) {
      refused.push(member);
      continue;
    }
    const userId = known?.id ?? newId();
    const passwordHash = identity.decoyHash();
    if (known === undefined)
      await insertUser(tx, { id: userId, email, emailDigest, passwordHash, name, createdAt: joinedAt });
    await insertMembership(tx, userId, role);
    // Whoever had an account there is no newcomer here.
    if (role === 'owner') await claimTrial(tx, userId);
  }
  return refused;
}

/** The subscription with its paid period. No message is sent of it. */
export async function writeSubscription(
  tx: AccountTransaction,
  imported: ImportedSubscription,
  plan: Pick<Plan, 'id'>,
): Promise<void> {
  const { status, paymentMethod, periodStart, periodEnd, months, nextGrantAt } = imported;
  const { stripeSubscriptionId, externalPaymentId } = imported;
  const planId = plan.id;
  await insertSubscription(tx, { id: newId(), planId, status, paymentMethod, periodStart, periodEnd });
  const isPaid = months > 0;
  const anchorAt = isPaid ? periodStart : null;
  await updateRow(tx, await getStoredSubscription(tx), { stripeSubscriptionId, externalPaymentId, anchorAt });
  if (!isPaid) return;
  const period = {
    id: newId(),
    planId,
    months,
    anchorAt: periodStart,
    startsAt: periodStart,
    endsAt: periodEnd,
  };
  await savePeriods(tx, [{ ...period, invoiceId: null, paymentId: null, creditsLess: 0 }]);
  if (nextGrantAt !== null) await change(tx, setNextMonth, nextGrantAt);
}

/** Says when the next month of the paid period brings its credits. */
const setNextMonth: LedgerService<Date, null> = {
  reads: () => ({}),
  decide: ({ view }, nextGrantAt) => ({ books: { ...view.books, nextGrantAt }, answer: null }),
};

/** Sites with their sectors. Those beyond the limits of the plan are written, too: they work, and no new one is made. */
export async function writeSites(tx: AccountTransaction, sites: readonly ImportedSite[]): Promise<void> {
  for (const { name, domain, isArchived, sectors } of sites) {
    const siteId = newId();
    await insertSite(tx, { id: siteId, name, domain });
    for (const sector of sectors) await insertSector(tx, { id: newId(), siteId, name: sector });
    const site = isArchived ? await findSite(tx, siteId) : null;
    if (site !== null) await updateRow(tx, site, { archivedAt: tx.now });
  }
}

const changesAtOnce = 500;

/** Books the history of the credits through the ledger, at the time of the import; when each was, its reason says. */
export async function writeCredits(
  tx: AccountTransaction,
  changes: readonly ImportedChange[],
): Promise<void> {
  for (let from = 0; from < changes.length; from += changesAtOnce) {
    const part = changes.slice(from, from + changesAtOnce).map((one) => ({ ...one, id: newId() }));
    await change(tx, bookChanges, part);
  }
}

const bookChanges: LedgerService<readonly (ImportedChange & { id: string })[], null> = {
  reads: () => ({}),
  decide: ({ view, now }, changes) => ({ books: bookImported(view.books, changes, now), answer: null }),
};
