import { readServiceKeyConfig } from '@tenantry/config/cli';
import { currentEnvironment, runCommand } from '@tenantry/config/process';
import {
  createServiceKeyInput,
  rotateServiceKeyInput,
  serviceKeyInput,
} from '@tenantry/contract/service-key';
import { newId } from '@tenantry/db/ids';
import { openOrm } from '@tenantry/db/orm';
import { type CallInfo, type Database, openDatabase } from '@tenantry/db/transaction';
import { serviceScopes } from '@tenantry/domain/permissions';
import { isRefusal } from '@tenantry/domain/refusals';
import { openServiceKeyIdentity } from '@tenantry/identity/port';
import { commitByCommand } from '@tenantry/services/service-key/commit';
import {
  type ServiceKeyChange,
  createServiceKey,
  listServiceKeys,
  revokeServiceKey,
  rotateServiceKey,
} from '@tenantry/services/service-key/manage';
import type { Command } from 'commander';
import { parsed } from './parsed.ts';

type Clock = () => Date;

/** Runs a change of service keys as the owner of the schema, with its security event. */
async function asOwner<T>(
  clock: Clock,
  action: string,
  work: (context: ServiceKeyChange) => Promise<T>,
): Promise<T> {
  const { ownerUrl, apiKeyPepper } = readServiceKeyConfig(currentEnvironment());
  const database = openDatabase(await openOrm(ownerUrl, 1));
  const actor = { kind: 'system', job: 'cli' } as const;
  const call: CallInfo = { actor, requestId: newId(), now: clock() };
  const commit = commitByCommand(database, call, action);
  try {
    return await work({ ...call, commit, identity: openServiceKeyIdentity(apiKeyPepper) });
  } finally {
    await database.close();
  }
}

/** Options as the command line gives them. */
interface CreateOptions {
  name: string;
  scopes: string[];
  test: boolean;
  expires?: string;
  addresses?: string[];
  callsPerMinute?: string;
}

const shownOnce = ({ id, secret }: { id: string; secret: string }) =>
  `Service key  ${secret}\nId           ${id}\nThe key is shown only now. \`tenantry service-key rotate ${id}\` makes another.`;

async function create(clock: Clock, options: CreateOptions): Promise<string> {
  const { name, scopes, test, expires: expiresAt, addresses: allowedAddresses, callsPerMinute } = options;
  const input = parsed(createServiceKeyInput, {
    name,
    scopes,
    mode: test ? 'test' : 'live',
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(allowedAddresses === undefined ? {} : { allowedAddresses }),
    ...(callsPerMinute === undefined ? {} : { callsPerMinute: Number(callsPerMinute) }),
  });
  const made = await asOwner(clock, 'serviceKey.create', (context) => createServiceKey(context, input));
  if (isRefusal(made)) throw new Error('the expiry has passed');
  return shownOnce(made);
}

/** Every service key, page after page. */
async function allServiceKeys(database: Database) {
  const keys = [];
  let cursor: string | undefined;
  do {
    const { items, nextCursor } = await listServiceKeys({ database }, { limit: 100, cursor });
    keys.push(...items);
    cursor = nextCursor ?? undefined;
  } while (cursor !== undefined);
  return keys;
}

async function list(): Promise<string> {
  const { ownerUrl } = readServiceKeyConfig(currentEnvironment());
  const database = openDatabase(await openOrm(ownerUrl, 1));
  try {
    const keys = await allServiceKeys(database);
    if (keys.length === 0) return 'There is no service key. `tenantry service-key create` makes one.';
    const day = (at: Date | null) => at?.toISOString() ?? 'never';
    return keys
      .map(({ id, prefix, name, scopes, expiresAt, revokedAt, lastUsedAt }) => {
        const end = revokedAt === null ? `expires ${day(expiresAt)}` : `revoked ${day(revokedAt)}`;
        return [id, prefix, name, scopes.join(','), end, `last used ${day(lastUsedAt)}`].join('\t');
      })
      .join('\n');
  } finally {
    await database.close();
  }
}

async function rotate(clock: Clock, serviceKeyId: string, overlap: string): Promise<string> {
  const input = parsed(rotateServiceKeyInput, { serviceKeyId, overlapSeconds: Number(overlap) });
  const made = await asOwner(clock, 'serviceKey.rotate', (context) => rotateServiceKey(context, input));
  if (isRefusal(made))
    throw new Error(
      made.refused === 'conflict'
        ? 'the key is revoked, has expired, or was replaced already'
        : 'there is no such service key',
    );
  return shownOnce(made);
}

async function revoke(clock: Clock, serviceKeyId: string): Promise<string> {
  const input = parsed(serviceKeyInput, { serviceKeyId });
  const done = await asOwner(clock, 'serviceKey.revoke', (context) => revokeServiceKey(context, input));
  if (isRefusal(done)) throw new Error('there is no such service key');
  return `${serviceKeyId} is revoked.`;
}

/** Adds the commands on service keys, with which the operator's own backend acts for accounts. */
export function addServiceKeyCommands(program: Command, clock: Clock): void {
  const keys = program
    .command('service-key')
    .description('the keys with which your own backend acts for any of your accounts');
  const print = (work: () => Promise<string>) => runCommand(async () => console.log(await work()));
  keys
    .command('create')
    .description('make a service key, and show it once')
    .requiredOption('--name <name>', 'by which you recognise it')
    .requiredOption('--scopes <scope...>', `what it may do: ${serviceScopes.join(', ')}`)
    .option('--test', 'a key for sandbox accounts alone', false)
    .option('--expires <time>', 'when it ends, in RFC 3339; without it never')
    .option('--addresses <address...>', 'the IP addresses and CIDR blocks that it may be used from')
    .option('--calls-per-minute <number>', 'the rate of its own bucket; 60000 without it')
    .action((options: CreateOptions) => print(() => create(clock, options)));
  keys
    .command('list')
    .description('list service keys, those that have ended too')
    .action(() => print(list));
  keys
    .command('rotate')
    .description('make a key that can do what another can, and show it once')
    .argument('<id>')
    .option('--overlap <seconds>', 'for how long the old key still works', '86400')
    .action((id: string, { overlap }: { overlap: string }) => print(() => rotate(clock, id, overlap)));
  keys
    .command('revoke')
    .description('end a key now and for good')
    .argument('<id>')
    .action((id: string) => print(() => revoke(clock, id)));
}
