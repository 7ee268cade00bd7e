import pg from 'pg';

/** A few connections for statements that stand outside of every transaction, such as the throttle's counts. */
export function openPool(url: string, onFault: (fault: Error) => void): pg.Pool {
  const bounds = { statement_timeout: 250, connectionTimeoutMillis: 250, idleTimeoutMillis: 30_000 };
  const pool = new pg.Pool({ connectionString: url, max: 2, ...bounds });
  // Without a listener a lost idle connection would end the process.
  pool.on('error', onFault);
  return pool;
}
