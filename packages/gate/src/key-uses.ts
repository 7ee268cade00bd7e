import { recordKeyUse } from '@tenantry/db/api-key/queries';
import type { Database } from '@tenantry/db/transaction';

/** Remembers when keys were used and writes it down now and then, beside the calls and never in their way. */
export interface KeyUses {
  note(key: { id: string; accountId: string }, now: Date): void;
  /** Writes down what is remembered; a fault is told to `onFault` and forgotten. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

const flushMilliseconds = 10_000;

/** Opens the memory of key uses. */
export function openKeyUses(database: Database, onFault: (fault: unknown) => void): KeyUses {
  let uses = new Map<string, { accountId: string; at: Date }>();
  async function flush(): Promise<void> {
    const written = uses;
    uses = new Map();
    for (const [id, { accountId, at }] of written)
      await recordKeyUse(database, accountId, id, at).catch(onFault);
  }
  const timer = setInterval(() => void flush(), flushMilliseconds);
  timer.unref();
  return {
    note: ({ id, accountId }, at) => void uses.set(id, { accountId, at }),
    flush,
    close: () => {
      clearInterval(timer);
      return flush();
    },
  };
}
