import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The account with a number, as the bench seeds them. */
export const accountId = (number: number): string =>
  `0198f000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;

const enter = (accounts: number) => `\\set number random(1, ${accounts})
begin;
select set_config('app.account', '0198f000-0000-7000-8000-' || lpad(to_hex(:number::bigint), 12, '0'), true) as account,
  set_config('app.user', '', true), set_config('app.presented', '', true) \\gset
`;

/** Our own hold as plain statements of one client: context, lock, grants, hold, entry with its hash, balance, commit. */
const walled = (
  accounts: number,
) => `${enter(accounts)}select available - 1 as available, held + 1 as held, sequence + 1 as sequence, head_hash as head, gen_random_uuid() as hold, gen_random_uuid() as entry
  from credit_balance where account_id = :account::uuid for no key update \\gset
select id as grant_id, available - 1 as grant_available, held + 1 as grant_held from credit_grant
  where account_id = :account::uuid and (available > 0 or held > 0) limit 1 \\gset
insert into credit_hold (account_id, id, amount, status, metadata, expires_at, created_at, backings)
  values (:account::uuid, :hold::uuid, 1, 'open', '{}', now() + interval '15 minutes', now(),
    jsonb_build_array(jsonb_build_object('grantId', :grant_id::text, 'amount', 1)));
update credit_grant set available = :grant_available::bigint, held = :grant_held::bigint
  where account_id = :account::uuid and id = :grant_id::uuid;
select encode(sha256(convert_to(:head::text || :entry::text || :sequence::text, 'UTF8')), 'hex') as hash \\gset
insert into ledger_entry (account_id, id, sequence, at, kind, from_book, to_book, amount, available_after, hold_id, actor, request_id, hash)
  values (:account::uuid, :entry::uuid, :sequence::bigint, now(), 'hold', 'available', 'held', 1, :available::bigint, :hold::uuid,
    'bench', 'bench', :hash::text);
update credit_balance set available = :available::bigint, held = :held::bigint, sequence = :sequence::bigint, head_hash = :hash::text
  where account_id = :account::uuid;
commit;
`;

/** The least that could be called a hold: one statement that checks and subtracts, and a row; no wall, no journal. */
const naked = (accounts: number) => `\\set number random(1, ${accounts})
with taken as (update credit_balance set available = available - 1, held = held + 1
  where account_id = ('0198f000-0000-7000-8000-' || lpad(to_hex(:number::bigint), 12, '0'))::uuid and available >= 1 returning account_id)
insert into credit_hold (account_id, id, amount, status, metadata, expires_at, created_at)
  select account_id, gen_random_uuid(), 1, 'open', '{}', now() + interval '15 minutes', now() from taken;
`;

const scripts = { walled, naked };

/** What pgbench is asked to run. */
export interface PgbenchRun {
  script: keyof typeof scripts;
  accounts: number;
  clients: number;
  seconds: number;
}

/** Finds Debian's or the path's pgbench. Throws when there is none, since nothing else can stand for it. */
function programOf(): string {
  const home = '/usr/lib/postgresql';
  const versions = existsSync(home) ? readdirSync(home).toSorted().toReversed() : [];
  const found = versions.map((version) => join(home, version, 'bin/pgbench')).find(existsSync);
  return found ?? 'pgbench';
}

/** Runs one script with prepared statements, and answers transactions a second. */
export async function pgbench(folder: string, url: string, one: PgbenchRun): Promise<number> {
  const parsed = new URL(url);
  const file = join(folder, `${one.script}-${one.accounts}.sql`);
  await writeFile(file, scripts[one.script](one.accounts));
  const words = [
    '-n',
    '-M',
    'prepared',
    '-f',
    file,
    '-c',
    String(one.clients),
    '-j',
    '2',
    '-T',
    String(one.seconds),
  ];
  const place = ['-h', parsed.searchParams.get('host') ?? parsed.hostname, '-p', parsed.port || '5432'];
  const whom = ['-U', parsed.username, parsed.pathname.slice(1)];
  const { stdout } = await run(programOf(), [...words, ...place, ...whom]);
  const rate = /tps = ([\d.]+)/.exec(stdout)?.[1];
  if (rate === undefined || !/number of failed transactions: 0/.test(stdout))
    throw new Error(`pgbench did not run cleanly: ${stdout}`);
  return Number(rate);
}
