/** What a manifest of this repository says, as far as the published one is made of it. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly keywords: readonly string[];
  readonly license: string;
  readonly type: string;
  readonly engines: Readonly<Record<string, string>>;
  /** The modules by the name that programs import them by: `{ './server': './src/server.ts' }`. */
  readonly exports: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

/**
 * The manifest of the package as it is published. The modules stand in its root, so that a resolution which knows no
 * `exports` finds the same files. A dependency may be newer than the one that is tested, within the same major version.
 */
export function publishedManifest(
  manifest: Manifest,
  { installed, repository }: { installed: Readonly<Record<string, string>>; repository?: string | undefined },
): object {
  const { name, version, description, keywords, license, type, engines } = manifest;
  const modules = Object.entries(manifest.exports).map(
    ([path, module]) => [path, builtModule(module)] as const,
  );
  return {
    name,
    version,
    description,
    keywords,
    license,
    ...(repository === undefined ? {} : { repository: { type: 'git', url: repository } }),
    type,
    engines,
    sideEffects: false,
    main: './index.js',
    types: './index.d.ts',
    exports: {
      ...Object.fromEntries(
        modules.map(([path, module]) => [path, { types: `${module}.d.ts`, default: `${module}.js` }]),
      ),
      './package.json': './package.json',
    },
    dependencies: Object.fromEntries(
      Object.keys(manifest.dependencies).map((dependency) => [dependency, rangeOf(dependency, installed)]),
    ),
    // A provenance statement names the repository, which the build is told.
    publishConfig: { access: 'public', provenance: repository !== undefined },
  };
}

/** The path of a built module without its ending. Throws for a module that the build does not make. */
function builtModule(module: string): string {
  const name = /^\.\/src\/([a-z-]+)\.ts$/.exec(module)?.[1];
  if (name === undefined) throw new Error(`${module} is not a module in the folder src of the client.`);
  return `./${name}`;
}

function rangeOf(dependency: string, installed: Readonly<Record<string, string>>): string {
  const version = installed[dependency];
  if (version === undefined) throw new Error(`${dependency} is not installed. Run npm start once.`);
  return `^${version}`;
}
