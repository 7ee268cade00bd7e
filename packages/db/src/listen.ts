import pg from 'pg';

/** What has changed of the facts that gates keep, and of whom. */
export interface FactsChange {
  kind: 'account' | 'key' | 'membership' | 'session' | 'plan';
  id: string;
}

/** Hears of changes as they commit, wherever they are made. */
export interface Listener {
  /** Whether changes reach this process now; while they do not, nothing may be kept. */
  isListening(): boolean;
  /** Calls back for each change, and with undefined when some may have been missed. */
  onChange(tell: (change: FactsChange | undefined) => void): void;
  close(): Promise<void>;
}

const listenStatement = 'listen tenantry_facts';
const retryMilliseconds = 250;
const kinds = new Set(['account', 'key', 'membership', 'session', 'plan']);

/**
 * Listens on a connection of its own, which must not go through a transaction pooler. A lost connection is opened
 * again until `close`.
 */
export function openListener(url: string, log: { warn(facts: object, text: string): void }): Listener {
  const tellers: ((change: FactsChange | undefined) => void)[] = [];
  const tell = (change: FactsChange | undefined): void => {
    for (const teller of tellers) teller(change);
  };
  let current: pg.Client | undefined;
  let isListening = false;
  let isClosed = false;
  let retry: NodeJS.Timeout | undefined;

  async function open(): Promise<void> {
    const client = new pg.Client({ connectionString: url, keepAlive: true, connectionTimeoutMillis: 2000 });
    current = client;
    client.on('notification', ({ payload = '' }) => tell(changeOf(payload)));
    client.on('error', () => lose(client));
    client.on('end', () => lose(client));
    try {
      await client.connect();
      await client.query(listenStatement);
    } catch (fault) {
      log.warn({ reason: String(fault) }, 'cannot listen for changes');
      lose(client);
      return;
    }
    // Whatever was kept before this moment may be older than a change that nobody heard.
    tell(undefined);
    isListening = current === client;
  }

  function lose(client: pg.Client): void {
    if (current !== client) return;
    current = undefined;
    isListening = false;
    client.end().catch(() => undefined);
    if (!isClosed) retry = setTimeout(() => void open(), retryMilliseconds);
  }

  void open();
  return {
    isListening: () => isListening,
    onChange: (teller) => void tellers.push(teller),
    close: async () => {
      isClosed = true;
      isListening = false;
      clearTimeout(retry);
      await current?.end().catch(() => undefined);
    },
  };
}

function changeOf(payload: string): FactsChange | undefined {
  const [kind = '', id = ''] = payload.split(':');
  return isKind(kind) && id !== '' ? { kind, id } : undefined;
}

function isKind(text: string): text is FactsChange['kind'] {
  return kinds.has(text);
}
