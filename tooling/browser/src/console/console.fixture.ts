import { AxeBuilder } from '@axe-core/playwright';
import type { StaffRole } from '@tenantry/domain/permissions';
import { buildConsole } from '@tenantry/setup/console';
import { freePort } from '@tenantry/setup/run-stack';
import { type TestApp, openTestApp } from '@tenantry/testing/app';
import type { TestDatabase } from '@tenantry/testing/database';
import { addStaff, staffPassword } from '@tenantry/testing/users';
import type { Page } from 'playwright-core';
import { type Chromium, openChromium } from '../chromium.ts';

/** The size of a window, in CSS pixels. */
export const desktop = { width: 1280, height: 800 } as const;
export const phone = { width: 390, height: 844 } as const;

/** The admin console of a composed app with its own database, in a real Chromium. */
export interface Console {
  readonly app: TestApp;
  /** The origin of the console. */
  readonly url: string;
  /** Opens a page that is signed in as a new member of staff of a role, with cookies of its own. */
  signedIn(role: StaffRole, options?: PageOptions): Promise<Page>;
  /** Opens a page that is not signed in. */
  page(options?: PageOptions): Promise<Page>;
  close(): Promise<void>;
}

interface PageOptions {
  readonly size?: { readonly width: number; readonly height: number };
  readonly scheme?: 'light' | 'dark';
  /** A zone of the IANA database. */
  readonly timeZone?: string;
}

/** Builds the console unless it is built, and opens it with the options of `openTestApp`, on a new database unless one is given. */
export async function openConsole(
  options: Parameters<typeof openTestApp>[0] = {},
  database?: TestDatabase,
): Promise<Console> {
  const [consoleFolder, adminPort] = await Promise.all([buildConsole(), freePort()]);
  const app = await openTestApp({ consoleFolder, adminPort, ...options }, database);
  const chromium = await openChromium(process.env);
  const page: Console['page'] = ({ size = desktop, scheme = 'light', timeZone = 'UTC' } = {}) =>
    openPage(chromium, { size, scheme, timeZone });
  return {
    app,
    url: app.admin.url,
    page,
    signedIn: async (role, pageOptions) => {
      const email = await addStaff(app, role);
      const opened = await page(pageOptions);
      await signIn(opened, app.admin.url, { email, password: staffPassword });
      return opened;
    },
    close: async () => {
      await chromium.close();
      await app.close();
    },
  };
}

async function openPage(
  { browser }: Chromium,
  { size, scheme, timeZone }: Required<PageOptions>,
): Promise<Page> {
  const context = await browser.newContext({
    viewport: { ...size },
    colorScheme: scheme,
    locale: 'en-GB',
    timezoneId: timeZone,
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  // A script, a style or a host that the policy refuses, and an exception that nobody caught, fail the test that looks.
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text()))
      noted(page).push(message.text());
  });
  page.on('pageerror', (fault) => noted(page).push(fault.message));
  return page;
}

const faultsOfPages = new WeakMap<Page, string[]>();

/** What a page's scripts reported as faults so far. */
export function noted(page: Page): string[] {
  const faults = faultsOfPages.get(page) ?? [];
  faultsOfPages.set(page, faults);
  return faults;
}

/** Signs in on the sign-in page, as a person does, and waits for the page that follows. */
export async function signIn(
  page: Page,
  url: string,
  { email, password }: { email: string; password: string },
): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel(/^Password/).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Pages' }).waitFor({ state: 'attached' });
}

/** What axe finds wrong with a page, as lines: the rule, and where it is broken. An empty list is right. */
export async function axeFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}
