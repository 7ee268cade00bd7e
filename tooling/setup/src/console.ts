import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { clone } from './apps.ts';

const web = join(clone, 'apps/admin/web');

/** What the console is built of. */
const sources = [
  'apps/admin/web/{src,public}/**/*.*',
  'apps/admin/web/*.{html,json,ts}',
  'packages/{ui,client,domain}/src/**/*.{ts,tsx}',
  'pnpm-lock.yaml',
] as const;

/** The names and texts of everything that the console is built of, as one digest. */
function fingerprint(): string {
  const hash = createHash('sha256').update('production');
  for (const path of globSync([...sources], { cwd: clone }).toSorted())
    if (!/\.test\.tsx?$/.test(path)) hash.update(path).update(readFileSync(join(clone, path)));
  return hash.digest('hex').slice(0, 16);
}

/**
 * Builds the console, unless it was built of the same sources before. Answers its folder, whose name says what it was
 * built of, so that two processes may build at once. Throws the output of a build that fails.
 */
export async function buildConsole(): Promise<string> {
  const folder = join(clone, '.tenantry', 'console', fingerprint());
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(join(clone, '.tenantry', 'console'), { recursive: true });
  const words = [
    join(web, 'node_modules/vite/bin/vite.js'),
    'build',
    '--outDir',
    unfinished,
    '--logLevel=warn',
  ];
  // A test sets another NODE_ENV, and React would be built for developers.
  const env = { ...process.env, NODE_ENV: 'production' };
  await promisify(execFile)(process.execPath, words, { cwd: web, env }).catch(
    (fault: { stderr?: string }) => {
      throw new Error(`The console was not built: ${(fault.stderr ?? '').trim()}`);
    },
  );
  try {
    renameSync(unfinished, folder);
  } catch {
    // Another process has built the same.
    rmSync(unfinished, { recursive: true, force: true });
  }
  return folder;
}
