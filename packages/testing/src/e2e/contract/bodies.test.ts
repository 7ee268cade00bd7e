import { png } from '@tenantry/files/proof.fixture';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { type RawRequest, problemIn, sendRaw } from '../../raw-http.ts';
import { type Owner, registerOwner, signInStaff } from '../../users.ts';

let app: TestApp;
let owner: Owner;
let staff: string;
beforeAll(async () => {
  app = await openTestApp();
  owner = await registerOwner(app);
  staff = await signInStaff(app, 'platform_admin');
});
afterAll(() => app.close());

const json = 'application/json';
/** The trial plan allows one site. */
const deleteSites = async () => {
  const { body } = await app.rest('GET', '/v1/sites', { bearer: owner.token });
  for (const { id } of body.items) await app.rest('DELETE', `/v1/sites/${id}`, { bearer: owner.token });
};
const siteNames = () => app.database.query('select name from site order by name');

/** One mutation with an input at every place of both apps that reads a body. */
const places = ['rest', 'trpc', 'batch', 'upload', 'admin rest', 'admin trpc', 'admin batch'] as const;
type Place = (typeof places)[number];
const jsonPlaces = places.filter((place) => place !== 'upload');

const pathOf: Record<Place, string> = {
  rest: '/v1/sites',
  trpc: '/trpc/site.create',
  batch: '/trpc/site.create?batch=1',
  upload: '/v1/payments/018f0000-0000-7000-8000-000000000000/proofs',
  'admin rest': '/v1/sessions',
  'admin trpc': '/trpc/session.create',
  'admin batch': '/trpc/session.create?batch=1',
};

const urlOf = (place: Place) => (place.startsWith('admin') ? app.admin.url : app.url) + pathOf[place];
const bearerOf = (place: Place) => `Bearer ${place.startsWith('admin') ? staff : owner.token}`;

/** Sends a body to a place, with its media type unless headers name another. */
function send(place: Place, { headers = {}, ...body }: Omit<RawRequest, 'method'>) {
  const own = { authorization: bearerOf(place), 'content-type': json, ...headers };
  return sendRaw(urlOf(place), { method: 'POST', headers: own, ...body });
}

/** The text of an input with a name, as a place takes it. */
function inputOf(place: Place, name: string): string {
  const input = place.startsWith('admin') ? { email: `${name}@x.test`, password: 'wrong' } : { name };
  return JSON.stringify(place.endsWith('batch') ? { 0: input } : input);
}

describe('a body in another charset or encoding', () => {
  it.each(places)('is 415 at %s, whatever it holds (D30)', async (place) => {
    const before = await siteNames();
    const body = Buffer.from(inputOf(place, 'Café'), 'latin1');
    const base = place === 'upload' ? 'multipart/form-data; boundary=x' : json;
    const charsets = ['iso-8859-1', 'windows-1252', 'utf-16', 'utf-7', '"latin1"', 'us-ascii', 'utf-8-sig'];
    const types = [...charsets, '', 'utf-8; charset=latin1'].map((charset) => `${base}; charset=${charset}`);
    for (const type of types) {
      const answer = await send(place, { body, headers: { 'content-type': type } });
      expect([type, answer.status, problemIn(answer).code]).toEqual([type, 415, 'unsupported_media_type']);
    }
    for (const encoding of [
      'gzip',
      'br',
      'deflate',
      'zstd',
      'compress',
      'identity',
      'aws-chunked',
      'utf-8',
    ]) {
      const headers = { 'content-encoding': encoding, 'content-type': base };
      const answer = await send(place, { body, headers });
      expect([encoding, answer.status, problemIn(answer).code]).toEqual([
        encoding,
        415,
        'unsupported_media_type',
      ]);
      expect(answer.headers['accept-encoding']).toBe('identity');
    }
    expect(await siteNames()).toEqual(before);
  });

  it.each(places)('is 415 at %s when two headers name its type', async (place) => {
    for (const types of [
      [json, json],
      [json, `${json}; charset=latin1`],
      ['text/plain', json],
    ]) {
      const headers = { 'content-type': types };
      const answer = await send(place, { body: inputOf(place, 'Twice'), headers });
      expect([types, answer.status, problemIn(answer).code]).toEqual([types, 415, 'unsupported_media_type']);
    }
  });

  it('is refused after an unknown path and a wrong method', async () => {
    const headers = { 'content-type': `${json}; charset=utf-16`, 'content-encoding': 'gzip' };
    const sent = { headers, body: '{}' };
    expect((await sendRaw(`${app.url}/v1/nowhere`, { method: 'POST', ...sent })).status).toBe(404);
    const broken = { method: 'POST', headers: { 'content-type': json }, body: '{' };
    expect((await sendRaw(`${app.url}/v1/nowhere`, broken)).status).toBe(404);
    expect((await sendRaw(`${app.url}/v1/sites`, { method: 'PUT', ...sent })).status).toBe(405);
    expect((await sendRaw(`${app.url}/trpc/site.create`, { method: 'PUT', ...sent })).status).toBe(405);
  });
});

