import { newId } from '@tenantry/db/ids';
import type { Ledger } from '@tenantry/ledger/group-commit';
import { giveKeys, seedAccounts } from './accounts.ts';
import { printCredits } from './credits-report.ts';
import { type BenchDatabase, openBenchCluster } from './database.ts';
import { nakedHold, plainHold } from './hold-scripts.ts';
import { holdInProcess, openBenchLedger } from './in-process.ts';
import { load } from './load.ts';
import { type Peer, startPeer } from './peer.ts';
import { pgbench } from './pgbench.ts';
import { inFolder, startProgram } from './processes.ts';
import { type Row, inRounds, settled } from './rounds.ts';

const accounts = 10_000;
const keysCount = 200;
/** Connections of our server, and of the peer's. */
const connectionsMax = 32;

/** Everything that the rows of a run use. */
interface Field {
  folder: string;
  database: BenchDatabase;
  ledger: Ledger;
  url: string;
  keys: readonly string[];
  peer: Peer;
}

/**
 * Measures a hold on one PostgreSQL: our own transaction run by pgbench, our service in this process, our endpoints
 * with the whole gate, and a peer that counts the uses of a key.
 */
export async function benchCredits(): Promise<void> {
  await inFolder(async (folder) => {
    const cluster = await openBenchCluster(folder, { fsync: true });
    const database = await cluster.openDatabase('bench');
    await seedAccounts(database, accounts);
    const keys = await giveKeys(database, keysCount);
    const ledger = openBenchLedger(database, connectionsMax / 2);
    const server = await startProgram<{ url: string }>('credit-server.ts', [
      database.url('tenantry_api'),
      folder,
      String(connectionsMax),
    ]);
    const peer = await startPeer(await cluster.emptyDatabase('peer'), connectionsMax, keysCount);
    try {
      const field = { folder, database, ledger, keys, url: server.urls.url, peer: peer.urls };
      for (const inFlight of [32, 128])
        printCredits(inFlight, await inRounds(rowsOf(field, inFlight), { rounds: 3, seconds: 4 }));
    } finally {
      await Promise.all([server.stop(), peer.stop()]);
      await ledger.close();
      await cluster.stop();
    }
  });
}

function rowsOf(field: Field, inFlight: number): Row[] {
  return [...databaseRows(field, inFlight), ...processRows(field, inFlight), ...httpRows(field, inFlight)];
}

function databaseRows({ folder, database }: Field, clients: number): Row[] {
  const row = (name: string, script: string, role: string): Row => {
    const one = { name, script, url: database.url(role), clients };
    return { name, run: (seconds) => pgbench(folder, one, seconds) };
  };
  return [
    row('pgbench, one statement, spread', nakedHold(accounts), 'postgres'),
    row('pgbench, ours, spread', plainHold(accounts), 'tenantry_api'),
    row('pgbench, ours, one account', plainHold(1), 'tenantry_api'),
  ];
}

function processRows({ ledger }: Field, inFlight: number): Row[] {
  const row = (name: string, over: number, isKeyed: boolean): Row => {
    const asked = { inFlight, accounts: over, isKeyed };
    return settled({ name, run: (seconds) => holdInProcess(ledger, asked, seconds) });
  };
  return [
    row('in process, spread', accounts, false),
    row('in process, spread, with idempotency keys', accounts, true),
    row('in process, one account', 1, false),
    row('in process, one account, with idempotency keys', 1, true),
  ];
}

function httpRows({ url, keys, peer }: Field, connections: number): Row[] {
  const row = (
    name: string,
    at: string,
    body: object,
    over: readonly string[],
    more: () => Record<string, string> = () => ({}),
  ): Row => {
    const freshHeaders = () => ({ authorization: `Bearer ${anyOf(over)}`, ...more() });
    const target = { name, urls: [at], body, freshHeaders, connections };
    return settled({ name, run: (seconds) => load(target, seconds) });
  };
  const [rest, trpc, uses] = [`${url}/v1/credits/holds`, `${url}/trpc/credit.hold`, `${peer.url}/uses`];
  const hold = { amount: 1 };
  const withKey = () => ({ 'idempotency-key': newId() });
  return [
    row('REST, spread', rest, hold, keys),
    row('REST, one account', rest, hold, keys.slice(0, 1)),
    row('REST, one account, with idempotency keys', rest, hold, keys.slice(0, 1), withKey),
    row('tRPC, spread', trpc, hold, keys),
    row('tRPC, one account', trpc, hold, keys.slice(0, 1)),
    row('peer, spread', uses, {}, peer.keys),
    row('peer, one key', uses, {}, peer.keys.slice(0, 1)),
  ];
}

function anyOf(keys: readonly string[]): string {
  return keys[Math.floor(Math.random() * keys.length)] ?? '';
}
