import { type AccountImport, findImports } from '@tenantry/db/igny8/imports';
import type { OldSource } from '@tenantry/db/igny8/source';
import { addressesOf } from '@tenantry/domain/igny8/people';
import type { OldAccount, OldTenant } from '@tenantry/domain/igny8/source';
import { isRefusal } from '@tenantry/domain/refusals';
import { type BroughtAccount, type ImportContext, digestOf, importAccount } from './import-account.ts';
import { type ImportReport, countRows, emptyReport, leftOutOf, sizesOf } from './report.ts';

const whyNot = {
  external_id_taken: 'another account here has its id as external id',
  not_found: 'its plan is not in the catalogue',
} as const;

/**
 * Brings every account of a source that was not brought before, each in a transaction of its own: a run that was ended is run
 * again. `isApplied` false does the same and rolls each back. Answers what became of each row.
 */
export async function importSource(
  given: Omit<ImportContext, 'taken'>,
  source: OldSource,
  { isApplied }: { isApplied: boolean },
): Promise<ImportReport> {
  const report = emptyReport(isApplied);
  const people = await source.people();
  const context = { ...given, taken: addressesOf(people) };
  for (const { id, account } of people.filter((person) => person.account === null)) {
    report.tables.users.source += 1;
    report.tables.users.leftOut += 1;
    report.notes.push({
      outcome: 'left out',
      table: 'users',
      id,
      account,
      reason: 'the person has no account',
    });
  }
  const before = await findImports(given.database);
  for (const account of await source.accounts()) {
    const tenant = await source.tenant(account);
    report.credits.source += account.credits;
    const earlier = before.get(account.id);
    if (earlier === undefined) await bring(report, context, tenant);
    else compare(report, tenant, earlier);
  }
  checkTotals(report);
  return report;
}

/** Brings one account. One that fails holds up no other. */
async function bring(report: ImportReport, context: ImportContext, tenant: OldTenant): Promise<void> {
  const sizes = sizesOf(tenant);
  const brought = await importAccount(context, tenant, { isApplied: report.applied }).catch(
    (fault: unknown) => (fault instanceof Error ? fault : new Error('it failed')),
  );
  if (brought instanceof Error || isRefusal(brought)) {
    const reason = brought instanceof Error ? brought.message : whyNot[brought.refused];
    countRows(report, sizes, 'leftOut');
    return leaveOut(report, tenant.account, reason);
  }
  const leftOut = leftOutOf(brought.notes);
  countRows(report, sizes, { leftOut });
  report.notes.push(...brought.notes);
  countCredits(report, tenant.account, brought);
  for (const table of ['users', 'sites', 'sectors'] as const)
    if (sizes[table] - leftOut[table] !== brought.figures[table])
      report.faults.push(
        `account ${tenant.account.id}: of ${sizes[table]} ${table}, ${brought.figures[table]} are brought and ${leftOut[table]} left out`,
      );
}

function countCredits({ credits }: ImportReport, account: OldAccount, { figures }: BroughtAccount): void {
  credits.brought += figures.credits;
  // A balance below zero has a note of its own.
  credits.leftOut += Math.min(0, account.credits);
}

function leaveOut(
  { notes, faults, credits }: ImportReport,
  { id, credits: lost }: OldAccount,
  reason: string,
): void {
  notes.push({ outcome: 'left out', table: 'accounts', id, account: id, reason });
  faults.push(`account ${id} is not brought: ${reason}`);
  credits.leftOut += lost;
}

/** An account that was brought before stays as it is here. What has changed in the source since is told and not brought. */
function compare(report: ImportReport, tenant: OldTenant, { digest, facts }: AccountImport): void {
  countRows(report, sizesOf(tenant), 'before');
  report.credits.before += facts.credits;
  report.credits.leftOut += Math.min(0, tenant.account.credits);
  if (digest === digestOf(tenant)) return;
  report.faults.push(
    `account ${tenant.account.id} has changed in the source since it was brought; what has changed is not here`,
  );
}

/** Whether each row and each credit of the source is accounted for. */
function checkTotals({ tables, credits, faults }: ImportReport): void {
  for (const [name, { source, brought, before, leftOut }] of [
    ...Object.entries(tables),
    ['credits', credits] as const,
  ])
    if (source !== brought + before + leftOut)
      faults.push(
        `${name} do not add up: ${source} there, ${brought} brought, ${before} before, ${leftOut} left out`,
      );
}
