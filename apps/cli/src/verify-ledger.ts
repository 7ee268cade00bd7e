import type { MigrationConfig } from '@tenantry/config/cli';
import { verifyLedger } from '@tenantry/ledger/verifier';

/** Recomputes the books of all accounts, or of one; answers each fault as a line, and how many accounts it saw. */
export async function verifyBooks(
  { migrationDatabaseUrl }: MigrationConfig,
  accountId: string | undefined,
): Promise<{ lines: string[]; faults: number }> {
  const { accounts, faults } = await verifyLedger(migrationDatabaseUrl, accountId);
  const lines = faults.map(({ accountId: account, sequence, entryId, fault }) =>
    sequence === undefined
      ? `✗ account ${account}: ${fault}`
      : `✗ account ${account}, entry ${sequence} (${entryId}): it ${fault}`,
  );
  return { lines: [...lines, `${accounts} verified, ${faults.length} found.`], faults: faults.length };
}
