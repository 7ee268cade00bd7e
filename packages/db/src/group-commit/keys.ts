import { addDays } from '@tenantry/domain/time';
import type { Refusal } from '@tenantry/domain/refusals';
import type { StoredCall } from '../idempotency/queries.ts';
import {
  type CallMark,
  type StoredAnswer,
  answerDays,
  runningSeconds,
  verdictOf,
} from '../idempotency/verdict.ts';
import type { LedgerKey } from './call.ts';

/** The stored mark of an Idempotency-Key that a call of the batch named. */
export type StoredMark = Omit<StoredCall, 'status'> & { procedure: string; key: string };

/** What the Idempotency-Keys of a batch mean, in the order of its calls. */
export interface Keys {
  /** What a call is told whose key was used before, in this batch or an earlier one; undefined when it may go on. */
  earlier(key: LedgerKey<unknown>): StoredAnswer | Refusal | undefined;
  /** Remembers what a call was answered. */
  note(key: LedgerKey<unknown>, answer: unknown): void;
  /** Marks to write, and keys to give free. */
  written: (CallMark & { createdAt: Date })[];
  forgotten: { procedure: string; key: string }[];
}

const placeOf = ({ procedure, key }: { procedure: string; key: string }) => `${procedure} ${key}`;

/** Begins with the marks that were read behind the lock. */
export function openKeys(marks: readonly StoredMark[], now: Date): Keys {
  const known = new Map<string, Omit<StoredCall, 'status'>>(marks.map((mark) => [placeOf(mark), mark]));
  const keys: Keys = {
    written: [],
    forgotten: [],
    earlier: (key) => {
      // The later step of a longer call goes on with its own key.
      const mark = key.phase === 'once' || key.phase === 'begin' ? known.get(placeOf(key)) : undefined;
      return mark === undefined ? undefined : verdictOf(mark, key.fingerprint);
    },
    note: ({ procedure, key, fingerprint, phase, textOf }, answer) => {
      if (phase === 'abandon') {
        keys.forgotten.push({ procedure, key });
        return;
      }
      const mark: CallMark =
        phase === 'begin'
          ? { procedure, key, fingerprint, state: 'running', body: null, expiresAt: addSeconds(now) }
          : {
              procedure,
              key,
              fingerprint,
              state: 'done',
              body: textOf(answer),
              expiresAt: addDays(now, answerDays),
            };
      known.set(placeOf(mark), mark);
      keys.written.push({ ...mark, createdAt: now });
    },
  };
  return keys;
}

const addSeconds = (now: Date) => new Date(now.getTime() + runningSeconds * 1000);
