import { clientTypes } from './client.ts';

/** A file, or a part of one, that is made from code. */
export interface Generated {
  /** From the clone. */
  path: string;
  /** The file's text, from the text that it has now. */
  make(before: string): string;
}

/** Everything that is made from code; a stale one fails `verify`. */
export const generated: readonly Generated[] = [{ path: 'packages/client/src/router.ts', make: clientTypes }];
