import { versionedFile } from '@tenantry/testing/apply-load/catalogue';
import { signInStaff } from '@tenantry/testing/users';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Console, noted, openConsole } from './console.fixture.ts';

let opened: Console;
beforeAll(async () => {
  opened = await openConsole();
}, 180_000);
afterAll(() => opened.close());

/** Makes a catalogue of many plans and operations true, by the API. */
async function applyLarge(): Promise<void> {
  const bearer = await signInStaff(opened.app, 'platform_admin');
  const { body } = await opened.app.admin.rest('GET', '/v1/catalogue', { bearer });
  const text = versionedFile(1, { plans: 50, operations: 500 });
  const input = { text, fingerprint: body.fingerprint, reason: 'Many' };
  const applied = await opened.app.admin.rest('POST', '/v1/catalogue/apply', { bearer, body: input });
  expect(applied.status).toBe(200);
}

it('a catalogue of 50 plans and 500 operations is found in, changed, and edited as a file', async () => {
  await applyLarge();
  const page = await opened.signedIn('platform_admin');
  await page.goto(`${opened.url}/catalogue?tab=operations`);
  const rows = page.getByRole('table', { name: 'Operations' }).getByRole('row');
  await rows.nth(100).waitFor();
  // The heading, and the first hundred.
  expect(await rows.count()).toBe(101);
  await page.getByLabel('Filter operations').fill('op_499');
  await expect.poll(() => rows.count()).toBe(2);
  expect(new URL(page.url()).searchParams.get('q')).toBe('op_499');
  await page.getByRole('link', { name: 'op_499' }).click();
  const panel = page.getByRole('dialog', { name: 'Operation op_499' });
  await panel.getByRole('button', { name: 'Change this operation' }).click();
  await page.getByLabel('At least').fill('2');
  await page.getByRole('button', { name: 'Review the change' }).click();
  await page.getByText('Operation op_499 gets a new price').waitFor();
  await page.goto(`${opened.url}/catalogue?tab=file`);
  const editor = page.getByRole('textbox', { name: 'The file' });
  const text = await editor.inputValue();
  expect(text.split('\n').length).toBeGreaterThan(1500);
  const last = text.indexOf('credits: 1001') + 'credits: 100'.length;
  await editor.focus();
  await page.evaluate(`document.activeElement.setSelectionRange(${last}, ${last + 1})`);
  await page.keyboard.press('2');
  expect(await editor.inputValue()).toContain('credits: 1002');
  await page.getByText(/It changes \d+ thing/).waitFor();
  expect(noted(page)).toEqual([]);
  await page.context().close();
}, 120_000);
