import { readDemoCatalogue } from '@tenantry/catalogue/file';
import { registerOwner, signInStaff } from '@tenantry/testing/users';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Console, axeFaults, noted, openConsole, phone } from './console.fixture.ts';

let opened: Console;
beforeAll(async () => {
  opened = await openConsole();
}, 180_000);
afterAll(() => opened.close());

const tabs = ['plans', 'operations', 'packages', 'rates', 'issuer', 'file'] as const;
const goTo = async (page: Page, search = '') => {
  await page.goto(`${opened.url}/catalogue${search}`);
  await page.getByRole('heading', { name: 'Catalogue', level: 1 }).waitFor();
  await page.getByRole('tabpanel').waitFor();
};
const dialog = (page: Page, name: RegExp | string) => page.getByRole('dialog', { name });
const creditsOfGrowth = async () =>
  (
    await opened.app.database.query(
      "select plan_version, included_credits::int as credits from plan where slug = 'growth' order by 1",
    )
  ).map(({ credits }) => credits);

/** Applies a change of the credits of growth by the API, as somebody else would. */
async function applyElsewhere(credits: number): Promise<void> {
  const bearer = await signInStaff(opened.app, 'platform_admin');
  const { body } = await opened.app.admin.rest('GET', '/v1/catalogue', { bearer });
  const { growth } = body.catalogue.plans;
  const plans = { ...body.catalogue.plans, growth: { ...growth, credits } };
  const text = JSON.stringify({ catalogue: 1, ...body.catalogue, plans });
  const input = { text, fingerprint: body.fingerprint, reason: 'Elsewhere' };
  const applied = await opened.app.admin.rest('POST', '/v1/catalogue/apply', { bearer, body: input });
  expect(applied.status).toBe(200);
}

describe('a plan', () => {
  it('is changed after a review of whom that touches, with a reason', async () => {
    const { accountId } = await registerOwner(opened.app);
    const newest = "(select id from plan where slug = 'growth' order by plan_version desc limit 1)";
    await opened.app.database.query(`update subscription set plan_id = ${newest} where account_id = $1`, [
      accountId,
    ]);
    const page = await opened.signedIn('platform_admin');
    await goTo(page);
    await page.getByRole('link', { name: 'growth' }).click();
    await dialog(page, 'Plan growth').getByRole('button', { name: 'Change this plan' }).click();
    await page.getByLabel('Credits a month').fill('30000');
    await page.getByRole('button', { name: 'Review the change' }).click();
    const review = dialog(page, 'Change the plan growth');
    await review.getByText('Plan growth gets a new version').waitFor();
    await review.getByText('credits: 20000 → 30000').waitFor();
    await review.getByText('Touches 1 account: 1 on version 1.').waitFor();
    const apply = review.getByRole('button', { name: 'Apply' });
    expect(await apply.isDisabled()).toBe(true);
    expect(await axeFaults(page)).toEqual([]);
    await review.getByLabel('Get the new version when they renew').check();
    await review.getByLabel('Reason').fill('More for the same price');
    await apply.click();
    await page.getByText('The catalogue is changed.').waitFor();
    expect(await creditsOfGrowth()).toEqual([20_000, 30_000]);
    await dialog(page, 'Plan growth').getByText('Version 2', { exact: true }).waitFor();
    const [event] = await opened.app.database.query(
      "select facts from security_event where action = 'catalogue.applyFile' order by id desc limit 1",
    );
    expect(event?.['facts']).toMatchObject({ reason: 'More for the same price', move: 'renewal' });
    expect(noted(page)).toEqual([]);
    await page.context().close();
  });

  it('is not changed over what somebody else has changed meanwhile', async () => {
    const page = await opened.signedIn('platform_admin');
    await goTo(page, '?open=growth');
    await dialog(page, 'Plan growth').getByRole('button', { name: 'Change this plan' }).click();
    await page.getByLabel('Credits a month').fill('1');
    await applyElsewhere(40_000);
    await page.getByRole('button', { name: 'Review the change' }).click();
    const review = dialog(page, 'Change the plan growth');
    await review.getByText('Somebody has changed the catalogue').waitFor();
    await review.getByLabel('Reason').fill('Anyway');
    expect(await review.getByRole('button', { name: 'Apply' }).isDisabled()).toBe(true);
    expect((await creditsOfGrowth()).at(-1)).toBe(40_000);
    await page.context().close();
  });
});

