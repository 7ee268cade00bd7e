import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { type TestApp, openTestApp } from '@tenantry/testing/app';
import { insertServiceKey } from '@tenantry/testing/service-keys';
import { registerOwner } from '@tenantry/testing/users';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Project, installPackedClient, run } from './installed.fixture.ts';
import { type Manifest, publishedManifest } from './manifest.ts';

let app: TestApp;
let project: Project;
beforeAll(async () => {
  app = await openTestApp();
  project = await installPackedClient();
}, 120_000);
afterAll(async () => {
  await app.close();
  await project.remove();
});

const program = `import {
  type ProblemCode,
  createStaffClient,
  createTenantryClient,
  problemOf,
  problemCodes,
  withCredits,
} from '@tenantry/client';

const [url = '', credential = ''] = process.argv.slice(2);
const client = createTenantryClient({ url, credential });
const { available }: { available: number } = await client.credit.get.query();
const refused: unknown = await client.credit.hold.mutate({ amount: available + 1 }).catch((fault: unknown) => fault);
const { value, hold } = await withCredits(client, { amount: 5 }, async () => ({ value: 'made', amount: 2 }));
const charged: number = hold.settledAmount;
const waits = new Set<ProblemCode>(problemCodes.filter((code) => code === 'throttled' || code === 'unavailable'));
const staff = createStaffClient({ url });
export const namesOfAccounts = async (): Promise<string[]> =>
  (await staff.account.list.query()).items.map(({ name }) => name);
await client.session.delete.mutate();
console.log(JSON.stringify({ available, code: problemOf(refused)?.code, value: value.toUpperCase(), charged, waits: waits.size }));
`;
/** Calls that must not compile, each with the error of the compiler. */
const wrong: [string, string, RegExp][] = [
  ['amount: available + 1', "amount: 'many'", /not assignable to type 'number/],
  ['{ amount: 5 }', '{}', /not assignable to parameter of type 'HoldInput/],
  ['{ amount: 5 }', "{ operation: 'write_content' }", /not assignable to parameter of type 'HoldInput/],
  [
    '{ amount: 5 }',
    "{ amount: 5, operation: 'write_content' }",
    /not assignable to parameter of type 'HoldInput/,
  ],
  ["value: 'made', amount: 2", "value: 'made'", /not assignable to type/],
  ["value: 'made', amount: 2", 'amount: 2', /not assignable to type/],
  ["code === 'unavailable'", "code === 'slow'", /no overlap/],
  ['staff.account.list', 'staff.sector.list', /Property 'sector' does not exist/],
  ['session.delete.mutate()', 'site.create.mutate()', /Expected 1-2 arguments, but got 0/],
];

/** It compiles only where nothing that a program sees of the client is \`any\`. */
const withoutAny = `import { type ConnectionOptions, type Work, type WorkOptions, createTenantryClient } from '@tenantry/client';

import { requireTenant as requireInExpress } from '@tenantry/client/express';
import { requireTenant as requireInFastify } from '@tenantry/client/fastify';
import { type Refused, type VerifyTerms, createService } from '@tenantry/client/server';

type IsAny<Type> = 0 extends 1 & Type ? true : false;
const client = createTenantryClient({ url: 'http://127.0.0.1:4000' });
type Signal = Parameters<Work<string>>[1];
export const known: [
  IsAny<Signal>,
  IsAny<Signal['aborted']>,
  IsAny<NonNullable<WorkOptions['signal']>>,
  IsAny<NonNullable<ConnectionOptions['fetch']>>,
  IsAny<typeof client.credit>,
  IsAny<typeof requireInExpress>,
  IsAny<typeof requireInFastify>,
  IsAny<Parameters<ReturnType<typeof createService>['verify']>[0]>,
  IsAny<ReturnType<Refused['response']>>,
  IsAny<VerifyTerms['hold']>,
  IsAny<Awaited<ReturnType<typeof client.credit.get.query>>>,
] = [false, false, false, false, false, false, false, false, false, false, false];
`;

/** Calls the handler of a sample as a framework does, and prints what it answers. */
const callHandler = `import { POST } from './out/main.js';
const headers = { authorization: \`Bearer \${process.env.TENANTRY_KEY}\` };
const answer = await POST(new Request('http://product.test/', { method: 'POST', headers }));
console.log(answer.status, await answer.text());
`;

describe('the packed client', () => {
  it('has no fault and no suggestion by publint', async () => {
    const { buffer } = new Uint8Array(await readFile(project.archive));
    const { messages } = await publint({ pack: { tarball: buffer }, level: 'suggestion', strict: true });
    expect(messages).toEqual([]);
  });

  it('has right types by are-the-types-wrong, for every resolution; CommonJS gets the same ES modules', async () => {
    const result = await checkPackage(createPackageFromTarballData(await readFile(project.archive)));
    if (!result.types) throw new Error('The package has no types.');
    expect(Object.keys(result.entrypoints)).toEqual(
      expect.arrayContaining(['.', './server', './express', './fastify']),
    );
    expect(result.problems.filter(({ kind }) => kind !== 'CJSResolvesToESM')).toEqual([]);
  });

  it('has its README, changelog and licence, and nothing that only its development needs', async () => {
    const { stdout } = await run('tar', ['tzf', project.archive]);
    const files = stdout.trim().split('\n');
    expect(files).toEqual(
      expect.arrayContaining(['package/README.md', 'package/CHANGELOG.md', 'package/LICENSE']),
    );
    const others = files.filter((file) => !/\.(?:js|d\.ts)$/.test(file));
    expect(others.toSorted()).toEqual([
      'package/CHANGELOG.md',
      'package/LICENSE',
      'package/README.md',
      'package/package.json',
    ]);
    const { stdout: manifest } = await run('tar', ['xzOf', project.archive, 'package/package.json']);
    expect(manifest).not.toMatch(/catalog:|workspace:|"private"|"scripts"/);
  });

  it.each(['7', '5'] as const)(
    'compiles for node16, nodenext and bundler with TypeScript %s',
    async (compiler) => {
      for (const resolution of ['node16', 'nodenext', 'bundler'] as const)
        expect(await project.compile(program, { compiler, resolution }), resolution).toBe('');
    },
    60_000,
  );

  it.each(['7', '5'] as const)(
    'needs no library of types: TypeScript %s knows every type without the DOM and without Node',
    async (compiler) => {
      for (const types of [[], ['node'], ['dom']] as const)
        expect(await project.compile(withoutAny, { compiler, types }), types.join()).toBe('');
      const checked = await project.compile(withoutAny, { compiler, types: [], checksPackages: true });
      expect(checked.split('\n').filter((line) => line.includes('@tenantry/client'))).toEqual([]);
    },
    60_000,
  );

  it('compiles right calls alone, and works', async () => {
    const owner = await registerOwner(app);
    for (const [right, call, message] of wrong)
      expect(await project.compile(program.replace(right, call), {}), call).toMatch(message);
    expect(await project.compile(program, {})).toBe('');
    const { stdout } = await run(process.execPath, ['out/main.js', app.url, owner.token], {
      cwd: project.folder,
    });
    expect(JSON.parse(stdout)).toEqual({
      available: 1000,
      code: 'insufficient_credits',
      value: 'MADE',
      charged: 2,
      waits: 2,
    });
  }, 60_000);

  it('does what its README shows, sample by sample', async () => {
    const owner = await registerOwner(app);
    const readme = await readFile(join(project.folder, 'node_modules/@tenantry/client/README.md'), 'utf8');
    const env = {
      ...process.env,
      TENANTRY_KEY: owner.token,
      TENANTRY_SERVICE_KEY: (await insertServiceKey(app)).secret,
    };
    const printed: string[] = [];
    for (const [, sample = ''] of readme.matchAll(/```ts\n(.*?)```/gs)) {
      const here = sample.replaceAll('http://127.0.0.1:4000', app.url);
      expect(here).toContain(app.url);
      expect(await project.compile(here, { types: ['node'] })).toBe('');
      const isHandler = sample.includes('export async function POST');
      const words = isHandler ? ['--input-type=module', '-e', callHandler] : ['out/main.js'];
      const { stdout } = await run(process.execPath, words, { cwd: project.folder, env });
      printed.push(stdout.trim());
    }
    expect(printed).toEqual([
      'Created Blog.',
      'A sentence about tea. 10 credits were charged.',
      `200 {"text":"A sentence about tea.","account":"${owner.accountId}"}`,
    ]);
  }, 60_000);

  it('is loaded by a CommonJS program', async () => {
    const script = "console.log(typeof require('@tenantry/client').createTenantryClient)";
    const { stdout } = await run(process.execPath, ['--input-type=commonjs', '-e', script], {
      cwd: project.folder,
    });
    expect(stdout).toBe('function\n');
  });
});

describe('the manifest of the package', () => {
  const manifest: Manifest = {
    name: 'one',
    version: '1.0.0',
    description: 'One.',
    keywords: [],
    license: 'Apache-2.0',
    type: 'module',
    engines: { node: '>=20' },
    exports: { '.': './src/index.ts', './two': './src/two.ts' },
    dependencies: { three: 'catalog:' },
  };

  it('names its repository, and asks for a provenance statement, when it is told of one', () => {
    const repository = 'git+https://git.acme.test/one.git';
    expect(publishedManifest(manifest, { installed: { three: '3.1.0' }, repository })).toMatchObject({
      repository: { type: 'git', url: repository },
      publishConfig: { access: 'public', provenance: true },
      exports: { './two': { types: './two.d.ts', default: './two.js' } },
      dependencies: { three: '^3.1.0' },
    });
    expect(publishedManifest(manifest, { installed: { three: '3.1.0' } })).toMatchObject({
      publishConfig: { provenance: false },
    });
  });

  it.each([
    [{ ...manifest, exports: { './two': './lib/two.ts' } }, './lib/two.ts is not a module'],
    [{ ...manifest, exports: { './two': './src/two/index.ts' } }, './src/two/index.ts is not a module'],
    [{ ...manifest, dependencies: { four: 'catalog:' } }, 'four is not installed'],
  ])('is not made of what cannot be published: %#', (unfit, message) => {
    expect(() => publishedManifest(unfit, { installed: { three: '3.1.0' } })).toThrow(message);
  });
});
