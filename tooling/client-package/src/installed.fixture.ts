import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { clone } from '@tenantry/source/files';
import { packClientPackage } from './build.ts';

export const run = promisify(execFile);

/** A project outside the workspace, in which the packed client is installed. */
export interface Project {
  readonly folder: string;
  /** The path of the packed client. */
  readonly archive: string;
  /** Compiles one program. Answers what the compiler says; an empty text when it compiles. */
  compile(text: string, options: CompileOptions): Promise<string>;
  remove(): Promise<void>;
}

export interface CompileOptions {
  /** The version of TypeScript: that of this repository, or the last of the line before it. */
  readonly compiler?: '7' | '5';
  readonly resolution?: 'node16' | 'nodenext' | 'bundler';
  /** Which libraries of types the program has besides the language. */
  readonly types?: readonly ('dom' | 'node')[];
  /** Whether the types of the packages are checked too. */
  readonly checksPackages?: boolean;
}

const compilers = {
  7: join(clone, 'node_modules/.bin/tsc'),
  5: join(clone, 'tooling/client-package/node_modules/.bin/tsc'),
};

/** Packs the client, and installs it into an empty project. */
export async function installPackedClient(): Promise<Project> {
  const built = await mkdtemp(join(tmpdir(), 'tenantry-client-build-'));
  const folder = await mkdtemp(join(tmpdir(), 'tenantry-client-'));
  const archive = await packClientPackage(join(built, 'package'));
  const dependencies = {
    '@tenantry/client': `file:${join('..', basename(built), 'package', basename(archive))}`,
  };
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ private: true, type: 'module', dependencies }),
  );
  await writeFile(join(folder, 'pnpm-workspace.yaml'), 'packages: []\n');
  const pnpm = join(clone, '.tenantry/tools/node_modules/.bin/pnpm');
  await run(pnpm, ['install', '--prefer-offline'], { cwd: folder });
  return {
    folder,
    archive,
    compile: async (text, options) => {
      await writeFile(join(folder, 'main.ts'), text);
      await writeFile(join(folder, 'tsconfig.json'), configOf(options));
      const tsc = compilers[options.compiler ?? '7'];
      const { stdout } = await run(tsc, ['-p', folder], { cwd: folder }).catch(
        (fault: { stdout: string }) => fault,
      );
      return stdout;
    },
    remove: async () => {
      await rm(folder, { recursive: true });
      await rm(dirname(dirname(archive)), { recursive: true });
    },
  };
}

function configOf({
  resolution = 'nodenext',
  types = ['node'],
  checksPackages = false,
}: CompileOptions): string {
  const module = resolution === 'bundler' ? 'esnext' : resolution;
  return JSON.stringify({
    compilerOptions: {
      strict: true,
      module,
      moduleResolution: resolution,
      target: 'es2022',
      lib: types.includes('dom') ? ['es2022', 'dom'] : ['es2022'],
      types: types.filter((name) => name === 'node'),
      typeRoots: [join(clone, 'node_modules/@types')],
      skipLibCheck: !checksPackages,
      outDir: 'out',
    },
    files: ['main.ts'],
  });
}
