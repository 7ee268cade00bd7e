import pg from 'pg';
import { closeSilent } from './silent-connections.ts';

/** How long one of these statements may take, and how long a connection that answers nothing is waited for. */
const statementMilliseconds = 250;
const silenceMilliseconds = 2 * statementMilliseconds;

/** A few connections for statements that stand outside of every transaction, such as the throttle's counts. */
export function openPool(url: string, onFault: (fault: Error) => void): pg.Pool {
  const bounds = {
    statement_timeout: statementMilliseconds,
    connectionTimeoutMillis: statementMilliseconds,
    idleTimeoutMillis: 30_000,
  };
  const pool = new pg.Pool({ connectionString: url, max: 2, ...bounds });
  // Without a listener a lost idle connection would end the process.
  pool.on('error', onFault);
  closeSilent(pool, silenceMilliseconds);
  return pool;
}