describe('a body that is not UTF-8', () => {
  const invalid: readonly (readonly [string, readonly number[]])[] = [
    ['a byte of latin-1', [0xe9]],
    ['an overlong slash', [0xc0, 0xaf]],
    ['a surrogate in three bytes', [0xed, 0xa0, 0x80]],
    ['a character that is cut off', [0xf0, 0x9f, 0x98]],
    ['a code point above the last', [0xf4, 0x90, 0x80, 0x80]],
  ];

  it.each(jsonPlaces)('is 400 at %s and stores nothing (D30)', async (place) => {
    const before = await siteNames();
    for (const [what, bytes] of invalid) {
      const [head = '', tail = ''] = inputOf(place, '#').split('#');
      const body = Buffer.concat([Buffer.from(head), Buffer.from(bytes), Buffer.from(tail)]);
      for (const sent of [{ body }, { chunks: [body.subarray(0, 5), body.subarray(5)] }]) {
        const answer = await send(place, sent);
        expect([what, answer.status, problemIn(answer).code]).toEqual([what, 400, 'invalid_input']);
      }
    }
    const utf16 = await send(place, { body: Buffer.from(inputOf(place, 'x'), 'utf16le') });
    expect([utf16.status, problemIn(utf16).code]).toEqual([400, 'invalid_input']);
    expect(await siteNames()).toEqual(before);
  });
});

describe('a body in UTF-8', () => {
  it.each(['rest', 'trpc', 'batch'] as const)(
    'is stored as it is at %s, however it is sent',
    async (place) => {
      const types = [
        json,
        `${json}; charset=utf-8`,
        `${json};charset="UTF-8"`,
        `Application/JSON ; Charset=utf8`,
      ];
      for (const [index, type] of types.entries()) {
        const name = `Zażółć 🦊 日本 ${place} ${index}`;
        const bytes = Buffer.from(inputOf(place, name));
        const middle = bytes.indexOf('🦊') + 2;
        const headers = { 'content-type': type };
        const sent = [{ body: bytes }, { chunks: [bytes.subarray(0, middle), bytes.subarray(middle)] }];
        for (const each of sent) {
          const answer = await send(place, { headers, ...each });
          expect(answer.status, answer.text).toBeLessThan(300);
          expect(answer.text).toContain(name);
          await deleteSites();
        }
      }
    },
  );

  it.each(['rest', 'trpc', 'batch'] as const)('may begin with one byte order mark at %s', async (place) => {
    const mark = '\uFEFF';
    const one = await send(place, { body: mark + inputOf(place, 'Marked') });
    expect([one.status, one.text.includes('"Marked"')]).toEqual([place === 'rest' ? 201 : 200, true]);
    await deleteSites();
    for (const body of [mark, mark + mark + inputOf(place, 'Twice')])
      expect((await send(place, { body })).status).toBe(400);
  });

  it('of an upload holds a file, and its own bytes need no charset', async () => {
    const head = `--x\r\nContent-Disposition: form-data; name="file"; filename="ä.png"\r\nContent-Type: image/png\r\n\r\n`;
    const body = Buffer.concat([Buffer.from(head), png(), Buffer.from('\r\n--x--\r\n')]);
    const headers = { 'content-type': 'multipart/form-data; boundary=x; charset=utf-8' };
    const answer = await send('upload', { headers, body });
    expect([answer.status, problemIn(answer).code]).toEqual([404, 'not_found']);
  });
});

