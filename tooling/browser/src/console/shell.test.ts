import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Console, axeFaults, noted, openConsole, phone } from './console.fixture.ts';

let opened: Console;
beforeAll(async () => {
  opened = await openConsole();
}, 180_000);
afterAll(() => opened.close());

describe('the sign-in page', () => {
  it('refuses a wrong password in words', async () => {
    const page = await opened.page();
    await page.goto(opened.url);
    await page.getByLabel('E-mail').fill('nobody@console.test');
    await page.getByLabel(/^Password/).fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page
      .getByRole('alert')
      .getByText(/password/i)
      .waitFor();
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    expect(await axeFaults(page)).toEqual([]);
    await page.context().close();
  });

  it('keeps the session in a cookie that scripts cannot read', async () => {
    const page = await opened.signedIn('support');
    expect(await page.evaluate('document.cookie')).toBe('');
    const [cookie] = await page.context().cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
    await page.getByRole('button', { name: /Signed in as/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByLabel('E-mail').waitFor();
    await page.goto(opened.url);
    await page.getByLabel('E-mail').waitFor();
    await page.context().close();
  });
});

describe.each(['light', 'dark'] as const)('the frame of every page in %s', (scheme) => {
  it('has no fault that axe finds, runs no script but its own, and fits a phone', async () => {
    const page = await opened.signedIn('finance', { scheme });
    await page.getByRole('heading', { name: 'Today', level: 1 }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.setViewportSize(phone);
    await page.getByRole('button', { name: 'Navigation' }).click();
    await page.getByRole('link', { name: 'Today' }).last().waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(phone.width);
    expect(await axeFaults(page)).toEqual([]);
    expect(noted(page)).toEqual([]);
    await page.context().close();
  });
});

describe('the search', () => {
  it('opens by Ctrl K and goes to a page by its name', async () => {
    const page = await opened.signedIn('support');
    await page.keyboard.press('Control+k');
    await page.getByRole('textbox', { name: 'Search' }).fill('tod');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Today', level: 1 }).waitFor();
    await page.context().close();
  });
});

describe('what the server answers at the paths of the console', () => {
  const ask = (path: string, accept: string) => fetch(`${opened.url}${path}`, { headers: { accept } });

  it('is the page for a browser, with a policy that lets no script in', async () => {
    const answer = await ask('/accounts/of/anything', 'text/html,*/*');
    expect(answer.status).toBe(200);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(await answer.text()).not.toMatch(/<script>|https?:\/\//);
  });

  it.each([
    ['/v1/nowhere', 'text/html'],
    ['/trpc/nowhere', 'text/html'],
    ['/assets/nowhere.js', 'text/html'],
    ['/accounts', 'application/json'],
    ['/assets/..%2f..%2fpackage.json', '*/*'],
  ])('is 404 at %s for %s', async (path, accept) => {
    const answer = await ask(path, accept);
    expect([answer.status, await answer.json()]).toEqual([404, expect.anything()]);
  });
});
