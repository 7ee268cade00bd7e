import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { clone } from '@tenantry/source/files';
import { type Manifest, publishedManifest } from './manifest.ts';

const run = promisify(execFile);
const source = join(clone, 'packages/client');

/** The texts that stand in the package beside its modules. */
const texts = [join(source, 'README.md'), join(source, 'CHANGELOG.md'), join(clone, 'LICENSE')];

/**
 * Builds the client into a folder that `npm pack` and `npm publish` take as it is: ES modules, their types, a manifest,
 * README, changelog and licence. What the folder held before is removed.
 */
async function buildClientPackage(folder: string, repository?: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const compiler = join(clone, 'node_modules/.bin/tsc');
  await run(compiler, ['-p', 'tsconfig.build.json', '--outDir', folder], { cwd: source });
  await nameModulesAsBuilt(folder);
  for (const text of texts) await cp(text, join(folder, text.split('/').at(-1) ?? ''));
  const installed: Record<string, string> = {};
  const manifest = manifestOf(await readFile(join(source, 'package.json'), 'utf8'));
  for (const name of Object.keys(manifest.dependencies))
    installed[name] = manifestOf(
      await readFile(join(source, 'node_modules', name, 'package.json'), 'utf8'),
    ).version;
  const published = publishedManifest(manifest, { installed, repository });
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(published, undefined, 2)}\n`);
}

/** Builds the client into a folder, and packs it there with npm. Answers the path of the archive. */
export async function packClientPackage(folder: string, repository?: string): Promise<string> {
  await buildClientPackage(folder, repository);
  const { stdout } = await run('npm', ['pack', '--silent'], { cwd: folder });
  return join(folder, stdout.trim());
}

/** Types import `./name.js`, as modules do; the compiler leaves `./name.ts` in them. */
async function nameModulesAsBuilt(folder: string): Promise<void> {
  const files = await readdir(folder, { recursive: true });
  for (const file of files.filter((name) => name.endsWith('.d.ts'))) {
    const path = join(folder, file);
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replaceAll(/((?:from |import\()['"]\.{1,2}\/[^'"]+)\.ts(?=['"])/g, '$1.js'));
  }
}

// A manifest of a package that pnpm has installed or that this repository holds.
function manifestOf(text: string): Manifest {
  return JSON.parse(text) as Manifest;
}
