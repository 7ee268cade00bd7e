import { recordKeyUse } from '@tenantry/db/api-key/queries';
import { recordServiceKeyUse } from '@tenantry/db/service-key/queries';
import type { Database } from '@tenantry/db/transaction';

/** An API key of an account, or a service key with its public id. */
type UsedKey = { readonly id: string } & ({ readonly accountId: string } | { readonly keyId: string });

/** Remembers when keys were used and writes it down now and then, beside the calls and never in their way. */
export interface KeyUses {
  note(key: UsedKey, now: Date): void;
  /** Writes down what is remembered; a fault is told to `onFault` and forgotten. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

const flushMilliseconds = 10_000;

/** Opens the memory of key uses. */
export function openKeyUses(database: Database, onFault: (fault: unknown) => void): KeyUses {
  let uses = new Map<string, { key: UsedKey; at: Date }>();
  async function flush(): Promise<void> {
    const written = uses;
    uses = new Map();
    for (const { key, at } of written.values()) await record(database, key, at).catch(onFault);
  }
  const timer = setInterval(() => void flush(), flushMilliseconds);
  timer.unref();
  return {
    note: (key, at) => void uses.set(key.id, { key, at }),
    flush,
    close: () => {
      clearInterval(timer);
      return flush();
    },
  };
}

function record(database: Database, key: UsedKey, at: Date): Promise<unknown> {
  return 'accountId' in key
    ? recordKeyUse(database, key.accountId, key.id, at)
    : recordServiceKeyUse(database, key.keyId, at);
}
