/**
 * What a policy may ask: for whom the transaction is. The bodies are parsed when the functions are created, so that
 * no search path changes what their names mean, and the planner can write the first three into the query; a SET
 * clause would prevent that.
 */
export const contextFunctions = [
  `create function current_account_id() returns uuid language sql stable parallel safe
    return nullif(current_setting('app.account', true), '')::uuid`,
  `create function current_user_id() returns uuid language sql stable parallel safe
    return nullif(current_setting('app.user', true), '')::uuid`,
  `create function presented_digest() returns text language sql stable parallel safe
    return nullif(current_setting('app.presented', true), '')`,
  `create function current_account_is_system() returns boolean language sql stable parallel safe
    return coalesce((select system from account where id = current_account_id()), false)`,
  `create function is_member_of_current_account(person uuid) returns boolean language sql stable parallel safe
    return exists (select 1 from membership where account_id = current_account_id() and user_id = person)`,
];

/** Drops them; policies that ask them are dropped first. */
export const dropContextFunctions = [
  'drop function is_member_of_current_account(uuid)',
  'drop function current_account_is_system()',
  'drop function presented_digest()',
  'drop function current_user_id()',
  'drop function current_account_id()',
];

/**
 * Enters an account, a user's own rows, or the row of a presented digest, for the rest of the transaction. It ends in
 * `set local`, which a distributed PostgreSQL hands to its workers; a `set_config` reaches none of them. A setting
 * that is empty is not set again: nothing sets one for longer than a transaction, so each begins without.
 */
export const enterAccount = `create function enter_account(account text, user_id text, presented text, read_only boolean)
  returns void language plpgsql as $$
  begin
    if account <> '' then execute format('set local app.account = %L', account); end if;
    if user_id <> '' then execute format('set local app."user" = %L', user_id); end if;
    if presented <> '' then execute format('set local app.presented = %L', presented); end if;
    if read_only then set local transaction_read_only = on; end if;
  end $$`;
