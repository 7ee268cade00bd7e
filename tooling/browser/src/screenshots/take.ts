import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { axeFaults } from '../console/console.fixture.ts';
import { isOfPath, nameOfPath } from './pages.ts';

/** What a round of pictures is told. */
interface Round {
  readonly url: string;
  readonly folder: string;
  /** Stands behind the name of each picture: `1280-light`. */
  readonly suffix: string;
}

/** Waits until nothing of a page loads any more, and takes its picture; answers what axe finds wrong with it. */
async function take(page: Page, name: string, { folder, suffix }: Round): Promise<string[]> {
  await page.waitForLoadState('networkidle');
  await page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' });
  const file = join(folder, `${name}-${suffix}.png`);
  await page.screenshot({ path: file, fullPage: true });
  const faults = await axeFaults(page);
  return faults.map((fault) => `${name}-${suffix}: ${fault}`);
}

/** Takes a picture of a page and of each of its tabs. */
async function takeTabs(page: Page, name: string, round: Round): Promise<string[]> {
  const faults = await take(page, name, round);
  const tabs = await page.getByRole('tab').all();
  for (const tab of tabs.slice(1)) {
    const label = (await tab.innerText()).toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
    await tab.click();
    faults.push(...(await take(page, `${name}-${label}`, round)));
  }
  return faults;
}

/**
 * Takes pictures of each page, and writes them into the folder. A page with parameters is found by the first link of another
 * page that leads to it. Answers what axe finds, and the pages that no link leads to.
 */
export async function takeAll(page: Page, paths: readonly string[], round: Round): Promise<string[]> {
  mkdirSync(round.folder, { recursive: true });
  const faults: string[] = [];
  const links = new Set<string>();
  for (const path of paths) {
    const address = path.includes('$') ? [...links].find((link) => isOfPath(link, path)) : path;
    if (address === undefined) {
      faults.push(`${path}: no link leads there`);
      continue;
    }
    await page.goto(`${round.url}${address}`);
    faults.push(...(await takeTabs(page, nameOfPath(path), round)));
    for (const link of await page.getByRole('link').all()) links.add((await link.getAttribute('href')) ?? '');
  }
  return faults;
}
