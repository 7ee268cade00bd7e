import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { referencePage } from './reference.ts';
import { pageForSite } from './stage.ts';

const site = resolve(import.meta.dirname, '../dist/site');
const filesOf = (ending: string) =>
  readdirSync(site, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith(ending));
const read = (name: string) => readFileSync(join(site, name), 'utf8');

describe('the site of the documentation', () => {
  beforeAll(() => {
    // A dead link fails the build.
    execFileSync(process.execPath, [join(import.meta.dirname, 'main.ts')], { stdio: 'pipe' });
  }, 240_000);

  it('has a page for each page of docs, for the README, the client and each API reference', () => {
    const docs = readdirSync(resolve(site, '../../../../docs'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => name.replace(/md$/, 'html'));
    const pages = filesOf('.html');
    expect(docs.length).toBeGreaterThan(30);
    expect(docs.filter((name) => !pages.includes(name))).toEqual([]);
    for (const name of [
      'index.html',
      'reference.html',
      'admin-reference.html',
      'adr/index.html',
      'client.html',
      'contributing.html',
    ])
      expect(pages).toContain(name);
    expect(read('reference.html')).toContain('POST /v1/registrations');
    expect(read('reference.html')).toContain('creditsPerDayMax');
  });

  it('loads nothing from another host', () => {
    const foreign = /<(?:script|link|img|iframe|source)\b[^>]*(?:src|href)="(?:https?:)?\/\//;
    for (const name of filesOf('.html')) expect(foreign.test(read(name)), name).toBe(false);
    for (const name of filesOf('.css')) expect(read(name), name).not.toMatch(/url\(["']?(?:https?:)?\/\//);
  });

  it('has an index of its text for the search of a browser without a network', () => {
    const index = filesOf('.js').filter((name) => name.includes('localSearchIndex'));
    expect(index.length).toBeGreaterThan(0);
    expect(index.map(read).join('')).toMatch(/registrations/);
  });
});

describe('a page of the site', () => {
  it('leads from the README to every page that the README names', () => {
    const readme = readFileSync(resolve(import.meta.dirname, '../../../README.md'), 'utf8');
    const targets = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map(([, target = '']) => target);
    const pages = targets.filter((target) => /\.md$|^docs\//.test(target));
    expect(pages.length).toBeGreaterThan(15);
    const shown = pageForSite('README.md', readme);
    const links = [...shown.matchAll(/\]\(([^)#]+)\)/g)].map(([, target = '']) => target);
    expect(links.length).toBe(pages.length);
  });

  it('links to pages of the site, and names files that the site does not hold', () => {
    expect(pageForSite('README.md', '[a](docs/credits.md#holds) [b](docs/adr/) [c](LICENSE)')).toBe(
      '[a](credits.md#holds) [b](adr/index.md) c',
    );
    expect(pageForSite('docs/adr/0001-x.md', '[a](../credits.md) [b](../../packages/x.ts) [c](#d)')).toBe(
      '[a](../credits.md) b [c](#d)',
    );
  });

  it('shows a text of the API as it is, whatever marks it holds', () => {
    const operation = {
      tags: ['t'],
      summary: 'Do <b>it</b>',
      description: 'a | b {{ c }}',
      operationId: 'x.y',
    };
    const page = referencePage('T', { paths: { '/x': { post: operation } } });
    expect(page).toContain('### Do &lt;b>it&lt;/b> {#x-y}\n\n`POST /x`\n\na \\| b &#123;&#123; c }}');
  });
});
