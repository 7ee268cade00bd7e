import type { TestDatabase } from './database.ts';

/** Makes every write of one kind to a table fail, as a broken disk or a bug would; answers how to lift that. */
export async function failWrites(
  database: TestDatabase,
  table: string,
  verb: 'insert' | 'update' | 'commit',
): Promise<() => Promise<void>> {
  await database.look(`create or replace function fail_here() returns trigger language plpgsql as
    $$ begin raise exception 'a fault was injected'; end $$`);
  await database.look(
    verb === 'commit'
      ? `create constraint trigger fail_here after insert on ${table} deferrable initially deferred for each row execute function fail_here()`
      : `create trigger fail_here before ${verb} on ${table} for each row execute function fail_here()`,
  );
  return async () => {
    await database.look(`drop trigger fail_here on ${table}`);
  };
}

/** A digest of every row of every table, by table, to compare before and after; when keys were last used is left out. */
export async function contentOf(database: TestDatabase): Promise<Record<string, string>> {
  const tables = await database.look(
    "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by relname",
  );
  const content: Record<string, string> = {};
  for (const { relname } of tables) {
    const [row] = await database.look(
      `select count(*) || ' ' || coalesce(md5(string_agg((to_jsonb(t) - 'last_used_at')::text, '|' order by (to_jsonb(t) - 'last_used_at')::text)), '') as digest from ${String(relname)} t`,
    );
    content[String(relname)] = String(row?.['digest']);
  }
  return content;
}
