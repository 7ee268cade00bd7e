import { Buffer } from 'node:buffer';
import { submitTransfer } from '@tenantry/testing/bank-transfers';
import { type Owner, registerOwner } from '@tenantry/testing/users';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Console, axeFaults, noted, openConsole, phone } from './console.fixture.ts';

let opened: Console;
beforeAll(async () => {
  opened = await openConsole({ secondApproverAmounts: { USD: 10_000 } });
}, 240_000);
afterAll(() => opened.close());

/** Opens the page of transfers, at one of them. */
async function openTransfers(role: 'finance' | 'support', paymentId?: string, options = {}): Promise<Page> {
  const page = await opened.signedIn(role, options);
  await page.goto(`${opened.url}/transfers${paymentId === undefined ? '' : `?payment=${paymentId}`}`);
  await page.getByRole('heading', { name: 'Transfers', level: 1 }).waitFor();
  return page;
}

/** Reports a transfer for an invoice, of an amount. */
async function report(owner: Owner, invoiceId: string, amount: number): Promise<string> {
  const body = { invoiceId, payerName: 'A. Payer', amount, currency: 'USD' };
  const sent = await opened.app.rest('POST', '/v1/payments/bank-transfers', { body, bearer: owner.token });
  expect(sent.status).toBe(201);
  return sent.body.id;
}

async function orderOf(owner: Owner, planSlug: string): Promise<string> {
  const body = { planSlug, paymentMethod: 'bank_transfer' };
  const asked = await opened.app.rest('POST', '/v1/subscription/change', { body, bearer: owner.token });
  return asked.body.invoice.id;
}

const statusOf = async (owner: Owner, paymentId: string): Promise<string> =>
  (await opened.app.rest('GET', `/v1/payments/${paymentId}`, { bearer: owner.token })).body.status;

