import { giveKeys, giveServiceKey, seedAccounts } from './accounts.ts';
import { openBenchCluster } from './database.ts';
import { load } from './load.ts';
import { type Peer, startPeer } from './peer.ts';
import { inFolder, startProgram } from './processes.ts';
import { type Row, inRounds, settled } from './rounds.ts';
import { peerNames, printVerify } from './verify-report.ts';
import { countStatements } from './verify-statements.ts';

/** `BENCH_ACCOUNTS` makes a run shorter. */
const accounts = Number(process.env['BENCH_ACCOUNTS'] ?? 10_000);
/** Connections of our server, and of the peer's. */
const connectionsMax = 32;

/** The rows of one server follow each other, so that it is idle for a short time alone. The whole run takes six minutes. */
const settlingSeconds = 1;

/** Where the rows of a run send their requests. */
interface Field {
  url: string;
  service: string;
  keys: readonly string[];
  peer: Peer;
}

/**
 * Measures the verification of a customer's key over REST, without a hold and with one, over many accounts and over one,
 * beside a peer that verifies a key with a rate limit and a remaining count, behind the same kind of server.
 */
export async function benchVerify(): Promise<void> {
  await inFolder(async (folder) => {
    const cluster = await openBenchCluster(folder, { fsync: true });
    const database = await cluster.openDatabase('bench');
    await seedAccounts(database, accounts);
    const keys = await giveKeys(database, accounts);
    const service = await giveServiceKey(database);
    const words = [database.url('tenantry_api'), folder, String(connectionsMax)];
    const server = await startProgram<{ url: string }>('credit-server.ts', words);
    const peer = await startPeer(await cluster.emptyDatabase('peer'), connectionsMax, accounts);
    try {
      await countStatements(database.url('tenantry_api'), folder, { service, keys });
      const field = { url: server.urls.url, service, keys, peer: peer.urls };
      await warm(field);
      for (const inFlight of [1, 32, 128])
        printVerify(inFlight, await inRounds(rowsOf(field, inFlight), { rounds: 5, seconds: 2 }));
    } finally {
      await Promise.all([server.stop(), peer.stop()]);
      await cluster.stop();
    }
  });
}

function rowsOf({ url, service, keys, peer }: Field, connections: number): Row[] {
  const verified = (name: string, over: readonly string[], more: object): Row => {
    const freshBody = () => ({ credential: anyOf(over), ...more });
    const headers = { authorization: `Bearer ${service}` };
    const target = {
      name,
      urls: [`${url}/v1/credentials/verify`],
      headers,
      body: freshBody(),
      freshBody,
      connections,
    };
    return settled({ name, run: (seconds) => load(target, seconds) }, settlingSeconds);
  };
  const used = (name: string, over: readonly string[]): Row => {
    const freshHeaders = () => ({ authorization: `Bearer ${anyOf(over)}` });
    const target = { name, urls: [`${peer.url}/uses`], body: {}, freshHeaders, connections };
    return settled({ name, run: (seconds) => load(target, seconds) }, settlingSeconds);
  };
  const [one, onePeer] = [keys.slice(0, 1), peer.keys.slice(0, 1)];
  const hold = { hold: { amount: 1 } };
  return [
    verified('verify, spread', keys, {}),
    verified('verify, one account', one, {}),
    verified('verify with a hold, spread', keys, hold),
    verified('verify with a hold, one account', one, hold),
    used(peerNames.spread, peer.keys),
    used(peerNames.one, onePeer),
  ];
}

/** Verifies every key once, so that the rows measure what the server remembers, and prints what the first time costs. */
async function warm({ url, service, keys }: Field): Promise<void> {
  const waiting = [...keys];
  const began = performance.now();
  const caller = async () => {
    for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
      const answer = await fetch(`${url}/v1/credentials/verify`, {
        method: 'POST',
        headers: { authorization: `Bearer ${service}`, 'content-type': 'application/json' },
        body: JSON.stringify({ credential: key }),
      });
      await answer.text();
    }
  };
  await Promise.all(Array.from({ length: connectionsMax }, caller));
  const seconds = (performance.now() - began) / 1000;
  console.log(`${keys.length} keys verified for the first time in ${seconds.toFixed(1)} s`);
}

function anyOf(keys: readonly string[]): string {
  return keys[Math.floor(Math.random() * keys.length)] ?? '';
}
