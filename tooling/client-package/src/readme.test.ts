import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clone } from '@tenantry/source/files';
import { samplesIn, sectionOf } from '@tenantry/source/pages';
import { type TestApp, openTestApp } from '@tenantry/testing/app';
import { makeKey, registerOwner } from '@tenantry/testing/users';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Project, installPackedClient, run } from './installed.fixture.ts';

let app: TestApp;
let project: Project;
let readme: string;
beforeAll(async () => {
  app = await openTestApp();
  project = await installPackedClient();
  readme = await readFile(join(clone, 'README.md'), 'utf8');
}, 120_000);
afterAll(async () => {
  await app.close();
  await project.remove();
});

const keysOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, keysOf(inner)]))
    : typeof value;

describe('the README', () => {
  it('shows a call of the demo that works, and the form of its answer', async () => {
    const [, call = ''] = samplesIn(sectionOf(readme, 'The demo'), 'sh');
    const [shown] = samplesIn(sectionOf(readme, 'The demo'), 'json');
    const key = await makeKey(app, await registerOwner(app), ['operation:run']);
    const here = call.replace('http://127.0.0.1:4000', app.url).replace('tny_live_…', key);
    expect(here).toContain(app.url);
    const { stdout } = await run('sh', ['-c', here]);
    expect(keysOf(JSON.parse(stdout))).toEqual(keysOf(JSON.parse(shown)));
  });

  it('shows a program that compiles and prints what the page says', async () => {
    const [program] = samplesIn(sectionOf(readme, 'From your code'), 'ts');
    const [printed] = samplesIn(sectionOf(readme, 'From your code'), 'text');
    const owner = await registerOwner(app);
    const here = program.replace('http://127.0.0.1:4000', app.url);
    expect(here).toContain(app.url);
    expect(await project.compile(here, {})).toBe('');
    const env = { ...process.env, TENANTRY_KEY: owner.token };
    const { stdout } = await run(process.execPath, ['out/main.js'], { cwd: project.folder, env });
    expect(stdout).toBe(printed);
  });

  it('shows handlers and a customer that compile', async () => {
    const samples = samplesIn(sectionOf(readme, 'Your own product in ten minutes'), 'ts');
    const own = samples.filter((text) => text.includes("from '@tenantry/client"));
    expect(own.length).toBe(2);
    for (const sample of own) expect(await project.compile(sample, {})).toBe('');
  });

  it('shows what the program says when there are not enough credits', async () => {
    const [program] = samplesIn(sectionOf(readme, 'From your code'), 'ts');
    const owner = await registerOwner(app);
    const here = program.replace('http://127.0.0.1:4000', app.url).replace('units: 1500', 'units: 1500000');
    expect(await project.compile(here, {})).toBe('');
    const env = { ...process.env, TENANTRY_KEY: owner.token };
    const { stdout } = await run(process.execPath, ['out/main.js'], { cwd: project.folder, env });
    expect(stdout).toMatch(/^402 /);
  });
});
