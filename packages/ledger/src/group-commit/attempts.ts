import { isConflict } from '@tenantry/db/constraints';
import type { BoundRequest } from '../bind.ts';
import { BooksError } from '../books-error.ts';

/** A request that waits for its turn; it tells its caller itself. */
export interface Waiting {
  request: BoundRequest;
  fail(fault: unknown): void;
}

/** Runs requests in one transaction; throws, and has answered none, when nothing was written. */
export type RunBatch = (requests: readonly BoundRequest[]) => Promise<void>;

const attemptsMax = 3;

/**
 * Runs a batch, and when it fails as a whole each of its requests alone, so that none fails the others. Tells every
 * caller what came of its request. Throws when the connection is of no use any more.
 */
export async function runAll(batch: readonly Waiting[], run: RunBatch): Promise<void> {
  try {
    await attempt(batch, run);
  } catch (fault) {
    if (batch.length === 1 || isLost(fault)) {
      for (const { fail } of batch) fail(fault);
      if (isLost(fault)) throw fault;
      return;
    }
    await runEach(batch, run);
  }
}

/** Runs each request alone; when the connection is lost, those that were not tried fail with the one that lost it. */
async function runEach(batch: readonly Waiting[], run: RunBatch): Promise<void> {
  for (const [index, one] of batch.entries()) {
    try {
      await runAll([one], run);
    } catch (lost) {
      for (const { fail } of batch.slice(index + 1)) fail(lost);
      throw lost;
    }
  }
}

/** Runs a batch again when the database ended its transaction in favour of another one. */
async function attempt(batch: readonly Waiting[], run: RunBatch): Promise<void> {
  const requests = batch.map(({ request }) => request);
  for (let tried = 1; ; tried += 1) {
    try {
      return await run(requests);
    } catch (fault) {
      if (tried === attemptsMax || !isConflict(fault)) throw fault;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * tried));
    }
  }
}

/** Whether nobody knows what became of the transaction, or the connection is of no use any more. */
function isLost(fault: unknown): boolean {
  if (fault instanceof BooksError) return false;
  return !(
    fault instanceof Error &&
    'code' in fault &&
    typeof fault.code === 'string' &&
    /^(?:2|4)/.test(fault.code)
  );
}
