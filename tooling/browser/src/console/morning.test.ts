import { type SubmittedTransfer, submitTransfer } from '@tenantry/testing/bank-transfers';
import { type Owner, registerOwner, signInStaff } from '@tenantry/testing/users';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Console, noted, openConsole } from './console.fixture.ts';

let opened: Console;
beforeAll(async () => {
  opened = await openConsole({ secondApproverAmounts: { USD: 10_000 } });
}, 240_000);
afterAll(() => opened.close());

/** Reports a transfer for an invoice that the customer asks for first. */
async function order(path: string, body: object, amount: number): Promise<SubmittedTransfer> {
  const owner = await registerOwner(opened.app);
  const bearer = owner.token;
  const asked = await opened.app.rest('POST', path, { body, bearer });
  const invoiceId = asked.body.invoice.id;
  const money = { invoiceId, payerName: 'A. Payer', amount, currency: 'USD' };
  const sent = await opened.app.rest('POST', '/v1/payments/bank-transfers', { body: money, bearer });
  if (sent.status !== 201) throw new Error(JSON.stringify(sent.body));
  return { owner, paymentId: sent.body.id, invoiceId, confirmation: {} };
}

const method = { paymentMethod: 'bank_transfer' } as const;

/** Settles a charge, so that the customer can ask about it. */
async function charge({ token: bearer }: Owner): Promise<void> {
  const body = { operation: 'write_content', units: 100 };
  const held = await opened.app.rest('POST', '/v1/credits/holds', { bearer, body });
  const used = { body: { units: 80 }, bearer };
  const settled = await opened.app.rest('POST', `/v1/credits/holds/${held.body.id}/settle`, used);
  if (settled.status !== 200) throw new Error(JSON.stringify(settled.body));
}

/** Opens a transfer in the queue, and says which reference the bank's statement has. */
async function openTransfer(page: Page, { paymentId }: SubmittedTransfer, bankReference: string) {
  await page.goto(`${opened.url}/transfers?payment=${paymentId}`);
  await page.getByLabel('Reference of the bank').fill(bankReference);
}

