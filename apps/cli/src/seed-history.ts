import type { HistoryConfig } from '@tenantry/config/cli';
import { openOrm } from '@tenantry/db/orm';
import { openDatabase } from '@tenantry/db/transaction';
import { openProofStore } from '@tenantry/files/proof-store';
import { openIdentity } from '@tenantry/identity/port';
import { makeHistory } from '@tenantry/services/demo/make-history';
import { parseStatementFile } from '@tenantry/statements/parse';
import { openWebhookTargets } from '@tenantry/webhooks/port';
import { drawProof } from './demo-proof.ts';
import { demoStaffEmails } from './seed.ts';

/**
 * Makes the accounts of the demo with twelve months of history up to now, and answers a sentence. Idempotent: an account
 * that is there stays as it is. `seed` has run before. Throws outside mode `demo`.
 */
export async function seedHistory(config: HistoryConfig, now: Date): Promise<string> {
  if (config.mode !== 'demo')
    throw new Error('seed-history makes demo people with known passwords; it needs MODE=demo');
  const database = openDatabase(await openOrm(config.ownerUrl, 2));
  try {
    const made = await makeHistory({
      database,
      now,
      password: config.ownerPassword,
      staffEmails: demoStaffEmails,
      secondApproverAmounts: config.secondApproverAmounts,
      identity: openIdentity({
        tokens: { secret: 'x'.repeat(32), issuer: 'seed', audience: 'seed' },
        apiKeyPepper: config.apiKeyPepper,
        secondFactorKeys: config.secondFactorKeys,
      }),
      proofs: await openProofStore({ folder: config.filesFolder }),
      webhookTargets: openWebhookTargets(false),
      readStatement: parseStatementFile,
      drawProof,
    });
    return made === 0 ? 'The accounts of the demo are there.' : `Made ${made} accounts with their history.`;
  } finally {
    await database.close();
  }
}
