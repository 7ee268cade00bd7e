import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noFailpoint } from '@tenantry/db/failpoint';
import { openOrm } from '@tenantry/db/orm';
import { type Database, openDatabase } from '@tenantry/db/transaction';
import { openRelay } from '@tenantry/worker/relay';
import type { TestDatabase } from '../database.ts';

/** A relay in this process, with the role of the worker and a clock that a test moves. */
export interface TestRelay {
  database: Database;
  faults: unknown[];
  passSeconds(seconds: number): void;
  close(): Promise<void>;
}

/** The keys that the apps of tests seal with. */
export const sealingKeys = [{ id: 'test', secret: 's'.repeat(32) }];

interface RelayOptions {
  allowsLoopback?: boolean;
  keys?: readonly { id: string; secret: string }[];
  /** Without it e-mails are written to a folder. */
  smtpUrl?: string;
}

/** Starts a relay on the database of a test. It sends webhooks to this machine unless a test says otherwise. */
export async function openTestRelay(
  { url }: Pick<TestDatabase, 'url'>,
  { allowsLoopback = true, keys = sealingKeys, smtpUrl }: RelayOptions = {},
): Promise<TestRelay> {
  const database = openDatabase(await openOrm(url('tenantry_worker'), 10));
  const folder = await mkdtemp(join(tmpdir(), 'tenantry-relay-'));
  const faults: unknown[] = [];
  let shiftMilliseconds = 0;
  const stop = openRelay({
    config: {
      secondFactorKeys: [...keys],
      webhooksAllowLoopback: allowsLoopback,
      mail: { smtpUrl, folder, from: 'App <no-reply@app.test>' },
      portalUrl: 'https://portal.test',
    },
    database,
    clock: () => new Date(Date.now() + shiftMilliseconds),
    failpoint: noFailpoint,
    onFault: (fault) => faults.push(fault),
  });
  return {
    database,
    faults,
    passSeconds: (seconds) => {
      shiftMilliseconds += seconds * 1000;
    },
    close: async () => {
      await stop();
      await database.close();
      await rm(folder, { recursive: true });
    },
  };
}
