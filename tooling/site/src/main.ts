import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { stagePages } from './stage.ts';

const site = resolve(import.meta.dirname, '..');

/** Runs a command of VitePress in the folder of the site. */
function vitepress(...words: string[]): void {
  const program = join(
    dirname(createRequire(import.meta.url).resolve('vitepress/package.json')),
    'bin/vitepress.js',
  );
  const { status } = spawnSync(process.execPath, [program, ...words], { cwd: site, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

stagePages(join(site, 'dist/pages'));
vitepress('build');
if (process.argv.includes('--serve')) vitepress('preview', '--port', process.env['SITE_PORT'] ?? '4173');
