import { addDays } from '@tenantry/domain/time';
import { type Owner, makeKey, registerOwner } from '@tenantry/testing/users';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Console, axeFaults, noted, openConsole, phone } from './console.fixture.ts';

let opened: Console;
let owner: Owner;
beforeAll(async () => {
  opened = await openConsole({ secondApproverCredits: 1000 });
  owner = await registerOwner(opened.app, { accountName: 'Acme Ltd' });
  await makeKey(opened.app, owner, ['account:read'], { name: 'WordPress plugin' });
  await spend(owner);
}, 240_000);
afterAll(() => opened.close());

/** Holds and settles credits of an operation, so that the ledger has a charge. */
async function spend({ token: bearer }: Owner): Promise<void> {
  const body = { operation: 'write_content', units: 100 };
  const held = await opened.app.rest('POST', '/v1/credits/holds', { bearer, body });
  const settled = await opened.app.rest('POST', `/v1/credits/holds/${held.body.id}/settle`, {
    bearer,
    body: { units: 80 },
  });
  if (settled.status !== 200) throw new Error(JSON.stringify(settled.body));
}

const show = async (page: Page, { accountId }: Owner, tab = 'overview', search = '') => {
  await page.goto(`${opened.url}/accounts/${accountId}/${tab}${search}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
};
const reasonOf = (page: Page) => page.getByRole('dialog').getByLabel('Reason');
const tabs = ['overview', 'credits', 'usage', 'billing', 'people', 'messages', 'audit'] as const;

describe.each(['light', 'dark'] as const)('the page of an account in %s', (scheme) => {
  it.each(tabs)('has no fault that axe finds, and fits a phone: %s', async (tab) => {
    const page = await opened.signedIn('platform_admin', { scheme });
    await show(page, owner, tab);
    await page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' });
    expect(await axeFaults(page)).toEqual([]);
    await page.setViewportSize(phone);
    await expect
      .poll(() => page.evaluate('document.documentElement.scrollWidth'))
      .toBeLessThanOrEqual(phone.width);
    expect(await axeFaults(page)).toEqual([]);
    expect(noted(page)).toEqual([]);
    await page.context().close();
  });
});

describe('the page of an account', () => {
  it('answers why a key is refused, in the address that a colleague can open', async () => {
    const page = await opened.signedIn('support');
    await show(page, owner);
    await page.getByRole('button', { name: 'Why refused?' }).click();
    const who = page.getByPlaceholder('A member or a key');
    await who.click();
    await page.getByRole('option', { name: /WordPress plugin/ }).click();
    const what = page.getByPlaceholder('A procedure of the API');
    await what.fill('site.list');
    await page.getByRole('option', { name: /site\.list/ }).click();
    await page.getByText('Refused with 403 scope_missing').waitFor();
    await page.getByText('The key lacks the scope site:read. It holds: account:read.').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    const address = page.url();
    const other = await opened.signedIn('finance');
    await other.goto(address);
    await other.getByText('The key lacks the scope site:read. It holds: account:read.').waitFor();
    await page.context().close();
    await other.context().close();
  });

  it('answers why a charge was booked, and refunds it once with a reason', async () => {
    const page = await opened.signedIn('finance');
    await show(page, owner, 'credits', '?kind=settle');
    await page
      .getByRole('button', { name: /^Why was entry/ })
      .first()
      .click();
    const drawer = page.getByRole('dialog', { name: 'Why was this booked?' });
    await drawer
      .getByText(/write_content/)
      .first()
      .waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await drawer.getByRole('button', { name: 'Refund this charge' }).click();
    await reasonOf(page).last().fill('The output was empty.');
    await page.getByRole('button', { name: 'Refund', exact: true }).click();
    await page.getByText(/credits are given back/).waitFor();
    await page.context().close();
  });

  it('gives credits after it has shown what they become, and asks for a second person above the bound', async () => {
    const page = await opened.signedIn('finance');
    const customer = await registerOwner(opened.app, { accountName: 'Goodwill Ltd' });
    await show(page, customer);
    const openDialog = async () => {
      await page.getByRole('button', { name: 'Actions' }).click();
      await page.getByRole('menuitem', { name: 'Give or take credits' }).click();
    };
    await openDialog();
    await page.getByRole('textbox', { name: 'Credits' }).fill('500');
    await page.getByText('They move at once.').waitFor();
    const give = page.getByRole('button', { name: 'Give credits' });
    expect(await give.isDisabled()).toBe(true);
    await reasonOf(page).fill('Outage of 28 February.');
    expect(await axeFaults(page)).toEqual([]);
    await give.click();
    await page.getByText('500 credits are given to Goodwill Ltd.').waitFor();
    await openDialog();
    await page.getByRole('textbox', { name: 'Credits' }).fill('5000');
    await reasonOf(page).fill('A long outage.');
    await page.getByRole('button', { name: 'Ask for approval' }).click();
    await page.getByText('Another member of staff has to approve it.').waitFor();
    const second = await opened.signedIn('platform_admin');
    await show(second, customer, 'credits');
    await second.getByRole('button', { name: 'Approve' }).click();
    await reasonOf(second).fill('Checked against the incident.');
    await second.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
    await second.getByText('Approved: giving 5,000 credits.').waitFor();
    const own = await opened.app.rest('GET', '/v1/credits', { bearer: customer.token });
    expect(own.body.available).toBe(6500);
    await page.context().close();
    await second.context().close();
  });

  it('extends a trial to the day that its preview names', async () => {
    const page = await opened.signedIn('finance');
    const customer = await registerOwner(opened.app, { accountName: 'Late Ltd' });
    const before = await opened.app.rest('GET', '/v1/subscription', { bearer: customer.token });
    await show(page, customer);
    await page.getByRole('button', { name: 'Actions' }).click();
    await page.getByRole('menuitem', { name: 'Extend trial or grace' }).click();
    await page.getByText(/The trial would end/).waitFor();
    await reasonOf(page).fill('Their bank is closed until Monday.');
    await page.getByRole('button', { name: 'Extend', exact: true }).click();
    await page.getByText('Late Ltd has 7 more days.').waitFor();
    const after = await opened.app.rest('GET', '/v1/subscription', { bearer: customer.token });
    expect(new Date(after.body.standing.until)).toEqual(addDays(new Date(before.body.standing.until), 7));
    await page.context().close();
  });

  it('suspends by a platform admin, and shows nobody else a button that the server would refuse', async () => {
    const customer = await registerOwner(opened.app, { accountName: 'Abuse Ltd' });
    const support = await opened.signedIn('support');
    await show(support, customer);
    await support.getByText('Standing', { exact: true }).waitFor();
    expect(await support.getByRole('button', { name: 'Actions' }).count()).toBe(0);
    const admin = await opened.signedIn('platform_admin');
    await show(admin, customer);
    await admin.getByRole('button', { name: 'Actions' }).click();
    await admin.getByRole('menuitem', { name: 'Suspend' }).click();
    await reasonOf(admin).fill('The card holder disputes the charge.');
    await admin.getByRole('button', { name: 'Suspend', exact: true }).click();
    await admin.getByText('Abuse Ltd is suspended.').waitFor();
    await admin
      .getByText('Suspended by staff: every call is refused until it is reactivated.')
      .first()
      .waitFor();
    expect((await opened.app.rest('GET', '/v1/sites', { bearer: customer.token })).body.code).toBe(
      'account_suspended',
    );
    await support.context().close();
    await admin.context().close();
  });

  it('says that nothing is there for an id that no account has', async () => {
    const page = await opened.signedIn('support');
    await page.goto(`${opened.url}/accounts/0198f000-0000-7000-8000-00000000ffff/overview`);
    await page.getByText('Nothing is here').waitFor();
    await page.context().close();
  });
});
