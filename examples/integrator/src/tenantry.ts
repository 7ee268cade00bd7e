import { randomUUID } from 'node:crypto';

/** The part of a run's answer that the plugin uses. */
export interface Run {
  output: string;
  credits: { charged: number; available: number };
}

/** A refused call. A plugin decides by its `code`. */
export class TenantryRefusal extends Error {
  readonly code: string;
  readonly retryAfterSeconds: number | undefined;
  constructor(problem: { code: string; detail: string; retryAfterSeconds?: number }) {
    super(problem.detail);
    this.code = problem.code;
    this.retryAfterSeconds = problem.retryAfterSeconds;
  }
}

const triesMax = 3;

/**
 * Runs an AI operation with an API key over plain HTTP. Repeats the call when the API answers with a time to wait. Every
 * attempt has the same idempotency key, so no run is billed twice. Throws a TenantryRefusal.
 */
export async function runOperation(
  app: { url: string; apiKey: string },
  operation: string,
  prompt: string,
): Promise<Run> {
  const idempotencyKey = randomUUID();
  for (let attempt = 1; ; attempt += 1) {
    const response = await fetch(`${app.url}/v1/operations/${operation}/runs`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${app.apiKey}`,
        'content-type': 'application/json',
        'idempotency-key': idempotencyKey,
      },
      body: JSON.stringify({ prompt }),
    });
    if (response.ok) return runOf(await response.json());
    const refusal = new TenantryRefusal(problemOf(await response.json()));
    if (refusal.retryAfterSeconds === undefined || attempt === triesMax) throw refusal;
    const waitMilliseconds = refusal.retryAfterSeconds * 1000;
    await new Promise((resolve) => setTimeout(resolve, waitMilliseconds));
  }
}

// The OpenAPI document of the API defines these bodies.
function runOf(body: unknown): Run {
  return body as Run;
}
function problemOf(body: unknown): { code: string; detail: string; retryAfterSeconds?: number } {
  return body as { code: string; detail: string; retryAfterSeconds?: number };
}
