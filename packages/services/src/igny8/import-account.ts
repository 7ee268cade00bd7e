import { fingerprintOf } from '@tenantry/db/idempotency/fingerprint';
import { type ImportedFigures, countImported, insertImport } from '@tenantry/db/igny8/imports';
import { newId } from '@tenantry/db/ids';
import { findNewestPlan } from '@tenantry/db/plan/queries';
import { refuseIfTaken } from '@tenantry/db/constraints';
import type { AccountTransaction, CallInfo, Database } from '@tenantry/db/transaction';
import type { ImportNote, OldTenant } from '@tenantry/domain/igny8/source';
import { type ImportedTenant, importedTenant } from '@tenantry/domain/igny8/tenant';
import { type Refusal, isRefusal, refuse } from '@tenantry/domain/refusals';
import {
  type ImportIdentity,
  writeAccount,
  writeCredits,
  writeMembers,
  writeSites,
  writeSubscription,
} from './write.ts';

/** What an import of one account is given. */
export interface ImportContext extends CallInfo {
  readonly database: Database;
  readonly identity: ImportIdentity;
  /** Whose each address is, of all people of the source. */
  readonly taken: ReadonlyMap<string, string>;
  /** The slug that a plan of the source has in the catalogue, where it is another. */
  readonly planSlugs: ReadonlyMap<string, string>;
}

/** What was brought of an account, or would be, and what was not. */
export interface BroughtAccount {
  figures: ImportedFigures;
  notes: readonly ImportNote[];
}

/** Another account has the external id. */
const conflicts = { account_directory_pkey: 'external_id_taken' } as const;

/** Carries what a rehearsal found out of its transaction, which is rolled back. */
class Rehearsed extends Error {
  readonly brought: BroughtAccount;
  constructor(brought: BroughtAccount) {
    super('a rehearsal is rolled back');
    this.brought = brought;
  }
}

/** The fingerprint of what the source has of an account. It tells whether anything has changed since it was brought. */
export const digestOf = (tenant: OldTenant): string => fingerprintOf(tenant);

/**
 * Brings one account with its people, subscription, sites, sectors and credits, in one transaction. Nobody is sent anything.
 * `isApplied` false does the same and rolls it back. Refuses `external_id_taken` when another account has the id,
 * and `not_found` without the plan. Throws when Tenantry would then not have what
 * was to be brought.
 */
export async function importAccount(
  context: ImportContext,
  tenant: OldTenant,
  { isApplied }: { isApplied: boolean },
): Promise<BroughtAccount | Refusal<'external_id_taken' | 'not_found'>> {
  const { database, taken, actor, requestId, now } = context;
  const call = { actor, requestId, now };
  const imported = importedTenant(tenant, taken, now);
  try {
    return await database.inAccount.write({ accountId: newId() }, call, async (tx) => {
      const brought = await write(tx, context, { tenant, imported });
      if (!isApplied && !isRefusal(brought)) throw new Rehearsed(brought);
      return brought;
    });
  } catch (fault) {
    if (fault instanceof Rehearsed) return fault.brought;
    throw fault;
  }
}

async function write(
  tx: AccountTransaction,
  { identity, planSlugs }: ImportContext,
  { tenant, imported }: { tenant: OldTenant; imported: ImportedTenant },
): Promise<BroughtAccount | Refusal<'external_id_taken' | 'not_found'>> {
  const { account } = tenant;
  const plan = await findNewestPlan(tx, planSlugs.get(account.planSlug) ?? account.planSlug);
  if (plan === undefined) return refuse('not_found');
  const { subscription, members, sites, changes } = imported;
  const external = { externalId: account.id, asked: fingerprintOf({ importedFrom: 'igny8' }) };
  const { createdAt } = account;
  const row = { ...imported, createdAt, paymentMethod: subscription.paymentMethod };
  const refused: void | Refusal<'external_id_taken'> = await refuseIfTaken(conflicts, () =>
    writeAccount(tx, row, external),
  );
  if (refused !== undefined) return refused;
  const strangers = await writeMembers(tx, members, identity);
  await writeSubscription(tx, subscription, plan);
  await writeSites(tx, sites);
  await writeCredits(tx, changes);
  const wanted: ImportedFigures = {
    users: members.length - strangers.length,
    sites: sites.length,
    sectors: sites.reduce((sum, site) => sum + site.sectors.length, 0),
    credits: Math.max(0, account.credits),
  };
  const figures = await countImported(tx);
  if (fingerprintOf(figures) !== fingerprintOf(wanted))
    throw new Error(
      `Tenantry would have ${JSON.stringify(figures)} of it instead of ${JSON.stringify(wanted)}`,
    );
  await insertImport(tx, { sourceId: account.id, digest: digestOf(tenant), facts: figures });
  const reason = 'somebody registered here with the address and has not confirmed it: invite the person';
  const notes = strangers.map(
    ({ sourceId }): ImportNote => ({
      outcome: 'left out',
      table: 'users',
      id: sourceId,
      account: account.id,
      reason,
    }),
  );
  return { figures, notes: [...imported.notes, ...notes] };
}
