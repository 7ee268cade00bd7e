import type { TestDatabase } from './database.ts';

/** Makes every write of one kind to a table fail; answers a function that removes the fault. */
export async function failWrites(
  database: TestDatabase,
  table: string,
  verb: 'insert' | 'update' | 'commit',
): Promise<() => Promise<void>> {
  await database.query(`create or replace function fail_here() returns trigger language plpgsql as
    $$ begin raise exception 'a fault was injected'; end $$`);
  await database.query(
    verb === 'commit'
      ? `create constraint trigger fail_here after insert on ${table} deferrable initially deferred for each row execute function fail_here()`
      : `create trigger fail_here before ${verb} on ${table} for each row execute function fail_here()`,
  );
  return async () => {
    await database.query(`drop trigger fail_here on ${table}`);
  };
}

/**
 * Makes the next `times` transactions that insert into a table fail with a serialization conflict; answers a function
 * that removes the fault. Rolled-back transactions count.
 */
export async function conflictWrites(
  database: TestDatabase,
  table: string,
  times: number,
): Promise<() => Promise<void>> {
  await database.query('create sequence if not exists conflicts');
  await database.query("select setval('conflicts', 1, false)");
  await database.query(`create or replace function conflict_here() returns trigger language plpgsql security definer as
    $$ begin if nextval('public.conflicts') <= tg_argv[0]::int then
      raise exception 'could not serialize access' using errcode = '40001'; end if; return new; end $$`);
  await database.query(
    `create trigger conflict_here before insert on ${table} for each statement execute function conflict_here(${times})`,
  );
  return async () => {
    await database.query(`drop trigger conflict_here on ${table}`);
  };
}

/** Runs `work`, and terminates the first backend that waits for the lock of the balance of an account. */
export async function terminateAtLock<T>(
  database: TestDatabase,
  accountId: string,
  work: () => Promise<T>,
): Promise<T> {
  await database.query('begin');
  try {
    await database.query('select from credit_balance where account_id = $1 for update', [accountId]);
    const working = work();
    let ended = 0;
    for (let waited = 0; ended === 0 && waited < 1000; waited += 1)
      ended = (await database.query(terminateWaiting)).length;
    await database.query('rollback');
    return await working;
  } finally {
    await database.query('rollback');
  }
}

const terminateWaiting = `select pg_terminate_backend(pid) from pg_locks
  where not granted and pg_backend_pid() = any (pg_blocking_pids(pid))`;

/**
 * A digest of every row of every table, by table, to compare before and after; when keys were last used is left out.
 */
export async function contentOf(database: TestDatabase): Promise<Record<string, string>> {
  const tables = await database.query(
    "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by relname",
  );
  const content: Record<string, string> = {};
  for (const { relname } of tables) {
    const [row] = await database.query(
      `select count(*) || ' ' || coalesce(md5(string_agg((to_jsonb(t) - 'last_used_at')::text, '|' order by (to_jsonb(t) - 'last_used_at')::text)), '') as digest from ${String(relname)} t`,
    );
    content[String(relname)] = String(row?.['digest']);
  }
  return content;
}
