import type { z } from 'zod';

/** A fault with the keys that lead to it. */
export interface PlacedFault {
  path: readonly PropertyKey[];
  message: string;
  /** The part of the text there that is meant. */
  part?: string | undefined;
}

/** An issue of the schema as faults; each unknown key is a fault of its own. */
export function faultsOfIssue(issue: z.core.$ZodIssue): PlacedFault[] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: [...path, key], message: `${key} ${issue.message}.` }));
  if (issue.code === 'invalid_key')
    return issue.issues.map(({ message }) => ({ path, message: sentence(message) }));
  return [{ path, message: sentence(issue.message) }];
}

/** What was expected, as a sentence; a value that is not there is missing. */
function sentence(message: string): string {
  const expected = message.replace(/^(Invalid input|Invalid option|Too small|Too big): /, '');
  const missing = expected.replace(/^expected (.*), received undefined$/, 'this is missing: it is $1');
  return `${missing.charAt(0).toUpperCase()}${missing.slice(1)}.`;
}
