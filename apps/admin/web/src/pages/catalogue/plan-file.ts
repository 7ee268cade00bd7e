import type { CataloguePlan } from '@tenantry/client';
import { useQuery } from '@tanstack/react-query';

/** A call that was refused, in the form that `problemOf` reads. */
class RefusedCall extends Error {
  readonly data: unknown;
  constructor(problem: unknown) {
    super('The call was refused.');
    this.data = problem;
  }
}

/**
 * Asks what a file would change. The query of the typed client travels in the URL, where a file is too long, so this one
 * posts it. Throws what `problemOf` reads.
 */
async function planFile(text: string, signal: AbortSignal): Promise<CataloguePlan> {
  const answer = await fetch('/v1/catalogue/plan', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text }),
    signal,
  });
  const body: unknown = await answer.json();
  if (!answer.ok) throw new RefusedCall(body);
  return typed(body);
}

// The server's schema of this procedure made the answer, and the type is generated from it.
function typed(body: unknown): CataloguePlan {
  return body as CataloguePlan;
}

/** What a file would change, asked anew whenever its text is another; nothing is asked for no text. */
export function useFilePlan(text: string | undefined) {
  return useQuery({
    queryKey: ['catalogue', 'planFile', text],
    queryFn: async ({ signal }) => planFile(text ?? '', signal),
    enabled: text !== undefined,
    staleTime: 0,
    gcTime: 30_000,
  });
}
