import { openWorld } from '@tenantry/testing/fixture';
import { addStaff, codeOfApp, staffPassword } from '@tenantry/testing/users';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Console, axeFaults, noted, openConsole, phone, signIn } from './console.fixture.ts';

let opened: Console;
beforeAll(async () => {
  opened = await openConsole();
}, 180_000);
afterAll(() => opened.close());

const paths = ['/staff', '/security', '/service-keys', '/webhooks', '/audit', '/impersonations'];

describe('the pages of staff', () => {
  it('add a member for a reason, show the password once, and disable them again', async () => {
    const page = await opened.signedIn('platform_admin');
    await page.getByRole('link', { name: 'Staff' }).click();
    await page.getByRole('button', { name: 'Add staff' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('E-mail').fill('new@staff.test');
    expect(await dialog.getByRole('button', { name: 'Add' }).isDisabled()).toBe(true);
    await dialog.getByLabel('Reason').fill('Joins the team.');
    await dialog.getByRole('button', { name: 'Add' }).click();
    await page.getByText('Password of new@staff.test').waitFor();
    await page.getByRole('button', { name: 'I have kept it' }).click();
    await page.getByRole('button', { name: 'Actions for new@staff.test' }).click();
    await page.getByRole('menuitem', { name: 'Disable' }).click();
    await page.getByRole('dialog').getByLabel('Reason').fill('Left.');
    await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
    await page.getByText('new@staff.test is disabled.').waitFor();
    await page.getByRole('link', { name: 'Audit' }).click();
    await page.getByText('Staff and security').click();
    await page.getByRole('cell', { name: 'staff.disable', exact: true }).waitFor();
    await page.getByRole('cell', { name: 'Left.', exact: true }).waitFor();
    expect(noted(page)).toEqual([]);
    await page.context().close();
  }, 60_000);

  it('are not shown to a role without the power, by link or by address', async () => {
    const page = await opened.signedIn('finance');
    expect(await page.getByRole('link', { name: 'Staff' }).count()).toBe(0);
    for (const path of paths.filter((one) => one !== '/security')) {
      await page.goto(`${opened.url}${path}`);
      await page.getByText('You may not see this').waitFor();
    }
    await page.context().close();
  }, 60_000);

  it('show who is impersonated in a bar that stays on every page, until it is ended', async () => {
    const world = await openWorld(opened.app, 'Looked at');
    const page = await opened.signedIn('support');
    await page.goto(
      `${opened.url}/impersonations?accountId=${world.owner.accountId}&userId=${world.owner.userId}`,
    );
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('Ticket 4711.');
    await dialog.getByRole('button', { name: 'Begin' }).click();
    await page.getByText(/^tni_/).waitFor();
    await page.getByRole('button', { name: 'I have kept it' }).click();
    const bar = page.getByRole('status', { name: 'Open impersonation' });
    await bar.getByText('Looked at').waitFor();
    await page.getByRole('link', { name: 'Today' }).click();
    await bar.waitFor();
    await page.mouse.move(700, 500);
    expect(await axeFaults(page)).toEqual([]);
    await bar.getByRole('button', { name: 'End it now' }).click();
    await bar.waitFor({ state: 'detached' });
    await page.context().close();
  }, 60_000);

  it.each(['light', 'dark'] as const)(
    'have no fault that axe finds in %s, and fit a phone',
    async (scheme) => {
      const page = await opened.signedIn('platform_admin', { scheme });
      for (const path of paths) {
        await page.goto(`${opened.url}${path}`);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.waitForLoadState('networkidle');
        expect(await axeFaults(page), path).toEqual([]);
        await page.setViewportSize(phone);
        await expect
          .poll(() => page.evaluate('document.documentElement.scrollWidth <= window.innerWidth'), {
            message: `${path} fits`,
          })
          .toBe(true);
        await page.setViewportSize({ width: 1280, height: 800 });
      }
      expect(noted(page)).toEqual([]);
      await page.context().close();
    },
    120_000,
  );
});

describe('a second factor', () => {
  it('is asked for at sign-in once it is set up, and is set up in the console', async () => {
    const email = await addStaff(opened.app, 'support');
    const page = await opened.page();
    await signIn(page, opened.url, { email, password: staffPassword });
    await page.goto(`${opened.url}/security`);
    await page.getByLabel(/^Your password/).fill(staffPassword);
    await page.getByRole('button', { name: 'Set up an authenticator app' }).click();
    const uri = await page.getByText(/^otpauth:/).textContent();
    const secret = new URL(uri ?? '').searchParams.get('secret') ?? '';
    await page.getByLabel('Code of the app').fill(codeOfApp(secret, opened.app.api.clock()));
    await page.getByRole('button', { name: 'Confirm' }).click();
    const codes = (await page.getByText(/^[a-z2-7]{5}-[a-z2-7]{5} /).textContent()) ?? '';
    await page.getByRole('button', { name: 'I have kept it' }).click();
    await page.context().close();
    const again = await opened.page();
    await again.goto(`${opened.url}/sign-in`);
    await again.getByLabel('E-mail').fill(email);
    await again.getByLabel(/^Password/).fill(staffPassword);
    await again.getByRole('button', { name: 'Sign in' }).click();
    await again.getByLabel('Code').fill('000000');
    await again.getByRole('button', { name: 'Sign in' }).click();
    await again.getByText('A code works once.').waitFor();
    await again.getByLabel('Code').fill(codes.split(' ')[0] ?? '');
    await again.getByRole('button', { name: 'Sign in' }).click();
    await again.getByRole('navigation', { name: 'Pages' }).waitFor({ state: 'attached' });
    await again.context().close();
  }, 60_000);
});