describe('the file of the catalogue', () => {
  it('is checked while it is written, with the line of each fault, and applied', async () => {
    const page = await opened.signedIn('platform_admin');
    await goTo(page, '?tab=file');
    const editor = page.getByRole('textbox', { name: 'The file' });
    const text = await editor.inputValue();
    const line = text.split('\n').findIndex((one) => one.includes('write_content')) + 1;
    await editor.fill(text.replace('write_content:', 'write_content:\n    colour: red'));
    await page.getByText('The file has faults').waitFor();
    await page.getByRole('button', { name: `Line ${line + 1}` }).click();
    const chosen = await page.evaluate('window.getSelection()?.toString() ?? ""');
    expect(chosen).toContain('colour');
    expect(await page.getByRole('button', { name: 'Review and apply' }).isDisabled()).toBe(true);
    expect(await axeFaults(page)).toEqual([]);
    await editor.fill(text.replace('rate: 25', 'rate: 26'));
    await page.getByText('It changes 1 thing.').waitFor();
    await page.getByRole('button', { name: 'Review and apply' }).click();
    const review = dialog(page, 'Apply the changed file');
    await review.getByText('Operation generate_image gets a new price').waitFor();
    await review.getByLabel('Reason').fill('Images cost more');
    await review.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('The catalogue is changed.').waitFor();
    const price = await opened.app.database.query(
      "select max(price_version)::int as version from operation_price where name = 'generate_image'",
    );
    expect(price).toEqual([{ version: 2 }]);
    await page.context().close();
  });

  it('is downloaded as the command prints it, and cannot be changed by support', async () => {
    const page = await opened.signedIn('support');
    await goTo(page, '?tab=file');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('catalogue.yaml');
    expect(await page.getByRole('textbox', { name: 'The file' }).getAttribute('readonly')).not.toBeNull();
    expect(await page.getByRole('button', { name: 'Review and apply' }).count()).toBe(0);
    await goTo(page, '?open=starter');
    await dialog(page, 'Plan starter').waitFor();
    expect(await page.getByRole('button', { name: /Change|New/ }).count()).toBe(0);
    await page.context().close();
  });
});

describe('an operation and a package', () => {
  it('are added, changed and taken away', async () => {
    const page = await opened.signedIn('platform_admin');
    const finish = async (title: string, sentence: string) => {
      const review = dialog(page, title);
      await review.getByText(sentence).waitFor();
      await review.getByLabel('Reason').fill('It is time');
      await review.getByRole('button', { name: 'Apply' }).click();
      await review.waitFor({ state: 'detached' });
    };
    await goTo(page, '?tab=operations');
    await page.getByRole('button', { name: 'New operation' }).click();
    await page.getByLabel('Name in calls').fill('translate');
    await page.getByRole('button', { name: 'Review the change' }).click();
    await finish('Add the operation translate', 'Operation translate is added');
    await page.getByRole('link', { name: 'translate' }).click();
    await dialog(page, 'Operation translate').getByRole('button', { name: 'Withdraw' }).click();
    await finish('Withdraw the operation translate', 'Operation translate is withdrawn');
    await dialog(page, 'Operation translate').getByText('It is withdrawn').waitFor();
    await goTo(page, '?tab=packages');
    await page.getByRole('button', { name: 'Change small' }).click();
    await page.getByLabel('Price').fill('36');
    await page.getByRole('button', { name: 'Review the change' }).click();
    await finish('Change the package small', 'price.amount: 3500 → 3600');
    await page.getByText('USD 36.00').waitFor();
    await page.context().close();
  });

  it('are refused with the field that is wrong, and nothing is changed', async () => {
    const page = await opened.signedIn('platform_admin');
    await goTo(page, '?tab=operations&open=write_content');
    await dialog(page, 'Operation write_content')
      .getByRole('button', { name: 'Change this operation' })
      .click();
    await page.getByLabel('Prompt').fill('Write about {{text}.');
    await page.getByRole('button', { name: 'Review the change' }).click();
    const review = dialog(page, 'Change the operation write_content');
    await review.getByText('This cannot be applied yet').waitFor();
    await review.getByText('operations.write_content.promptTemplate').waitFor();
    await review.getByLabel('Reason').fill('Anyway');
    expect(await review.getByRole('button', { name: 'Apply' }).isDisabled()).toBe(true);
    await page.context().close();
  });
});

describe('a customer’s way to pay', () => {
  it('shows Stripe and PayPal as coming soon', async () => {
    const page = await opened.signedIn('finance');
    await goTo(page, '?tab=issuer');
    expect(await page.getByText('Coming soon').count()).toBe(2);
    await page
      .getByText(readDemoCatalogue().issuer?.name ?? 'nobody')
      .first()
      .waitFor();
    await page.context().close();
  });
});

describe.each(['light', 'dark'] as const)('the catalogue in %s', (scheme) => {
  it('has no fault that axe finds on any tab, and fits a phone', async () => {
    const page = await opened.signedIn('platform_admin', { scheme });
    for (const tab of tabs) {
      await goTo(page, `?tab=${tab}`);
      await page.getByLabel('Loading').waitFor({ state: 'detached' });
      expect([tab, await axeFaults(page)]).toEqual([tab, []]);
      await page.setViewportSize(phone);
      const width = async () => page.evaluate('document.documentElement.scrollWidth');
      await expect.poll(width, { message: tab }).toBeLessThanOrEqual(phone.width);
      expect([tab, await axeFaults(page)]).toEqual([tab, []]);
      await page.setViewportSize({ width: 1280, height: 800 });
    }
    expect(noted(page)).toEqual([]);
    await page.context().close();
  }, 120_000);
});
