import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { generated } from './generated.ts';

const clone = resolve(import.meta.dirname, '../../..');
const isCheck = process.argv.includes('--check');

/** The text as the formatter leaves it. */
function formatted(path: string, text: string): string {
  if (!/\.(ts|json)$/.test(path)) return text;
  const words = ['format', `--stdin-file-path=${path}`];
  const { stdout, status, stderr } = spawnSync('biome', words, { cwd: clone, input: text, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${path} cannot be formatted: ${stderr}`);
  return stdout;
}

const stale: string[] = [];
for (const { path, make } of generated) {
  const file = join(clone, path);
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const after = formatted(path, make(before));
  if (before === after) continue;
  stale.push(path);
  if (isCheck) continue;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, after);
}
if (isCheck && stale.length > 0) console.error(`${stale.join(', ')} stale: run npm run generate`);
console.log(`documents: ${generated.length} generated, ${stale.length} ${isCheck ? 'stale' : 'written'}`);
process.exit(isCheck && stale.length > 0 ? 1 : 0);
