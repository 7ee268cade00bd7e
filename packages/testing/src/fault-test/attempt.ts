import type { Answer, Caller } from '../caller.ts';

/** An account that a drill works on, and a key of it. */
export interface Tenant {
  accountId: string;
  bearer: string;
}

/** What is asked for, by what it does to the books. */
export type CallInfo = 'hold' | 'settle' | 'release' | 'run' | 'stream' | 'site';

/** One call of a client with what the client knows of it, whatever became of the server. */
export interface Asked {
  callInfo: CallInfo;
  tenant: Tenant;
  /** Unique; the call leaves it in what it makes. */
  name: string;
  path: string;
  body: Record<string, unknown>;
  /** The hold that a settle or release names. */
  holdId?: string;
  /** Its Idempotency-Key; without one it is never asked again. */
  key: string | undefined;
  attempts: number;
  outcome: 'unknown' | 'acknowledged' | 'refused' | 'in_flight';
  /** The body of the answer, or the last event of a stream. */
  answer: Record<string, unknown>;
}

/** Asks, and writes down what came back; a connection that breaks leaves the outcome unknown. */
export async function ask(api: Caller, asked: Asked): Promise<void> {
  const { callInfo, tenant, path, body, key } = asked;
  const headers = {
    ...(key === undefined ? {} : { 'idempotency-key': key }),
    ...(callInfo === 'stream' ? { accept: 'text/event-stream' } : {}),
  };
  asked.attempts += 1;
  const answer = await api
    .rest('POST', path, { body, bearer: tenant.bearer, headers })
    .catch(() => undefined);
  if (answer === undefined) return;
  asked.outcome = outcomeOf(asked, answer);
  asked.answer = callInfo === 'stream' ? (answer.body?.events?.at(-1) ?? {}) : (answer.body ?? {});
}

function outcomeOf({ callInfo }: Asked, { status, body }: Answer): Asked['outcome'] {
  if (body?.code === 'idempotency_in_flight') return 'in_flight';
  if (status >= 500) return 'unknown';
  if (status >= 400) return 'refused';
  // A stream says how it ended in its last event, and only one that is whole has that.
  return callInfo !== 'stream' || body.events?.at(-1)?.event === 'done' ? 'acknowledged' : 'unknown';
}
