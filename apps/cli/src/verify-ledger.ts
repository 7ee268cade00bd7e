import { verifyLedger } from '@tenantry/ledger/verifier';

/**
 * Recomputes the books of all accounts, or of one; answers each fault as a line, and how many accounts it saw. Throws for
 * the URL of another role, which might see no account and find nothing wrong.
 */
export async function verifyBooks(
  { workerUrl }: { workerUrl: string },
  accountId: string | undefined,
): Promise<{ lines: string[]; faults: number }> {
  if (new URL(workerUrl).username !== 'tenantry_worker')
    throw new Error(
      'WORKER_DATABASE_URL must be a URL of the role tenantry_worker, which sees every account',
    );
  const { accounts, faults } = await verifyLedger(workerUrl, accountId);
  const lines = faults.map(({ accountId: account, sequence, entryId, fault }) =>
    sequence === undefined
      ? `✗ account ${account}: ${fault}`
      : `✗ account ${account}, entry ${sequence} (${entryId}): it ${fault}`,
  );
  return { lines: [...lines, `${accounts} verified, ${faults.length} found.`], faults: faults.length };
}
