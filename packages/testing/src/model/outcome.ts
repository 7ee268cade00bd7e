import { isUnavailable } from '@tenantry/db/constraints';
import type { Refusal } from '@tenantry/domain/refusals';

/** How a call ended, with the facts of its answer that matter. */
export interface Outcome {
  /** `ok`, `replayed`, the code of a refusal, or `fault`. */
  verdict: string;
  facts: Readonly<Record<string, unknown>>;
}

export const ok: Outcome = { verdict: 'ok', facts: {} };
export const fault: Outcome = { verdict: 'fault', facts: {} };

/** A refusal with its figures. */
export function refusedOutcome({ refused, facts }: Refusal): Outcome {
  const { required, available, limit, used } = facts;
  const figures = Object.entries({ required, available, limit, used }).flatMap(([name, figure]) =>
    figure === undefined ? [] : [[name, String(figure)] as const],
  );
  return { verdict: refused, facts: Object.fromEntries(figures) };
}

/** The outcome of a call that throws what a client is answered 503 for. Throws any other reason: it would be a 500. */
export function faultOutcome(reason: unknown): Outcome {
  if (isUnavailable(reason) || isExpected(reason)) return fault;
  throw reason;
}

/** Whether a fault was injected, or the books refused to count beyond what a number can. */
function isExpected(reason: unknown): boolean {
  return reason instanceof Error && /a fault was injected|more than a number can count/.test(reason.message);
}
