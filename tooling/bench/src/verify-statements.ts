import { type SentStatement, openWire } from '@tenantry/testing/statement-recorder';
import { startProgram } from './processes.ts';

/** The keys that are asked about, and how often each. */
const keysCount = 100;
const rounds = 20;

/**
 * Prints how many statements a server sends for warm verifications without a hold, and for one with a hold, so that it can
 * be seen that they are counted. What a server sends beside the calls, it sends while nobody calls too: the uses of keys
 * that it writes down every ten seconds, and the proofs of its listener.
 */
export async function countStatements(
  databaseUrl: string,
  folder: string,
  { service, keys }: { service: string; keys: readonly string[] },
): Promise<void> {
  const wire = await openWire(databaseUrl);
  const server = await startProgram<{ url: string }>('credit-server.ts', [wire.url, folder, '4']);
  const asked = keys.slice(0, keysCount);
  const verify = async (credential: string, more: object = {}): Promise<void> => {
    const answer = await fetch(`${server.urls.url}/v1/credentials/verify`, {
      method: 'POST',
      headers: { authorization: `Bearer ${service}`, 'content-type': 'application/json' },
      body: JSON.stringify({ credential, ...more }),
    });
    if (!(await answer.text()).includes('"valid":true')) throw new Error('A verification was refused.');
  };
  const taken = () => wire.take().filter(isOfCall).length;
  try {
    for (const key of asked) await verify(key);
    wire.take();
    for (let round = 0; round < rounds; round += 1) for (const key of asked) await verify(key);
    const warm = taken();
    for (const key of asked) await verify(key, { hold: { amount: 1 } });
    const held = taken();
    console.log(
      `\n${rounds * asked.length} warm verifications of ${asked.length} accounts: ${warm} statements (goal 0); ${asked.length} with a hold: ${held}`,
    );
  } finally {
    await server.stop();
    await wire.close();
  }
}

/**
 * Whether a statement belongs to a call: not to the proofs of the listener, nor to a transaction that writes down the use
 * of a key, in which nothing but that is sent.
 */
function isOfCall({ text }: SentStatement): boolean {
  return !/^(?:select 1|begin|commit|listen\b)|enter_account|last_used_at/i.test(text);
}
