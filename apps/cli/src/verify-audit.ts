import { openOrm } from '@tenantry/db/orm';
import { openDatabase } from '@tenantry/db/transaction';
import { verifyRecords } from '@tenantry/services/audit/verify';

/**
 * Recomputes the chains of audit entries and security events; answers each fault as a line, and what it saw. Throws for the
 * URL of another role, which might see no record and find nothing wrong.
 */
export async function verifyAudit(
  { adminUrl }: { adminUrl: string },
  accountId: string | undefined,
): Promise<{ lines: string[]; faults: number }> {
  if (new URL(adminUrl).username !== 'tenantry_admin')
    throw new Error('ADMIN_DATABASE_URL must be a URL of the role tenantry_admin, which sees every record');
  const database = openDatabase(await openOrm(adminUrl, 1));
  try {
    const { chains, records, unchained, faults } = await verifyRecords({ database }, accountId);
    const lines = faults.map(({ chain, sequence, id, fault }) =>
      sequence === undefined
        ? `✗ chain ${chain}: ${fault}`
        : `✗ chain ${chain}, record ${sequence} (${id}): it ${fault}`,
    );
    const older =
      unchained === 0 ? '' : ` ${unchained} are from before there were chains, and nothing proves them.`;
    const summary = `${records} records in ${chains} chains verified, ${faults.length} found.${older}`;
    return { lines: [...lines, summary], faults: faults.length };
  } finally {
    await database.close();
  }
}
