import type { ApplyCatalogueInput } from '@tenantry/contract/catalogue';
import { applyInTransaction } from '@tenantry/db/catalogue/apply';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import type { PersonContext } from '../context.ts';
import { shown } from './plan.ts';

/**
 * Makes a file true, all of it or nothing, in one transaction with a security event that tells what changed. A file that is
 * true already changes nothing. Refuses `invalid_input` for a file with faults, each with its line, and for a move of
 * accounts to another currency or cycle; and `conflict` when another catalogue is stored than the one of the fingerprint.
 */
export async function applyCatalogueFile(
  { commit, catalogueFiles, now }: Pick<PersonContext<'catalogueFiles'>, 'commit' | 'catalogueFiles' | 'now'>,
  { text, fingerprint: expected, move }: ApplyCatalogueInput,
) {
  const parsed = catalogueFiles.read(text);
  if ('faults' in parsed) return refuse('invalid_input', { errors: parsed.faults.map(errorOf) });
  let facts: Record<string, string> = {};
  return commit(
    async (tx) => {
      const options = { expected, move: move === 'none' ? undefined : move };
      const written = await applyInTransaction(tx, parsed.catalogue, now, options);
      if (isRefusal(written)) return written;
      facts = written.facts;
      return { fingerprint: written.fingerprint, changes: written.changes.map(shown) };
    },
    () => facts,
  );
}

function errorOf({ line, at, message }: { line: number; at: string; message: string }) {
  return { path: 'text', message: `Line ${line}${at === '' ? '' : `, ${at}`}: ${message}` };
}
