import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs `tenantry` with these settings and no other, in a folder without an environment file. Answers status and output. */
export async function runTenantry(
  words: readonly string[],
  settings: Readonly<Record<string, string>>,
  folder = tmpdir(),
): Promise<{ code: number; text: string }> {
  const env = { PATH: process.env['PATH'] ?? '', ...settings };
  return run(process.execPath, [join(import.meta.dirname, 'main.ts'), ...words], { env, cwd: folder }).then(
    ({ stdout, stderr }) => ({ code: 0, text: (stdout + stderr).trim() }),
    (fault: { code: number; stdout: string; stderr: string }) => ({
      code: fault.code,
      text: (fault.stdout + fault.stderr).trim(),
    }),
  );
}