async function decide(page: Page, decision: 'Confirm' | 'Approve'): Promise<void> {
  await page.getByRole('button', { name: `${decision} …` }).click();
  await page.getByRole('dialog').getByRole('button', { name: decision, exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

const stateOf = async ({ owner: { token: bearer }, paymentId, invoiceId }: SubmittedTransfer) => {
  const payment = await opened.app.rest('GET', `/v1/payments/${paymentId}`, { bearer });
  const invoice = await opened.app.rest('GET', `/v1/invoices/${invoiceId}`, { bearer });
  return `${payment.body.status} ${invoice.body.status}`;
};

/** Asks the admin app as a member of staff: what no page of the console does yet. */
async function ask(method: 'GET' | 'POST', path: string, bearer: string, body?: object) {
  const answer = await opened.app.admin.rest(method, path, { bearer, ...(body && { body }) });
  if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

describe("an operator's morning", () => {
  it('is done without SQL: five transfers, a question, a suspension, a goodwill credit, and a plan', async () => {
    const exact = await submitTransfer(opened.app);
    const wrong = await order('/v1/subscription/change', { planSlug: 'starter', ...method }, 2610);
    const twice = await submitTransfer(opened.app);
    const large = await order('/v1/credits/purchases', { packageSlug: 'large', ...method }, 29_900);
    const last = await order('/v1/subscription/change', { planSlug: 'growth', ...method }, 8900);
    const asking = await registerOwner(opened.app, { accountName: 'Curious Ltd' });
    await charge(asking);
    const finance = await opened.signedIn('finance');

    // A transfer that is right.
    await openTransfer(finance, exact, 'BANK 1');
    await finance.getByText('Exactly what is due.').first().waitFor();
    await decide(finance, 'Confirm');
    expect(await stateOf(exact)).toBe('succeeded paid');

    // One of a wrong amount: the page says what stays due before it is booked.
    await openTransfer(finance, wrong, 'BANK 2');
    await finance.getByText('gets USD 26.10, and USD 2.90 stay due').waitFor();
    await decide(finance, 'Confirm');
    expect(await stateOf(wrong)).toBe('succeeded partially_paid');

    // One that came twice: the second money is a line of the bank for an invoice that is paid, and becomes the balance.
    await openTransfer(finance, twice, 'BANK 3');
    await decide(finance, 'Confirm');
    await bookSecondMoney(finance, twice);
    expect(await stateOf(twice)).toBe('succeeded paid');
    const bearer = twice.owner.token;
    const money = await opened.app.rest('GET', '/v1/balance', { bearer });
    expect(money.body.balances).toEqual([{ amount: 2900, currency: 'USD' }]);

    // One above the amount that one member of staff may confirm.
    await openTransfer(finance, large, 'BANK 4');
    await decide(finance, 'Approve');
    expect(await stateOf(large)).toBe('pending_approval open');
    const second = await opened.signedIn('finance');
    await openTransfer(second, large, 'BANK 4');
    await second.getByText('Somebody else approved it. You confirm it.').waitFor();
    await decide(second, 'Confirm');
    expect(await stateOf(large)).toBe('succeeded paid');

    // The last of the five.
    await openTransfer(finance, last, 'BANK 5');
    await decide(finance, 'Confirm');
    expect(await stateOf(last)).toBe('succeeded paid');

    // "Why was I charged?"
    const [byFinance, admin] = [
      await signInStaff(opened.app, 'finance'),
      await signInStaff(opened.app, 'platform_admin'),
    ];
    const account = `/v1/accounts/${asking.accountId}`;
    const entries = await ask('GET', `${account}/credits/entries`, byFinance);
    const settled = entries.items.find(({ to }: { to: string }) => to === 'spent');
    const why = await ask('GET', `${account}/credits/entries/${settled.id}/explanation`, byFinance);
    expect(why).toMatchObject({ entry: { operation: 'write_content' }, units: 80 });

    // A goodwill credit, and another plan.
    await ask('POST', `${account}/credits/adjust`, byFinance, {
      amount: 200,
      reason: 'The answer came late.',
    });
    const wish = { planSlug: 'growth', ...method, reason: 'They asked for it by phone.' };
    await ask('POST', `${account}/subscription/change`, byFinance, wish);

    // A suspension, which finance may not do.
    await ask('POST', `${account}/suspend`, admin, { reason: 'The owner asked for it: a key was stolen.' });
    const refused = await opened.app.rest('GET', '/v1/sites', { bearer: asking.token });
    expect(refused.body.code).toBe('account_suspended');

    // Whoever changed something is on record, with the reason.
    const rows = await opened.app.database.query(
      "select action, facts->>'reason' as reason from audit_entry where account_id = $1 and actor like 'staff:%' order by at, id",
      [asking.accountId],
    );
    expect(rows).toEqual([
      { action: 'credit.adjust', reason: 'The answer came late.' },
      { action: 'subscription.change', reason: 'They asked for it by phone.' },
      { action: 'account.suspend', reason: 'The owner asked for it: a key was stolen.' },
    ]);
    for (const page of [finance, second]) {
      expect(noted(page)).toEqual([]);
      await page.context().close();
    }
  }, 400_000);
});

/** Imports the statement with the second money, and books its line to the balance. */
async function bookSecondMoney(
  page: Page,
  { owner, invoiceId, paymentId }: SubmittedTransfer,
): Promise<void> {
  const invoice = await opened.app.rest('GET', `/v1/invoices/${invoiceId}`, { bearer: owner.token });
  const line = `:61:260302C29,00NTRFNONREF//Z${paymentId.slice(-10)}`;
  const text = [
    ':20:X',
    ':25:12345678',
    ':60F:C260301USD0,00',
    line,
    `:86:${invoice.body.reference}`,
    ':62F:C260302USD29,00',
    '',
  ];
  await page.goto(`${opened.url}/transfers?tab=statements`);
  await page.getByRole('button', { name: 'Import a statement …' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import a bank statement' });
  await dialog
    .locator('input[type=file]')
    .setInputFiles({ name: 'bank.sta', mimeType: 'text/plain', buffer: Buffer.from(text.join('\n')) });
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await dialog.getByRole('button', { name: 'Show its lines' }).click();
  await page.getByText(/the invoice takes no money any more/).waitFor();
  await page.getByRole('button', { name: 'Book …' }).click();
  await page.getByLabel(/^Book it to the balance/).check();
  await page.getByText('USD 29.00 go to the balance of the account').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Book', exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}
