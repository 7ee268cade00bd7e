import type { Answer, Caller } from '../caller.ts';

/** An account that a fault test works on, and an API key of it. */
export interface Tenant {
  accountId: string;
  bearer: string;
}

/** The kind of a call, by its effect on the books. */
export type CallInfo = 'hold' | 'settle' | 'release' | 'run' | 'stream' | 'site';

/** A call of a client, with what the client knows of its outcome. */
export interface Asked {
  callInfo: CallInfo;
  tenant: Tenant;
  /** Unique; the objects that the call makes contain it. */
  name: string;
  path: string;
  body: Record<string, unknown>;
  /** The hold that a settle or release names. */
  holdId?: string;
  /** Its Idempotency-Key; a call without one is never repeated. */
  key: string | undefined;
  attempts: number;
  outcome: 'unknown' | 'acknowledged' | 'refused' | 'in_flight';
  /** The body of the answer, or the last event of a stream. */
  answer: Record<string, unknown>;
}

/** Makes the call and records its answer; a broken connection leaves the outcome unknown. */
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
  // The last event of a stream says how it ended; a stream without it has an unknown outcome.
  return callInfo !== 'stream' || body.events?.at(-1)?.event === 'done' ? 'acknowledged' : 'unknown';
}