/** The ways to send no body, each with a content type. */
const empty: readonly (readonly [string, Omit<RawRequest, 'method'>])[] = [
  ['no length', {}],
  ['a length of 0', { headers: { 'content-length': '0' } }],
  ['no chunk', { chunks: [] }],
];
const emptyTypes = [
  json,
  `${json}; charset=utf-16`,
  'text/plain',
  'multipart/form-data; boundary=x',
  'nonsense',
  undefined,
];

describe('a request with an empty body', () => {
  const each = empty.flatMap(([how, sent]) => emptyTypes.map((type) => [how, type, sent] as const));

  function sendEmpty(
    url: string,
    method: string,
    type: string | undefined,
    sent: Omit<RawRequest, 'method'>,
  ) {
    const typed = type === undefined ? {} : { 'content-type': type };
    const bearer = `Bearer ${url.startsWith(app.admin.url) ? staff : owner.token}`;
    const headers = { authorization: bearer, ...typed, ...sent.headers };
    return sendRaw(url, { method, ...sent, headers });
  }

  it.each(each)('with %s and the type %s is one without a body (D31)', async (_how, type, sent) => {
    const made = await app.rest('POST', '/v1/sites', { body: { name: 'To delete' }, bearer: owner.token });
    const deleted = await sendEmpty(`${app.url}/v1/sites/${made.body.id}`, 'DELETE', type, sent);
    expect([deleted.status, deleted.text]).toEqual([204, '']);
    const queried = await sendEmpty(`${app.url}/v1/me`, 'GET', type, sent);
    expect([queried.status, queried.body.email]).toEqual([200, owner.email]);
    const hold = await app.rest('POST', '/v1/credits/holds', { body: { amount: 1 }, bearer: owner.token });
    const released = await sendEmpty(
      `${app.url}/v1/credits/holds/${hold.body.id}/release`,
      'POST',
      type,
      sent,
    );
    expect([released.status, released.body.status]).toEqual([200, 'released']);
    // Its input is right, and the last owner may not leave.
    for (const path of ['member.leave', 'member.leave?batch=1', 'member.leave,member.leave?batch=1']) {
      const answer = await sendEmpty(`${app.url}/trpc/${path}`, 'POST', type, sent);
      expect([path, problemIn(answer).code]).toEqual([path, 'last_owner']);
    }
  });

  it.each(each)('with %s and the type %s is told which fields it lacks', async (_how, type, sent) => {
    const wanting = [
      [app.url, '/v1/sites', '/trpc/site.create', 'name'],
      [app.admin.url, '/v1/sessions', '/trpc/session.create', 'email'],
    ] as const;
    for (const [url, path, procedure, field] of wanting)
      for (const place of [path, procedure, `${procedure}?batch=1`]) {
        const answer = await sendEmpty(url + place, 'POST', type, sent);
        expect([place, answer.status, problemIn(answer).code]).toEqual([place, 400, 'invalid_input']);
        expect(problemIn(answer).errors.map(({ path: at }: { path: string }) => at)).toContain(field);
      }
    const upload = await sendEmpty(`${app.url}${pathOf.upload}`, 'POST', type, sent);
    expect([upload.status, problemIn(upload).errors]).toEqual([
      400,
      [{ path: 'file', message: 'is required' }],
    ]);
  });
});

describe('a body that says nothing of its type', () => {
  it.each(places)('is 415 at %s when it has one byte', async (place) => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'nonsense', ''])
      for (const sent of [{ body: ' ' }, { chunks: [' '] }]) {
        const headers = { authorization: bearerOf(place), ...(type === '' ? {} : { 'content-type': type }) };
        const answer = await sendRaw(urlOf(place), { method: 'POST', headers, ...sent });
        expect([type, answer.status, problemIn(answer).code]).toEqual([type, 415, 'unsupported_media_type']);
      }
  });
});
