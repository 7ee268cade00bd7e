import { makeKey, registerOwner } from '@tenantry/testing/users';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Console, axeFaults, noted, openConsole, phone } from './console.fixture.ts';

let opened: Console;
let needle: { email: string; accountId: string; key: string };
beforeAll(async () => {
  opened = await openConsole();
  const owner = await registerOwner(opened.app, { accountName: 'Needle & Söhne' });
  needle = { ...owner, key: await makeKey(opened.app, owner, ['site:read']) };
  const suspended = await registerOwner(opened.app, { accountName: 'Hay One' });
  await registerOwner(opened.app, { accountName: 'Hay Two' });
  await opened.app.database.query("update account set status = 'suspended' where id = $1", [
    suspended.accountId,
  ]);
}, 180_000);
afterAll(() => opened.close());

const searchOf = (address: string) => new URL(address).searchParams;

describe('the page Accounts', () => {
  it('finds an account by what a customer quotes, and keeps text and filters in the address', async () => {
    const page = await opened.signedIn('support');
    await page.getByRole('link', { name: 'Accounts', exact: true }).click();
    const rows = page.getByRole('table', { name: 'Accounts' }).locator('tbody tr');
    await page.getByRole('link', { name: 'Hay Two' }).waitFor();
    expect(await rows.count()).toBe(3);
    await page.getByRole('textbox', { name: 'Search' }).fill(needle.email);
    await page.getByRole('link', { name: 'Hay Two' }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Needle & Söhne' }).waitFor();
    expect(searchOf(page.url()).get('q')).toBe(needle.email);
    await page.reload();
    await page.getByRole('link', { name: 'Needle & Söhne' }).waitFor();
    expect(await rows.count()).toBe(1);
    await page.goto(`${opened.url}/accounts?standing=account_suspended&sort=name`);
    await page.getByRole('link', { name: 'Hay One' }).waitFor();
    expect(await rows.count()).toBe(1);
    expect(await page.getByRole('combobox', { name: 'Standing' }).inputValue()).toBe('Account suspended');
    expect(noted(page)).toEqual([]);
    await page.context().close();
  });

  it('takes digits in an address for a text', async () => {
    const page = await opened.signedIn('support');
    await page.goto(`${opened.url}/accounts?q=4711`);
    await page.getByText('No account fits').waitFor();
    expect(await page.getByRole('textbox', { name: 'Search' }).inputValue()).toBe('4711');
    await page.context().close();
  });

  it('says that nothing fits, and shows all accounts again', async () => {
    const page = await opened.signedIn('support');
    await page.goto(`${opened.url}/accounts?q=nobody&planSlug=growth`);
    await page.getByText('No account fits').waitFor();
    await page.getByRole('button', { name: 'Show all accounts' }).click();
    await page.getByRole('link', { name: 'Hay Two' }).waitFor();
    expect(searchOf(page.url()).size).toBe(0);
    expect(await page.getByRole('textbox', { name: 'Search' }).inputValue()).toBe('');
    await page.context().close();
  });

  it('takes what an address holds that no filter is for nothing', async () => {
    const page = await opened.signedIn('support');
    await page.goto(
      `${opened.url}/accounts?standing=rich&paymentMethod=cash&sandbox=perhaps&sort=credits&q=`,
    );
    await page.getByRole('link', { name: 'Hay Two' }).waitFor();
    expect(noted(page)).toEqual([]);
    await page.context().close();
  });

  it('keeps the secret of a pasted key out of the address and of every request', async () => {
    const page = await opened.signedIn('support');
    const secret = needle.key.slice(22);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(`${request.url()} ${request.postData() ?? ''}`));
    await page.goto(`${opened.url}/accounts`);
    await page.getByRole('textbox', { name: 'Search' }).fill(needle.key);
    await page.getByRole('link', { name: 'Hay Two' }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Needle & Söhne' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder(/^A page, a name/).fill(needle.key);
    await page.getByText('API key · Needle & Söhne').waitFor();
    expect([page.url(), ...asked].filter((text) => text.includes(secret))).toEqual([]);
    await page.context().close();
  });

  it.each(['light', 'dark'] as const)(
    'has no fault that axe finds in %s, and fits a phone',
    async (scheme) => {
      const page = await opened.signedIn('support', { scheme });
      await page.goto(`${opened.url}/accounts`);
      await page.getByRole('link', { name: 'Hay Two' }).waitFor();
      expect(await axeFaults(page)).toEqual([]);
      await page.setViewportSize(phone);
      await page.getByRole('link', { name: 'Hay Two' }).waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(phone.width);
      expect(await axeFaults(page)).toEqual([]);
      await page.context().close();
    },
  );
});

describe('the search of Ctrl K', () => {
  it('goes to the account that an address names', async () => {
    const page = await opened.signedIn('support');
    await page.keyboard.press('Control+k');
    await page.getByRole('textbox', { name: 'Search', exact: true }).fill(needle.email);
    await page.getByText('Member · Needle & Söhne · owner').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/accounts/${needle.accountId}/overview`);
    await page.context().close();
  });

  it('says that nothing was found', async () => {
    const page = await opened.signedIn('support');
    await page.keyboard.press('Control+k');
    await page.getByRole('textbox', { name: 'Search', exact: true }).fill('no such thing');
    await page.getByText('Nothing was found.').waitFor();
    await page.context().close();
  });
});
