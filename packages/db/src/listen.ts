import pg from 'pg';

/** What has changed of what the access cache keeps, and of whom. */
export interface AccessChange {
  kind: 'account' | 'key' | 'service_key' | 'membership' | 'session' | 'plan';
  id: string;
}

/** Hears of changes as they commit, wherever they are made. */
export interface Listener {
  /**
   * Whether every change that committed up to some seconds ago has reached this process; while they do not, nothing
   * may be kept.
   */
  isListening(): boolean;
  /** Calls back for each change, and with undefined when some may have been missed. */
  onChange(tell: (change: AccessChange | undefined) => void): void;
  close(): Promise<void>;
}

const listenStatement = 'listen tenantry_access';
const retryMilliseconds = 250;
const proofMilliseconds = 1000;
/** How long a proof holds. With the second to the next one it stays below the five that a cached row may be old. */
const provenMilliseconds = 4000;
const kinds = new Set(['account', 'key', 'service_key', 'membership', 'session', 'plan']);

/**
 * Listens on a connection of its own, which must not go through a transaction pooler. A lost connection is opened
 * again until `close`. A connection may die without a word, so it is asked each second: an answer comes behind all
 * notifications of what had committed when it was asked for, and so proves that they were heard.
 */
export function openListener(url: string, log: { warn(facts: object, text: string): void }): Listener {
  const tellers: ((change: AccessChange | undefined) => void)[] = [];
  const tell = (change: AccessChange | undefined): void => {
    for (const teller of tellers) teller(change);
  };
  let current: pg.Client | undefined;
  let provenAt = Number.NEGATIVE_INFINITY;
  let proof: NodeJS.Timeout | undefined;
  let isClosed = false;
  let retry: NodeJS.Timeout | undefined;

  async function open(): Promise<void> {
    const client = new pg.Client({
      connectionString: url,
      application_name: 'tenantry listener',
      keepAlive: true,
      connectionTimeoutMillis: 2000,
      query_timeout: provenMilliseconds,
    });
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
    await prove(client);
  }

  /** Asks the connection whether it lives, now and again each second; one that owes an answer too long is lost. */
  async function prove(client: pg.Client): Promise<void> {
    const askedAt = performance.now();
    await client.query('select 1').catch(() => lose(client));
    if (current !== client) return;
    provenAt = askedAt;
    proof = setTimeout(() => void prove(client), proofMilliseconds);
    proof.unref();
  }

  function lose(client: pg.Client): void {
    if (current !== client) return;
    current = undefined;
    provenAt = Number.NEGATIVE_INFINITY;
    clearTimeout(proof);
    client.end().catch(() => undefined);
    if (!isClosed) retry = setTimeout(() => void open(), retryMilliseconds);
  }

  void open();
  return {
    isListening: () => performance.now() - provenAt < provenMilliseconds,
    onChange: (teller) => void tellers.push(teller),
    close: async () => {
      isClosed = true;
      provenAt = Number.NEGATIVE_INFINITY;
      clearTimeout(retry);
      clearTimeout(proof);
      current?.connection.stream.destroy();
    },
  };
}

function changeOf(payload: string): AccessChange | undefined {
  const [kind = '', id = ''] = payload.split(':');
  return isKind(kind) && id !== '' ? { kind, id } : undefined;
}

function isKind(text: string): text is AccessChange['kind'] {
  return kinds.has(text);
}
