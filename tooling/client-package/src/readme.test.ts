import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clone } from '@tenantry/source/files';
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

/** The samples of a language below a heading, as they stand on the page. */
function samplesOf(heading: string, language: string): string[] {
  const section = readme.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))].map(
    ([, text = '']) => text,
  );
}

const keysOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, keysOf(inner)]))
    : typeof value;

describe('the README', () => {
  it('shows a call of the demo that works, and the form of its answer', async () => {
    const [, call = ''] = samplesOf('The demo', 'sh');
    const [shown = ''] = samplesOf('The demo', 'json');
    const key = await makeKey(app, await registerOwner(app), ['operation:run']);
    const here = call.replace('http://127.0.0.1:4000', app.url).replace('tny_live_…', key);
    expect(here).toContain(app.url);
    const { stdout } = await run('sh', ['-c', here]);
    expect(keysOf(JSON.parse(stdout))).toEqual(keysOf(JSON.parse(shown)));
  });

  it('shows a program that compiles and prints what the page says', async () => {
    const [program = ''] = samplesOf('From your code', 'ts');
    const [printed = ''] = samplesOf('From your code', 'text');
    const owner = await registerOwner(app);
    const here = program.replace('http://127.0.0.1:4000', app.url);
    expect(here).toContain(app.url);
    expect(await project.compile(here, {})).toBe('');
    const env = { ...process.env, TENANTRY_KEY: owner.token };
    const { stdout } = await run(process.execPath, ['out/main.js'], { cwd: project.folder, env });
    expect(stdout).toBe(printed);
  });

  it('shows what the program says when there are not enough credits', async () => {
    const [program = ''] = samplesOf('From your code', 'ts');
    const owner = await registerOwner(app);
    const here = program.replace('http://127.0.0.1:4000', app.url).replace('units: 1500', 'units: 1500000');
    expect(await project.compile(here, {})).toBe('');
    const env = { ...process.env, TENANTRY_KEY: owner.token };
    const { stdout } = await run(process.execPath, ['out/main.js'], { cwd: project.folder, env });
    expect(stdout).toMatch(/^402 /);
  });
});
