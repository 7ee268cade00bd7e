import { readdir } from 'node:fs/promises';
import { jpeg, pdf, png } from '@tenantry/files/proof.fixture';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../caller.ts';
import { failWrites } from '../../failpoint.ts';
import { type TestApp, openTestApp } from '../../app.ts';
import { type Owner, registerOwner, signInStaff } from '../../users.ts';
import { verdictOf } from '../../procedures.ts';

let app: TestApp;
let owner: Owner;
let paymentId: string;
let staff: string;
beforeAll(async () => {
  app = await openTestApp();
  staff = await signInStaff(app, 'support');
  owner = await registerOwner(app);
  paymentId = await sendTransfer(owner);
});
afterAll(() => app.close());

async function sendTransfer(person: Owner): Promise<string> {
  const body = { planSlug: 'starter', payerName: 'A. Payer', amount: 2900, currency: 'USD' };
  return (await app.rest('POST', '/v1/payments/bank-transfers', { body, bearer: person.token })).body.id;
}

async function upload(form: FormData | string, person = owner, type?: string): Promise<Answer> {
  const response = await fetch(`${app.url}/v1/payments/${paymentId}/proofs`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${person.token}`,
      ...(type === undefined ? {} : { 'content-type': type }),
    },
    body: form,
  });
  const { status, headers } = response;
  return { status, headers, body: JSON.parse(await response.text()) };
}

function formOf(bytes: Uint8Array, name = 'proof.png', field = 'file'): FormData {
  const form = new FormData();
  form.append(field, new Blob([new Uint8Array(bytes)]), name);
  return form;
}

const storedFiles = async () =>
  (await readdir(app.filesFolder, { recursive: true })).filter((name) => name.includes('.')).length;

describe('a proof of payment', () => {
  it.each([
    ['PNG', () => png(), 'image/png'],
    ['JPEG', () => jpeg(), 'image/jpeg'],
    ['PDF', () => pdf(), 'application/pdf'],
  ])(
    'is accepted as %s, by its content, and shown to staff as a sandboxed attachment (K3)',
    async (_what, make, mediaType) => {
      const bytes = make();
      const saved = await upload(formOf(bytes, 'whatever.exe'));
      expect(saved.status, JSON.stringify(saved.body)).toBe(201);
      expect(saved.body).toMatchObject({ paymentId, mediaType, sizeBytes: bytes.length, url: null });
      const url = `${app.admin.url}/v1/payments/${paymentId}/proofs/${saved.body.id}`;
      const shown = await fetch(url, { headers: { authorization: `Bearer ${staff}` } });
      expect(Buffer.from(await shown.arrayBuffer()).equals(bytes)).toBe(true);
      expect(shown.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.-]+"$/);
      expect(shown.headers.get('content-security-policy')).toBe('sandbox');
      expect(shown.headers.get('x-content-type-options')).toBe('nosniff');
      expect((await fetch(url)).status).toBe(401);
      expect((await fetch(url, { headers: { authorization: `Bearer ${owner.token}` } })).status).toBe(401);
    },
  );

  it.each([
    ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ['HTML', Buffer.from('<!doctype html><script>alert(1)</script>')],
    [
      'HTML after the signature of a PNG',
      Buffer.concat([png().subarray(0, 8), Buffer.from('<script>alert(1)</script>')]),
    ],
    ['an empty file', Buffer.alloc(0)],
  ])('is refused as %s, and nothing is kept (K2, K6)', async (_what, bytes) => {
    const before = await storedFiles();
    expect(verdictOf(await upload(formOf(bytes)))).toBe('415 unsupported_media_type');
    expect(await storedFiles()).toBe(before);
  });

  it('is refused above ten megabytes, and nothing is kept (K1)', async () => {
    const before = await storedFiles();
    const large = Buffer.concat([png(), Buffer.alloc(10 * 1024 * 1024)]);
    expect(verdictOf(await upload(formOf(large)))).toBe('413 payload_too_large');
    expect(await storedFiles()).toBe(before);
  });

  it.each([
    ['a form field beside it', 'note', (form: FormData) => form.append('note', 'paid')],
    ['a second file', 'file', (form: FormData) => form.append('file', new Blob(['x']), 'b.png')],
    [
      'another file of another name',
      'scan',
      (form: FormData) => form.append('scan', new Blob(['x']), 'b.png'),
    ],
  ])('is refused with %s, and told so by its name', async (_what, path, add) => {
    const before = await storedFiles();
    const form = formOf(png());
    add(form);
    const answer = await upload(form);
    expect([verdictOf(answer), answer.body.errors.map((one: { path: string }) => one.path)]).toEqual([
      '400 invalid_input',
      [path],
    ]);
    expect(await storedFiles()).toBe(before);
  });

  it('is accepted without a file name', async () => {
    const head = '--x\r\nContent-Disposition: form-data; name="file"\r\nContent-Type: image/png\r\n\r\n';
    const body = Buffer.concat([Buffer.from(head), png(), Buffer.from('\r\n--x--\r\n')]);
    const response = await fetch(`${app.url}/v1/payments/${paymentId}/proofs`, {
      method: 'POST',
      headers: { authorization: `Bearer ${owner.token}`, 'content-type': 'multipart/form-data; boundary=x' },
      body,
    });
    expect([response.status, JSON.parse(await response.text())]).toMatchObject([
      201,
      { mediaType: 'image/png' },
    ]);
  });

  it.each([
    ['a script', pdf('<< /S /JavaScript /JS (app.alert(1)) >>'), /acts when it is opened/],
    ['its end cut off', pdf().subarray(0, 120), /cut off/],
    ['HTML behind it', Buffer.concat([pdf(), Buffer.from('<html>')]), /another file/],
  ])('is refused as a PDF with %s, with what the sender can do', async (_what, bytes, message) => {
    const answer = await upload(formOf(bytes, 'a.pdf'));
    expect(verdictOf(answer)).toBe('415 unsupported_media_type');
    expect(answer.body.errors).toEqual([{ path: 'file', message: expect.stringMatching(message) }]);
  });

  it('is listed to staff with its type, size and time, newest first, before it is opened', async () => {
    const own = await registerOwner(app);
    const id = await sendTransfer(own);
    const add = async (bytes: Buffer, name: string) => {
      const response = await fetch(`${app.url}/v1/payments/${id}/proofs`, {
        method: 'POST',
        headers: { authorization: `Bearer ${own.token}` },
        body: formOf(bytes, name),
      });
      return JSON.parse(await response.text());
    };
    const made = [await add(png(), 'a.png'), await add(pdf(), 'b.pdf')];
    const list = (query = '') =>
      app.admin.rest('GET', `/v1/payments/${id}/proofs${query}`, { bearer: staff });
    expect((await list()).body).toEqual({ items: made.toReversed(), nextCursor: null });
    const first = (await list('?limit=1')).body;
    expect(first.items).toEqual([made[1]]);
    expect((await list(`?limit=1&cursor=${first.nextCursor}`)).body.items).toEqual([made[0]]);
    const overTrpc = await app.admin.trpc(
      'payment.listProofs',
      { paymentId: id },
      { bearer: staff, type: 'query' },
    );
    expect(overTrpc.body.items).toEqual(made.toReversed());
    const unknown = '0198f000-0000-7000-8000-00000000ffff';
    const none = await app.admin.rest('GET', `/v1/payments/${unknown}/proofs`, { bearer: staff });
    expect(verdictOf(none)).toBe('404 not_found');
    expect((await app.admin.rest('GET', `/v1/payments/${id}/proofs`)).status).toBe(401);
  });

  it.each([
    ['no file', () => new FormData(), undefined, '400 invalid_input'],
    ['another field', () => formOf(png(), 'a.png', 'document'), undefined, '400 invalid_input'],
    ['a reserved field', () => formOf(png(), 'a.png', '__proto__'), undefined, '400 invalid_input'],
    ['JSON', () => '{"file":"x"}', 'application/json', '415 unsupported_media_type'],
    ['a broken body', () => 'no parts', 'multipart/form-data; boundary=x', '400 invalid_input'],
  ])('is refused as %s (K7)', async (_what, make, type, verdict) => {
    expect(verdictOf(await upload(make(), owner, type))).toBe(verdict);
  });

  it('belongs to its account: the payment of another account does not exist (K9)', async () => {
    const stranger = await registerOwner(app);
    const before = await storedFiles();
    expect(verdictOf(await upload(formOf(png()), stranger))).toBe('404 not_found');
    expect(await storedFiles()).toBe(before);
  });

  it('leaves no file behind when its row cannot be written (K8)', async () => {
    const before = await storedFiles();
    const removeFault = await failWrites(app.database, 'payment_proof', 'insert');
    expect((await upload(formOf(png()))).status).toBe(500);
    await removeFault();
    expect(await storedFiles()).toBe(before);
    expect((await upload(formOf(png()))).status).toBe(201);
    expect(await storedFiles()).toBe(before + 1);
  });
});