/** A PNG of one grey pixel. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
  'base64',
);

describe('a transfer that waits', () => {
  it('is confirmed by keyboard after the page says what that will do, beside its proof', async () => {
    const { owner, paymentId } = await submitTransfer(opened.app);
    const form = new FormData();
    form.set('file', new Blob([pixel]), 'receipt.png');
    const sent = await fetch(`${opened.app.url}/v1/payments/${paymentId}/proofs`, {
      method: 'POST',
      headers: { authorization: `Bearer ${owner.token}` },
      body: form,
    });
    expect(sent.status).toBe(201);
    const page = await openTransfers('finance', paymentId);
    const image = page.getByRole('img', { name: 'Proof of the transfer' });
    await image.waitFor();
    const width = 'document.querySelector("img[alt^=Proof]").naturalWidth';
    await expect.poll(() => page.evaluate(width)).toBe(1);
    await page.getByText('Exactly what is due.').first().waitFor();
    await page.getByText('is paid with USD 29.00: its period is paid').waitFor();
    await page.getByLabel('Reference of the bank').fill('NTRF 4711');
    await page.getByRole('heading', { name: 'Proof' }).click();
    await page.getByRole('button', { name: 'Confirm …' }).focus();
    await page.keyboard.press('c');
    const dialog = page.getByRole('dialog', { name: /^Confirm USD 29.00 of/ });
    await dialog.getByText('NTRF 4711').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Confirm', exact: true }).click();
    await page.getByText(/are booked\.$/).waitFor();
    expect(await statusOf(owner, paymentId)).toBe('succeeded');
    expect(noted(page)).toEqual([]);
    await page.context().close();
  });

  it('of less than is due says what stays due, before it is booked', async () => {
    const owner = await registerOwner(opened.app);
    const invoiceId = await orderOf(owner, 'starter');
    const page = await openTransfers('finance', await report(owner, invoiceId, 2610));
    await page.getByText('USD 2.90 less than the USD 29.00 that are due.').first().waitFor();
    await page.getByText('gets USD 26.10, and USD 2.90 stay due. Nothing begins yet.').waitFor();
    await page.getByLabel(/^Amount that arrived/).fill('58');
    await page.getByText('USD 29.00 go to the balance of the account').waitFor();
    await page.getByLabel(/^Amount that arrived/).fill('1.005');
    await page.getByText('Not an amount of this currency.').waitFor();
    await page.context().close();
  });

  it('is rejected with a reason that its payer gets', async () => {
    const { owner, paymentId } = await submitTransfer(opened.app);
    const page = await openTransfers('finance', paymentId);
    await page.getByRole('button', { name: 'Reject …' }).focus();
    await page.keyboard.press('r');
    const dialog = page.getByRole('dialog', { name: /^Reject USD 29.00 of/ });
    expect(await dialog.getByRole('button', { name: 'Reject' }).isDisabled()).toBe(true);
    await dialog.getByLabel('Reason').fill('The bank has no such transfer.');
    await dialog.getByRole('button', { name: 'Reject' }).click();
    await page.getByText(/are rejected\.$/).waitFor();
    const payment = await opened.app.rest('GET', `/v1/payments/${paymentId}`, { bearer: owner.token });
    expect(payment.body).toMatchObject({ status: 'failed', reason: 'The bank has no such transfer.' });
    await page.context().close();
  });

  it('goes on waiting while its payer is asked for a proof', async () => {
    const { owner, paymentId } = await submitTransfer(opened.app);
    const page = await openTransfers('finance', paymentId);
    await page.getByRole('button', { name: 'Ask for a proof …' }).click();
    const dialog = page.getByRole('dialog', { name: /for a proof$/ });
    await dialog.getByLabel('Reason').fill('Please send the receipt.');
    await dialog.getByRole('button', { name: 'Ask' }).click();
    await page.getByText(/is asked for a proof\.$/).waitFor();
    expect(await statusOf(owner, paymentId)).toBe('pending_approval');
    await page.goto(`${opened.url}/transfers?payment=${paymentId}`);
    await page.getByText('Asked for a proof').waitFor();
    await page.context().close();
  });

  it('above the limit is approved by one and confirmed by another', async () => {
    const owner = await registerOwner(opened.app);
    const body = { packageSlug: 'large', paymentMethod: 'bank_transfer' };
    const order = await opened.app.rest('POST', '/v1/credits/purchases', { body, bearer: owner.token });
    expect(order.body).toHaveProperty('invoice.id');
    const paymentId = await report(owner, order.body.invoice.id, 29_900);
    const first = await openTransfers('finance', paymentId);
    await first.getByLabel('Reference of the bank').fill('NTRF LARGE');
    await first.getByRole('button', { name: 'Approve …' }).click();
    await first.getByRole('dialog').getByRole('button', { name: 'Approve', exact: true }).click();
    await first.getByText(/are approved\. Somebody else confirms them\.$/).waitFor();
    await first.goto(`${opened.url}/transfers?payment=${paymentId}`);
    await first.getByText('You approved it. Somebody else has to confirm it.').waitFor();
    expect(await first.getByRole('button', { name: 'Confirm …' }).isDisabled()).toBe(true);
    const second = await openTransfers('finance', paymentId);
    await second.getByText('Somebody else approved it. You confirm it.').waitFor();
    await second.getByLabel('Reference of the bank').fill('NTRF LARGE');
    await second.getByRole('button', { name: 'Confirm …' }).click();
    await second.getByRole('dialog').getByRole('button', { name: 'Confirm', exact: true }).click();
    await second.getByText(/are booked\.$/).waitFor();
    expect(await statusOf(owner, paymentId)).toBe('succeeded');
    for (const page of [first, second]) await page.context().close();
  });

  it('is shown to support without the buttons that their role does not have', async () => {
    const { paymentId } = await submitTransfer(opened.app);
    const page = await openTransfers('support', paymentId);
    await page.getByText('Your role does not confirm money').waitFor();
    for (const name of ['Confirm …', 'Reject …', 'Ask for a proof …'])
      expect(await page.getByRole('button', { name }).count()).toBe(0);
    expect(await page.getByRole('tab', { name: 'Statements' }).count()).toBe(0);
    await page.context().close();
  });
});

describe('the list of transfers', () => {
  it('is gone through by j and k, and the address keeps the place', async () => {
    await submitTransfer(opened.app);
    await submitTransfer(opened.app);
    const page = await openTransfers('finance');
    const chosen = page.getByRole('list', { name: 'Transfers' }).locator('[aria-current=true]');
    await chosen.waitFor();
    const first = await chosen.textContent();
    await page.keyboard.press('j');
    await page.waitForURL(/payment=/);
    const second = await chosen.textContent();
    expect(second).not.toBe(first);
    await page.reload();
    await chosen.waitFor();
    expect(await chosen.textContent()).toBe(second);
    await page.keyboard.press('k');
    await expect.poll(() => chosen.textContent()).toBe(first);
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys of this page' }).waitFor();
    await page.context().close();
  });
});

describe('a bank statement', () => {
  const mt940 = (line: string) =>
    Buffer.from(
      [':20:X', ':25:12345678', ':60F:C260301USD0,00', line, ':62F:C260302USD29,00', ''].join('\n'),
    );

  it('is imported, and its line is booked for the invoice that it names', async () => {
    const { owner, paymentId, invoiceId } = await submitTransfer(opened.app);
    const invoice = await opened.app.rest('GET', `/v1/invoices/${invoiceId}`, { bearer: owner.token });
    const page = await openTransfers('finance');
    await page.getByRole('tab', { name: 'Statements' }).click();
    await page.getByRole('button', { name: 'Import a statement …' }).click();
    const line = `:61:260302C29,00NTRFNONREF//B${paymentId.slice(-10)}\n:86:${invoice.body.reference}`;
    const dialog = page.getByRole('dialog', { name: 'Import a bank statement' });
    await dialog
      .locator('input[type=file]')
      .setInputFiles({ name: 'bank.sta', mimeType: 'text/plain', buffer: mt940(line) });
    await dialog.getByRole('button', { name: 'Import', exact: true }).click();
    await dialog.getByText(/1 lines, of which 1 are new/).waitFor();
    await dialog.getByRole('button', { name: 'Show its lines' }).click();
    await page.getByText(/the reference is equal, the amount is equal/).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Book …' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Book', exact: true }).click();
    await page.getByText(/are booked\.$/).waitFor();
    expect(await statusOf(owner, paymentId)).toBe('succeeded');
    await page.context().close();
  });

  it('that cannot be read is refused with the line and the reason', async () => {
    const page = await openTransfers('finance');
    await page.goto(`${opened.url}/transfers?tab=statements`);
    await page.getByRole('button', { name: 'Import a statement …' }).click();
    const dialog = page.getByRole('dialog', { name: 'Import a bank statement' });
    await dialog
      .locator('input[type=file]')
      .setInputFiles({ name: 'bank.sta', mimeType: 'text/plain', buffer: mt940(':61:what is this') });
    await dialog.getByRole('button', { name: 'Import', exact: true }).click();
    await dialog.getByText(/line 4: /).waitFor();
    await page.context().close();
  });

  it('as CSV asks where its columns are', async () => {
    const page = await openTransfers('finance');
    await page.goto(`${opened.url}/transfers?tab=statements`);
    await page.getByRole('button', { name: 'Import a statement …' }).click();
    const dialog = page.getByRole('dialog', { name: 'Import a bank statement' });
    const csv = Buffer.from('Day;Amount;Who;Text\n02.03.2026;12,50;C. Stranger;hello\n');
    await dialog
      .locator('input[type=file]')
      .setInputFiles({ name: 'bank.csv', mimeType: 'text/csv', buffer: csv });
    await dialog.getByLabel('Your account').fill('12345678');
    await dialog.getByLabel('Column of the day').fill('Day');
    await dialog.getByLabel('Column of the amount, or of money that came in').fill('Amount');
    await dialog.getByLabel('Column of the payer').fill('3');
    await dialog.getByLabel('Column of what the payer wrote').fill('Text');
    await dialog.getByRole('button', { name: 'Import', exact: true }).click();
    await dialog.getByRole('button', { name: 'Show its lines' }).click();
    await page.getByRole('heading', { name: 'C. Stranger' }).waitFor();
    await page.getByRole('button', { name: 'Ignore …' }).click();
    await page.getByRole('dialog').getByLabel('Reason').fill('Not a customer.');
    await page.getByRole('dialog').getByRole('button', { name: 'Ignore', exact: true }).click();
    await page.getByText(/is ignored\.$/).waitFor();
    await page.context().close();
  });
});

describe.each(['light', 'dark'] as const)('the page of transfers in %s', (scheme) => {
  it('has no fault that axe finds on any tab, and fits a phone', async () => {
    const { paymentId } = await submitTransfer(opened.app);
    const page = await openTransfers('finance', paymentId, { scheme });
    await page.getByText('Exactly what is due.').first().waitFor();
    for (const size of [{ width: 1280, height: 800 }, phone]) {
      await page.setViewportSize(size);
      for (const [tab, ready] of [
        ['waiting', 'Reference of the bank'],
        ['lines', 'Status'],
        ['statements', 'Statements'],
      ] as const) {
        await page.goto(`${opened.url}/transfers?tab=${tab}&payment=${paymentId}`);
        await page.getByLabel(ready).first().waitFor();
        await page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' });
        expect([tab, await axeFaults(page)]).toEqual([tab, []]);
        const folder = process.env['SCREENSHOTS_FOLDER'];
        if (folder !== undefined)
          await page.screenshot({ path: `${folder}/transfers-${tab}-${size.width}-${scheme}.png` });
      }
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(size.width);
    }
    expect(noted(page)).toEqual([]);
    await page.context().close();
  });
});
