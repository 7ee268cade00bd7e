import { idempotencyReplayedHeader } from '@tenantry/contract/headers';
import { type Refusal, isRefusal } from '@tenantry/domain/refusals';
import { type StoredAnswer, isStoredAnswer } from '@tenantry/db/idempotency/call';
import { refusalError } from '../public-error.ts';
import type { PassedCall } from './handler.ts';
import { refusalIfHidden } from './stored-answer.ts';

/** A value as JSON carries it: times are RFC 3339 texts in UTC. The bytes of a file stay as they are. */
export type Presented<T> = T extends Date
  ? string
  : T extends Uint8Array
    ? T
    : T extends readonly (infer Item)[]
      ? Presented<Item>[]
      : T extends object
        ? { [Key in keyof T]: Presented<T[Key]> }
        : T;

/** What a procedure answers when its service answers `Output`. */
export type Answer<Output> = Presented<Exclude<Output, Refusal | StoredAnswer>>;

/** The codes that a service's answer may be refused with. */
export type CodeOf<Output> = Output extends Refusal<infer Code> ? Code : never;

/** Turns every time in an answer into an RFC 3339 text in UTC. */
export function present<T>(value: T): Presented<T> {
  return presented<T>(convert(value));
}

function convert(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(convert);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, convert(item)]));
}

// `convert` does to a value what `Presented` does to its type.
function presented<T>(value: unknown): Presented<T> {
  return value as Presented<T>;
}

/**
 * The answer of a call: what its service answered, or the stored answer of an earlier call with the same
 * Idempotency-Key, which is marked in a header. Throws a refusal, and `not_found` or `site_forbidden` where the caller may
 * not see the stored answer.
 */
export function answerOf<Output>(
  ctx: Pick<PassedCall, 'setHeader' | 'callInfo' | 'terms'>,
  outcome: unknown,
): Answer<Output> {
  if (isRefusal(outcome)) throw refusalError(outcome);
  if (!isStoredAnswer(outcome)) return answered<Output>(present(outcome));
  const hidden = refusalIfHidden(ctx, outcome);
  if (hidden !== undefined) throw refusalError(hidden);
  ctx.setHeader(idempotencyReplayedHeader, 'true');
  return answered<Output>(JSON.parse(outcome.replay));
}

// What is answered was presented from an `Output`, now or when the answer was stored.
function answered<Output>(value: unknown): Answer<Output> {
  return value as Answer<Output>;
}
