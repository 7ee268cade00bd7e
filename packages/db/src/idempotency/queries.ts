import type { AccountTransaction } from '../transaction.ts';

/** A stored answer, or the mark of a call that is still running. */
export interface StoredCall {
  fingerprint: string;
  state: 'running' | 'done';
  status: number | null;
  body: string | null;
}

const claim = `insert into idempotency_record (account_id, procedure, key, fingerprint, state, created_at, expires_at)
values (?, ?, ?, ?, 'running', ?, ?)
on conflict (account_id, procedure, key) do update set fingerprint = excluded.fingerprint, state = 'running', status = null,
  body = null, created_at = excluded.created_at, expires_at = excluded.expires_at
where idempotency_record.expires_at <= excluded.created_at
returning key`;
const find = `select fingerprint, state, status, body from idempotency_record where account_id = ? and procedure = ? and key = ?`;
const complete = `update idempotency_record set state = 'done', status = ?, body = ?, expires_at = ?
where account_id = ? and procedure = ? and key = ? and state = 'running' returning key`;

/** Claims a key for this call; answers the stored call when another has claimed it before. */
export async function claimKey(
  { em, accountId, now }: AccountTransaction,
  procedure: string,
  key: string,
  fingerprint: string,
  runningUntil: Date,
): Promise<StoredCall | undefined> {
  const claimed = await em.execute(claim, [
    accountId,
    procedure,
    key,
    fingerprint,
    now.toISOString(),
    runningUntil.toISOString(),
  ]);
  return claimed.length === 1 ? undefined : findCall({ em, accountId }, procedure, key);
}

/** The stored call of a key. */
export async function findCall(
  { em, accountId }: Pick<AccountTransaction, 'em' | 'accountId'>,
  procedure: string,
  key: string,
): Promise<StoredCall | undefined> {
  const rows: StoredCall[] = await em.execute(find, [accountId, procedure, key]);
  return rows[0];
}

/** Stores the answer of the call that claimed the key. */
export async function completeCall(
  { em, accountId }: AccountTransaction,
  procedure: string,
  key: string,
  answer: { status: number; body: string; keptUntil: Date },
): Promise<void> {
  const { status, body, keptUntil } = answer;
  const rows = await em.execute(complete, [status, body, keptUntil.toISOString(), accountId, procedure, key]);
  if (rows.length !== 1) throw new Error('an idempotency key was not claimed');
}
