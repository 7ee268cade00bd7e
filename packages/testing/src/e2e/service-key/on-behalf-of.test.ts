import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { sendRaw } from '../../raw-http.ts';
import { type TestServiceKey, insertServiceKey } from '../../service-keys.ts';
import { type Owner, makeKey, registerOwner } from '../../users.ts';

let app: TestApp;
let key: TestServiceKey;
let owner: Owner;
beforeAll(async () => {
  app = await openTestApp();
  key = await insertServiceKey(app);
  owner = await registerOwner(app);
});
afterAll(() => app.close());

/** Holds a credit with exactly these bytes in the header. */
const hold = (onBehalfOf: string | readonly string[], bearer = key.secret) =>
  sendRaw(`${app.url}/v1/credits/holds`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${bearer}`,
      'content-type': 'application/json',
      'tenantry-account': owner.accountId,
      'tenantry-on-behalf-of': onBehalfOf,
    },
    body: JSON.stringify({ amount: 1 }),
  });
const writtenOf = async (holdId: string) =>
  (
    await app.database.query(
      `select facts->>'onBehalfOf' as whom from ledger_entry where account_id = $1 and hold_id = $2`,
      [owner.accountId, holdId],
    )
  )[0]?.['whom'];
const holdCount = () =>
  app.database.query('select count(*) from credit_hold where account_id = $1', [owner.accountId]);

describe('whom a service key acts for', () => {
  it.each([
    ['one character', 'x', 'x'],
    ['100 characters', 'x'.repeat(100), 'x'.repeat(100)],
    ['words with spaces between', 'user 42 (Ada)', 'user 42 (Ada)'],
    ['each visible character', '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~', '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'],
    ['spaces around it, which HTTP drops', '  user 42  ', 'user 42'],
    ['markup and SQL', `<script>'; drop table account; --`, `<script>'; drop table account; --`],
  ])('is written down as it was sent: %s', async (_what, sent, written) => {
    const held = await hold(sent);
    expect(held.status).toBe(201);
    expect(await writtenOf(held.body.id)).toBe(written);
  });

  it.each([
    ['nothing', ''],
    ['spaces alone', '   '],
    ['101 characters', 'x'.repeat(101)],
    ['a tab within', 'user\t42'],
    ['an umlaut in Latin-1', 'J\u00fcrgen'],
    ['an umlaut in UTF-8', Buffer.from('Jürgen').toString('latin1')],
    ['a C1 control character', 'user\u0085'],
    ['a no-break space', 'user\u00a042'],
    ['two headers', ['user 42', 'user 43']],
    ['two headers that agree', ['user 42', 'user 42']],
  ])('is refused as %s, with the name of the header, and nothing is done', async (_what, sent) => {
    const before = await holdCount();
    const refused = await hold(sent);
    expect([refused.status, refused.body.code]).toEqual([400, 'invalid_input']);
    expect(refused.body.errors).toMatchObject([{ path: 'Tenantry-On-Behalf-Of' }]);
    expect(await holdCount()).toEqual(before);
  });

  it.each([
    ['a NUL', 'user\0'],
    ['a DEL', 'user\x7f'],
    ['an escape', 'user\x1b[31m'],
    ['a line break and a header', 'user\r\nTenantry-Account: x'],
  ])('cannot carry %s past the HTTP server', async (_what, sent) => {
    // Node's client refuses to send it, so the bytes are written to the socket.
    const { hostname, port } = new URL(app.url);
    const before = await holdCount();
    const body = JSON.stringify({ amount: 1 });
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname);
      let text = '';
      socket.setEncoding('utf8');
      socket.on('data', (part: string) => (text += part));
      socket.on('error', reject);
      socket.on('close', () => resolve(text));
      socket.write(
        [
          'POST /v1/credits/holds HTTP/1.1',
          'Host: x',
          'Connection: close',
          `Authorization: Bearer ${key.secret}`,
          `Tenantry-Account: ${owner.accountId}`,
          'Content-Type: application/json',
          `Content-Length: ${body.length}`,
          `Tenantry-On-Behalf-Of: ${sent}`,
          '',
          body,
        ].join('\r\n'),
        'latin1',
      );
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(await holdCount()).toEqual(before);
  });

  it('is not read of a member or an API key, whatever it holds', async () => {
    const apiKey = await makeKey(app, owner, ['credit:spend']);
    for (const bearer of [owner.token, apiKey]) {
      const held = await hold('x'.repeat(101), bearer);
      expect(held.status).toBe(201);
      expect(await writtenOf(held.body.id)).toBeNull();
    }
  });

  it('is told neither to a caller without the key nor before the key is good', async () => {
    for (const bearer of ['tns_live_nothing', 'tny_live_nothing'])
      expect((await hold('x'.repeat(101), bearer)).status).toBe(401);
  });
});
