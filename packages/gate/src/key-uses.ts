import { recordKeyUse } from '@tenantry/db/api-key/queries';
import { recordServiceKeyUse } from '@tenantry/db/service-key/queries';
import type { Database } from '@tenantry/db/transaction';
import { LRUCache } from 'lru-cache';

/** An API key of an account, or a service key with its public id. */
type UsedKey = { readonly id: string } & ({ readonly accountId: string } | { readonly keyId: string });

interface KeyUse {
  readonly key: UsedKey;
  readonly at: Date;
}

/** Remembers when keys were used and writes it down now and then, beside the calls and never in their way. */
export interface KeyUses {
  note(key: UsedKey, now: Date): void;
  /** Writes down all that is remembered; a fault is told to `onFault` and forgotten. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** How often what is remembered is written down: the first use of a key soon, later ones more rarely. */
const usual = { everyMilliseconds: 10_000, againMilliseconds: 60_000 };
const writtenMax = 50_000;
/** How many transactions write at once; the calls need the other connections. */
const writersMax = 4;

/**
 * Opens the memory of key uses. Each key that is written down costs a transaction of its account, so that a key which is
 * used all the time is written once in `againMilliseconds`.
 */
export function openKeyUses(
  database: Database,
  onFault: (fault: unknown) => void,
  { everyMilliseconds, againMilliseconds } = usual,
): KeyUses {
  const uses = new Map<string, KeyUse>();
  /** The keys that have been written lately. */
  const written = new LRUCache<string, true>({ max: writtenMax, ttl: againMilliseconds });
  let writing: Promise<unknown> | undefined;

  async function write(waiting: KeyUse[]): Promise<void> {
    for (const { key } of waiting) {
      uses.delete(key.id);
      written.set(key.id, true);
    }
    const writer = async () => {
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
        await record(database, next).catch(onFault);
    };
    await Promise.all(Array.from({ length: writersMax }, writer));
  }

  async function writeDue(): Promise<void> {
    // Where the database is slower than the uses, they wait in memory, one for each key.
    if (writing !== undefined) return;
    writing = write([...uses.values()].filter(({ key }) => !written.has(key.id)));
    await writing;
    writing = undefined;
  }

  const timer = setInterval(() => void writeDue(), everyMilliseconds);
  timer.unref();
  const flush = async () => {
    await writing;
    await write([...uses.values()]);
  };
  return {
    note: (key, at) => void uses.set(key.id, { key, at }),
    flush,
    close: () => {
      clearInterval(timer);
      return flush();
    },
  };
}

function record(database: Database, { key, at }: KeyUse): Promise<unknown> {
  return 'accountId' in key
    ? recordKeyUse(database, key.accountId, key.id, at)
    : recordServiceKeyUse(database, key.keyId, at);
}
