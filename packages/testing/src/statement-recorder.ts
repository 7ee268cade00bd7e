import { mkdtemp, rm } from 'node:fs/promises';
import { createConnection, createServer, type Socket } from 'node:net';
import { join } from 'node:path';

/** The account, the user and the presented secret of a transaction. */
export type WireContext = Readonly<Record<'account' | 'user' | 'presented', string>>;

/** A statement as it was sent over the wire. */
export interface SentStatement {
  text: string;
  values: (string | null)[];
  context: WireContext;
}

/** A socket in front of PostgreSQL that records every statement sent through it. */
export interface Wire {
  /** The URL of the database through the socket. */
  url: string;
  /** The statements since the wire was opened or since the last call. */
  take(): SentStatement[];
  close(): Promise<void>;
}

const socketName = '.s.PGSQL.5432';
const nobody: WireContext = { account: '', user: '', presented: '' };

/** Opens a wire to the database of a URL on a unix socket. `onStatement` is told of each before it is sent on. */
export async function openWire(
  databaseUrl: string,
  onStatement: (statement: SentStatement) => void = () => undefined,
): Promise<Wire> {
  const url = new URL(databaseUrl);
  const behind = join(url.searchParams.get('host') ?? '', socketName);
  const folder = await mkdtemp('/tmp/tenantry-wire-');
  url.searchParams.set('host', folder);
  let sent: SentStatement[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const database = createConnection(behind);
    const read = openReader((statement) => {
      sent.push(statement);
      onStatement(statement);
    });
    client.on('data', read);
    client.pipe(database).pipe(client);
    for (const [socket, other] of [
      [client, database],
      [database, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => sockets.delete(socket));
    }
  });
  await new Promise<void>((resolve) => server.listen(join(folder, socketName), resolve));
  return {
    url: url.toString(),
    take: () => {
      const taken = sent;
      sent = [];
      return taken;
    },
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
      await rm(folder, { recursive: true });
    },
  };
}

/** Reads the messages of one client, and reports each statement with its values; prepared texts are kept by name. */
function openReader(report: (statement: SentStatement) => void): (chunk: Buffer) => void {
  const texts = new Map<string, string>();
  let rest = Buffer.alloc(0);
  let hasBegun = false;
  let context = nobody;
  const record = (text: string, values: (string | null)[]): void => {
    context = contextOf(text, values) ?? context;
    report({ text, values, context });
  };
  const read = (kind: string, body: Buffer): void => {
    if (kind === 'Q') record(textAt(body, 0), []);
    if (kind === 'P') {
      const name = textAt(body, 0);
      texts.set(name, textAt(body, Buffer.byteLength(name) + 1));
    }
    if (kind === 'B') {
      const portal = textAt(body, 0);
      const name = textAt(body, Buffer.byteLength(portal) + 1);
      const at = Buffer.byteLength(portal) + Buffer.byteLength(name) + 2;
      record(texts.get(name) ?? '', valuesAt(body, at));
    }
  };
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      // Every message but the first of a connection has its type, one byte, before its length.
      const typeBytes = hasBegun ? 1 : 0;
      if (rest.length < typeBytes + 4) return;
      const end = typeBytes + rest.readInt32BE(typeBytes);
      if (rest.length < end) return;
      if (hasBegun) read(rest.toString('latin1', 0, 1), rest.subarray(5, end));
      hasBegun = true;
      rest = rest.subarray(end);
    }
  };
}

const textAt = (body: Buffer, at: number): string => body.toString('utf8', at, body.indexOf(0, at));

function valuesAt(body: Buffer, formatsAt: number): (string | null)[] {
  let at = formatsAt + 2 + 2 * body.readInt16BE(formatsAt);
  const values: (string | null)[] = [];
  for (let left = body.readInt16BE(at), place = at + 2; left > 0; left -= 1) {
    const bytes = body.readInt32BE(place);
    at = place + 4;
    values.push(bytes < 0 ? null : body.toString('utf8', at, at + bytes));
    place = at + Math.max(0, bytes);
  }
  return values;
}

/** The context that a statement sets for the rest of its transaction, if it sets one. */
function contextOf(text: string, values: readonly (string | null)[]): WireContext | undefined {
  const entered = /enter_account\(([^,]*), ([^,]*), ([^,]*), [^,]*\)/.exec(text);
  if (entered === null) return undefined;
  const [account = '', user = '', presented = ''] = entered
    .slice(1)
    .map((argument) => valueOf(argument, values));
  return { account, user, presented };
}

/** The text of an argument, which is a literal or a parameter. */
function valueOf(argument: string, values: readonly (string | null)[]): string {
  const mark = /^\$(\d+)$/.exec(argument);
  return mark === null ? argument.replaceAll("'", '') : (values[Number(mark[1]) - 1] ?? '');
}
