import { newId } from '@tenantry/db/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { submitTransfer } from '../../bank-transfers.ts';
import { makeKey, signInStaff } from '../../users.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const get = async (url: string, bearer?: string) => {
  const answer = await fetch(url, {
    headers: bearer === undefined ? {} : { authorization: `Bearer ${bearer}` },
  });
  return { answer, bytes: Buffer.from(await answer.arrayBuffer()) };
};
const urlOf = (invoiceId: string) => `${app.url}/v1/invoices/${invoiceId}/pdf`;

describe('the PDF of an invoice', () => {
  it('is for its account and for staff, as an attachment that a browser does not run', async () => {
    const { owner, invoiceId } = await submitTransfer(app);
    const finance = await signInStaff(app, 'finance');
    for (const { answer, bytes } of [
      await get(urlOf(invoiceId), owner.token),
      await get(`${app.admin.url}/v1/invoices/${invoiceId}/pdf`, finance),
    ]) {
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe('application/pdf');
      expect(answer.headers.get('content-disposition')).toBe(
        `attachment; filename="invoice-${invoiceId}.pdf"`,
      );
      expect(answer.headers.get('content-security-policy')).toBe('sandbox');
      expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
      expect(bytes.toString('latin1')).toContain('/MediaBox [0 0 595.28 841.89]');
    }
  });

  it('is refused to another account as if it were not there, and to who may not read invoices', async () => {
    const [{ owner, invoiceId }, other] = [await submitTransfer(app), await submitTransfer(app)];
    const [foreign, none] = [
      await get(urlOf(invoiceId), other.owner.token),
      await get(urlOf(newId()), owner.token),
    ];
    const withoutId = ({ bytes }: { bytes: Buffer }) => {
      const { requestId: _id, ...problem } = JSON.parse(bytes.toString());
      return problem;
    };
    expect(withoutId(foreign)).toEqual(withoutId(none));
    expect(foreign.answer.status).toBe(404);
    const key = await makeKey(app, owner, ['site:read']);
    expect((await get(urlOf(invoiceId), key)).answer.status).toBe(403);
    expect((await get(urlOf(invoiceId))).answer.status).toBe(401);
    expect((await get(urlOf(invoiceId).replace('pdf', 'exe'), owner.token)).answer.status).toBe(404);
  });
});
