import { randomUUID } from 'node:crypto';
import { newId } from '@tenantry/db/ids';
import { openVault } from '@tenantry/identity/vault';
import { openWebhookTargets } from '@tenantry/webhooks/port';
import { startProgram } from '../process.ts';
import { type Receiver, openReceiver } from './receiver.ts';
import { sealingKeys } from './relay.ts';

/**
 * How many endpoints get how many messages, within which time, and how many of the endpoints are bad. In no time, all
 * messages stand there when the relay begins.
 */
export interface OutboxLoad {
  endpoints: number;
  down: number;
  slow: number;
  messages: number;
  seconds: number;
}

/** The database of a measurement: its statements run as the superuser. */
export interface LoadDatabase {
  url(role: string): string;
  run(sql: string, values?: unknown[]): Promise<unknown>;
}

/** What the endpoints of one kind got. */
export interface KindFigures {
  kind: 'healthy' | 'slow' | 'down';
  endpoints: number;
  messages: number;
  delivered: number;
  /** From the commit of a message to its request, in milliseconds; in a burst, from the first request. */
  p50Milliseconds: number;
  p99Milliseconds: number;
  worstMilliseconds: number;
}

/** How long a slow endpoint takes to answer. */
const slowMilliseconds = 10_000;
/** How long the healthy endpoints have to get what is left when the last message is written. */
const patienceMilliseconds = 60_000;
const stepMilliseconds = 100;

/**
 * Writes messages at an even rate into the outboxes of as many accounts as there are endpoints, one endpoint each, beside a
 * relay in a process of its own, and measures how long each takes to its endpoint. Of the endpoints some refuse every
 * connection, and some answer after ten seconds.
 */
export async function measureOutbox(database: LoadDatabase, load: OutboxLoad): Promise<KindFigures[]> {
  const receiver = await openReceiver();
  const targets = Array.from({ length: load.endpoints }, (_none, index) => {
    const kind = kindOf(index, load);
    const path = `/${kind}/${index}`;
    const url = kind === 'down' ? `http://127.0.0.1:1${path}` : receiver.url + path;
    if (kind === 'slow')
      receiver.answer(
        path,
        (response) => void setTimeout(() => response.writeHead(204).end(), slowMilliseconds),
      );
    return { kind, path, url, accountId: newId() };
  });
  await insertTargets(database, targets);
  const isBurst = load.seconds === 0;
  if (isBurst) await writeMessages(database, targets, load);
  const relay = startProgram('fault-test/relay.ts', ['--url', database.url('tenantry_worker')]);
  try {
    await relay.ready;
    if (!isBurst) await writeMessages(database, targets, load);
    const healthy = targets.filter(({ kind }) => kind === 'healthy').length;
    await untilReceived(receiver, '/healthy/', (load.messages / load.endpoints) * healthy);
    const begunAt = isBurst ? receiver.received[0]?.at : undefined;
    return (['healthy', 'slow', 'down'] as const).map((kind) =>
      figuresOf(kind, targets, { ...load, begunAt }, receiver),
    );
  } finally {
    relay.signal('SIGKILL');
    await relay.ended;
    await receiver.close();
  }
}

interface Target {
  kind: KindFigures['kind'];
  path: string;
  url: string;
  accountId: string;
}

function kindOf(index: number, { down, slow }: OutboxLoad): KindFigures['kind'] {
  if (index < down) return 'down';
  return index < down + slow ? 'slow' : 'healthy';
}

async function insertTargets({ run }: LoadDatabase, targets: readonly Target[]): Promise<void> {
  const { seal } = openVault(sealingKeys);
  const { mintSecret } = openWebhookTargets(true);
  const rows = targets.map(({ url, accountId }) => ({
    accountId,
    id: newId(),
    url,
    secret: seal(mintSecret()),
  }));
  const given = `from jsonb_to_recordset($1::jsonb) as one("accountId" uuid, id uuid, url text, secret text)`;
  await run(
    `insert into account (id, name, status, payment_method, created_at)
     select "accountId", 'Loaded', 'active', 'bank_transfer', now() ${given}`,
    [JSON.stringify(rows)],
  );
  await run(
    `insert into webhook_endpoint (account_id, id, url, events, enabled, secret, created_by, created_at)
     select "accountId", id, url, '[]', true, secret, 'load', now() ${given}`,
    [JSON.stringify(rows)],
  );
}

/** Writes as many messages in each step as are due by then, one account after the other. */
async function writeMessages(
  { run }: LoadDatabase,
  targets: readonly Target[],
  { messages, seconds }: OutboxLoad,
): Promise<void> {
  const begun = Date.now();
  for (let written = 0; written < messages; ) {
    const share = seconds === 0 ? 1 : (Date.now() - begun + stepMilliseconds) / (seconds * 1000);
    const due = Math.min(messages, Math.ceil(share * messages));
    const rows = Array.from({ length: due - written }, (_none, index) => ({
      accountId: targets[(written + index) % targets.length]?.accountId,
      id: randomUUID(),
    }));
    await run(
      `insert into outbox_message (account_id, id, at, topic, payload)
       select "accountId", id, clock_timestamp(), 'credit.adjusted', jsonb_build_object('entryId', id, 'amount', 1)
       from jsonb_to_recordset($1::jsonb) as one("accountId" uuid, id uuid)`,
      [JSON.stringify(rows)],
    );
    written = due;
    await new Promise((resolve) => setTimeout(resolve, stepMilliseconds));
  }
}

async function untilReceived(receiver: Receiver, prefix: string, messages: number): Promise<void> {
  const count = () => receiver.received.filter(({ path }) => path.startsWith(prefix)).length;
  for (let waited = 0; count() < messages && waited < patienceMilliseconds; waited += stepMilliseconds)
    await new Promise((resolve) => setTimeout(resolve, stepMilliseconds));
}

function figuresOf(
  kind: KindFigures['kind'],
  targets: readonly Target[],
  { messages, begunAt }: OutboxLoad & { begunAt: number | undefined },
  { received }: Receiver,
): KindFigures {
  const endpoints = targets.filter((target) => target.kind === kind).length;
  const got = received.filter(({ path }) => path.startsWith(`/${kind}/`));
  const waits = got
    .map(({ at, body }) => at - (begunAt ?? Date.parse(JSON.parse(body).timestamp)))
    .toSorted((a, b) => a - b);
  const at = (part: number) => waits[Math.min(waits.length - 1, Math.floor(waits.length * part))] ?? 0;
  return {
    kind,
    endpoints,
    messages: (messages / targets.length) * endpoints,
    delivered: new Set(got.map(({ headers }) => headers['webhook-id'])).size,
    p50Milliseconds: at(0.5),
    p99Milliseconds: at(0.99),
    worstMilliseconds: waits.at(-1) ?? 0,
  };
}
