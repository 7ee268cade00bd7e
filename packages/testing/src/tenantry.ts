import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inheritedEnvironment } from './inherited-environment.ts';

const run = promisify(execFile);
const program = join(import.meta.dirname, '../../../apps/cli/src/main.ts');

/** How `tenantry` ended: its status, or the signal that ended it, and its output. */
export interface Ran {
  code: number | string;
  text: string;
}

/** Runs `tenantry` with these settings and no other, in a folder without an environment file. */
export async function runTenantry(
  words: readonly string[],
  settings: Readonly<Record<string, string>>,
  folder = tmpdir(),
): Promise<Ran> {
  const env = { ...inheritedEnvironment(), ...settings };
  return run(process.execPath, [program, ...words], { env, cwd: folder }).then(
    ({ stdout, stderr }) => ({ code: 0, text: (stdout + stderr).trim() }),
    (fault: { code: number | null; signal?: string; stdout: string; stderr: string }) => ({
      code: fault.code ?? fault.signal ?? 1,
      text: (fault.stdout + fault.stderr).trim(),
    }),
  );
}
