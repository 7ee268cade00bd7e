import pg from 'pg';
import { closeSilent } from '@tenantry/db/silent-connections';
import type { Statement } from '@tenantry/db/sql';
import { databaseTimeouts } from '@tenantry/domain/timeouts';
import type { LedgerPort } from '../port.ts';

/** A connection of one transaction, on which several statements may be under way at once. */
export interface LedgerConnection extends LedgerPort {
  begin(): Promise<unknown>;
  /** Commits; throws when the transaction had failed and was rolled back instead. */
  commit(): Promise<void>;
  rollback(): Promise<void>;
  /** Gives the connection back; one that failed in an unknown way is closed. */
  release(isBroken: boolean): void;
}

const bounds = {
  statement_timeout: databaseTimeouts.statementMilliseconds,
  lock_timeout: databaseTimeouts.lockMilliseconds,
  idle_in_transaction_session_timeout: databaseTimeouts.idleInTransactionMilliseconds,
  connectionTimeoutMillis: databaseTimeouts.connectMilliseconds,
  // A new connection parses and plans every statement again: after a pause the first callers would wait for that.
  idleTimeoutMillis: 600_000,
};

/** The connections of the ledger. Statements are sent without waiting for the answer of the one before. */
export function openLedgerConnections(url: string, connectionsMax: number, onFault: (fault: Error) => void) {
  // The driver's types do not know yet that statements may be sent ahead.
  const ahead: pg.PoolConfig & { pipeline: boolean } = { pipeline: true };
  const pool = new pg.Pool({ connectionString: url, max: connectionsMax, ...bounds, ...ahead });
  // Without a listener a lost idle connection would end the process.
  pool.on('error', onFault);
  closeSilent(pool);
  return {
    open: async () => connectionOf(await pool.connect(), onFault),
    close: () => pool.end(),
  };
}

function connectionOf(client: pg.PoolClient, onFault: (fault: Error) => void): LedgerConnection {
  // The pool listens to idle connections alone; one that is lost at work would end the process.
  client.on('error', onFault);
  return {
    send: async <Row extends object>({ name, text }: Statement, values: readonly unknown[]) =>
      (await client.query<Row>({ name, text, values: [...values] })).rows,
    begin: () => client.query('begin'),
    commit: async () => {
      const { command } = await client.query('commit');
      if (command !== 'COMMIT') throw new Error('the transaction was rolled back');
    },
    rollback: async () => void (await client.query('rollback')),
    release: (isBroken) => {
      client.removeListener('error', onFault);
      client.release(isBroken);
    },
  };
}
