import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { openApiDocument as adminDocument } from '@tenantry/admin/document';
import { openApiDocument as apiDocument } from '@tenantry/api/document';
import { type TestApp, openTestApp } from '@tenantry/testing/app';
import { insertServiceKey } from '@tenantry/testing/service-keys';
import { makeKey, registerOwner } from '@tenantry/testing/users';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateClients } from './generate.ts';

const here = resolve(import.meta.dirname, '..');
const execute = promisify(execFile);
const names = ['openapi-fetch', 'hey-api', 'orval', 'oazapfts'];

let app: TestApp;
let folder: string;
beforeAll(async () => {
  app = await openTestApp();
  folder = await mkdtemp(join(tmpdir(), 'tenantry-clients-'));
  await cp(join(here, 'jobs'), join(folder, 'api'), { recursive: true });
  await symlink(join(here, 'node_modules'), join(folder, 'node_modules'));
  for (const [name, document] of [
    ['api', apiDocument(app.url)],
    ['admin', adminDocument(app.admin.url)],
  ] as const) {
    const file = join(folder, `${name}.json`);
    await writeFile(file, JSON.stringify(document));
    await generateClients(file, join(folder, name));
  }
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  const compilerOptions = {
    strict: true,
    target: 'es2024',
    lib: ['es2024', 'dom', 'dom.iterable'],
    module: 'esnext',
    moduleResolution: 'bundler',
    allowImportingTsExtensions: true,
    noEmit: true,
    types: ['node'],
    typeRoots: [join(here, '../../node_modules/@types')],
  };
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, include: ['api', 'admin'] }),
  );
}, 120_000);
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

describe('the clients that four generators make of the documents', () => {
  it('compile under strict, with the codes of a refusal narrowed by its status', async () => {
    const compiler = join(here, '../../node_modules/.bin/tsc');
    const { stdout } = await execute(compiler, ['-p', folder]).catch((fault: { stdout: string }) => fault);
    expect(stdout).toBe('');
  }, 60_000);

  it.each(names)('verify a key of a customer, and tell the two verdicts apart: %s', async (name) => {
    const owner = await registerOwner(app);
    const key = await makeKey(app, owner, ['operation:run', 'credit:spend']);
    const { secret } = await insertServiceKey(app);
    const program = join(folder, 'api', `verify-${name}.ts`);
    const { stdout } = await execute(process.execPath, [program, `${app.url}/v1`, secret, key]);
    expect(JSON.parse(stdout)).toEqual({
      accepted: [null, 'api_key', null, null, 'trial', 'good'],
      sitesMax: expect.any(Number),
      throttle: null,
      held: [7, null],
      refused: [402, 'insufficient_credits', 1_000_000],
      hasRequestIds: true,
    });
  });

  it.each(names)('do the main job: %s', async (name) => {
    const program = join(folder, 'api', `${name}.ts`);
    const { stdout } = await execute(process.execPath, [program, `${app.url}/v1`, `${name}@example.test`]);
    expect(JSON.parse(stdout)).toEqual({
      settled: ['settled', 60],
      isAboutTea: true,
      isWhole: true,
      spentBesidesRun: 60,
      refused: ['insufficient_credits', 1_000_000],
      hasRequestId: true,
    });
  });
});
