import type { ProblemCode } from './problem-code.ts';

/** What the API answers instead of a result: an RFC 9457 problem. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  /** What to decide on; a code never changes its meaning. */
  code: ProblemCode;
  /** Quote it when you ask for help. */
  requestId: string;
  /** What is wrong with which part of the input (400). */
  errors?: { path: string; message: string }[];
  /** Credits that the call needs, and that the account has (`insufficient_credits`). */
  required?: number;
  available?: number;
  /** What the plan allows, and what is used of it (`plan_limit_reached`). */
  limit?: number;
  used?: number;
  /** When to try again (429, 503). */
  retryAfterSeconds?: number;
}

/** The problem that a call failed with, or undefined when it never reached the API. */
export function problemOf(fault: unknown): Problem | undefined {
  if (typeof fault !== 'object' || fault === null || !('data' in fault)) return undefined;
  return isProblem(fault.data) ? fault.data : undefined;
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && 'requestId' in value;
}
