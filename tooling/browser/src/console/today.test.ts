import { submitTransfer } from '@tenantry/testing/bank-transfers';
import { countForOverview } from '@tenantry/testing/overview';
import { signInStaff } from '@tenantry/testing/users';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Console, axeFaults, noted, openConsole, phone } from './console.fixture.ts';

let opened: Console;
beforeAll(async () => {
  opened = await openConsole();
  const { owner, confirmation } = await submitTransfer(opened.app);
  await submitTransfer(opened.app);
  const bearer = await signInStaff(opened.app, 'finance');
  await opened.app.admin.rest('POST', '/v1/billing/confirm-bank-transfer', { body: confirmation, bearer });
  await opened.app.database.query(
    `update subscription set period_start = now() - interval '31 days', period_end = now() - interval '1 day' where account_id = $1`,
    [owner.accountId],
  );
  await countForOverview(opened.app);
}, 180_000);
afterAll(() => opened.close());

describe('the page Today', () => {
  it('shows what waits and the charts, each with a table of its figures', async () => {
    const page = await opened.signedIn('finance');
    await page.getByRole('list', { name: 'What waits' }).getByText('USD 29.00').waitFor();
    await page.getByRole('table', { name: 'Revenue in USD, by UTC day' }).waitFor({ state: 'attached' });
    await page.getByRole('table', { name: 'Credits, by UTC day' }).waitFor({ state: 'attached' });
    expect(await page.getByRole('table', { name: 'Sign-ups, by UTC day' }).locator('tbody tr').count()).toBe(
      30,
    );
    expect(noted(page)).toEqual([]);
    await page.context().close();
  });

  it('charts UTC days for a viewer whose day is another', async () => {
    const page = await opened.signedIn('finance', { timeZone: 'Pacific/Auckland' });
    const days = page.getByRole('table', { name: 'Sign-ups, by UTC day' }).locator('tbody th');
    await days.first().waitFor({ state: 'attached' });
    expect((await days.allTextContents()).at(-1)).toBe(opened.app.api.clock().toISOString().slice(0, 10));
    await page.context().close();
  });

  it('shows no revenue to a role without the power', async () => {
    const page = await opened.signedIn('support');
    await page.getByRole('heading', { name: 'Credits' }).waitFor();
    expect(await page.getByRole('heading', { name: /Revenue/ }).count()).toBe(0);
    await page.context().close();
  });

  it('says what failed, with the request id, and tries again', async () => {
    const page = await opened.signedIn('support');
    await page.route('**/trpc/**overview.get**', (route) =>
      route.fulfill({ status: 500, contentType: 'application/json', body: '{}' }),
    );
    await page.reload();
    await page.getByRole('alert').getByRole('button', { name: 'Try again' }).waitFor();
    await page.unrouteAll();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('list', { name: 'What waits' }).waitFor();
    await page.context().close();
  });

  it.each(['light', 'dark'] as const)(
    'has no fault that axe finds in %s, and fits a phone',
    async (scheme) => {
      const page = await opened.signedIn('finance', { scheme });
      await page.getByRole('heading', { name: 'Sign-ups' }).waitFor();
      expect(await axeFaults(page)).toEqual([]);
      await page.setViewportSize(phone);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(phone.width);
      expect(await axeFaults(page)).toEqual([]);
      await page.context().close();
    },
  );
});
