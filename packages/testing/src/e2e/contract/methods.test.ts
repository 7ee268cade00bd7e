import { METHODS } from 'node:http';
import { connect } from 'node:net';
import { png } from '@tenantry/files/proof.fixture';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { procedures } from '../../procedures.ts';
import { type RawAnswer, problemIn, sendRaw } from '../../raw-http.ts';
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

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const appOf = (name: 'api' | 'admin') => (name === 'api' ? app : app.admin);
const credentialOf = (name: 'api' | 'admin') => bearer(name === 'api' ? owner.token : staff);
const filled = (path: string) => path.replaceAll(/\{[^}]*\}/g, '018f0000-0000-7000-8000-000000000000');

/** Expects a problem of this status and code with its request id, on REST or in tRPC's envelope. */
function expectProblem(answer: RawAnswer, status: number, code: string): void {
  const problem = problemIn(answer);
  expect([answer.status, problem?.code, problem?.status], answer.text).toEqual([status, code, status]);
  expect(problem.requestId).toBe(answer.headers['x-request-id']);
  expect(answer.headers['content-type']).toMatch(/^application\/(?:problem\+)?json/);
  expect(Object.keys(problem)).toEqual(expect.arrayContaining(['type', 'title', 'detail']));
}

/** The headers of an answer that do not differ from call to call. */
function steady({ headers }: RawAnswer): object {
  const {
    date: _date,
    'x-request-id': _id,
    'transfer-encoding': _chunked,
    ratelimit: _rate,
    ...rest
  } = headers;
  return rest;
}

describe.each(['api', 'admin'] as const)('HEAD on %s', (name) => {
  it('answers each GET without its body, with the same headers (D32)', async () => {
    const { url } = appOf(name);
    const gets = [...procedures[name].values()].filter(({ route }) => route.method === 'GET');
    const paths = [
      ...gets.map(({ route }) => `/v1${filled(route.path)}`),
      ...gets.map((one) => `/trpc/${one.name}?input=%7B%7D`),
      '/openapi.json',
      '/health/live',
      '/health/ready',
      '/reference/',
    ];
    expect(paths.length).toBeGreaterThan(15);
    for (const path of paths) {
      const get = await sendRaw(url + path, { method: 'GET', headers: credentialOf(name) });
      const head = await sendRaw(url + path, { method: 'HEAD', headers: credentialOf(name) });
      expect([path, head.status, head.text]).toEqual([path, get.status, '']);
      expect([path, steady(head)]).toEqual([path, steady(get)]);
    }
  });

  it('is 405 where there is a mutation alone, and changes nothing (D32)', async () => {
    const { url } = appOf(name);
    const mutations = [...procedures[name].values()].filter(({ type }) => type === 'mutation');
    expect(mutations.every(({ route }) => route.method !== 'GET')).toBe(true);
    for (const { name: procedure, route } of mutations) {
      const trpc = await sendRaw(`${url}/trpc/${procedure}`, { method: 'HEAD', headers: credentialOf(name) });
      expect([procedure, trpc.status, trpc.headers['allow']]).toEqual([procedure, 405, 'OPTIONS, POST']);
      const path = `/v1${filled(route.path)}`;
      const options = await sendRaw(url + path, { method: 'OPTIONS' });
      const head = await sendRaw(url + path, { method: 'HEAD', headers: credentialOf(name) });
      const reads = String(options.headers['allow']).includes('GET');
      expect([path, head.status === 405]).toEqual([path, !reads]);
      if (!reads) expect(head.headers['allow']).toBe(options.headers['allow']);
    }
  });
});

describe.each(['api', 'admin'] as const)('every other method on %s', (name) => {
  const places = ['/v1/sessions', '/openapi.json', '/health/live', '/trpc/session.create', '/v1/accounts/x'];

  it('is 405 with the methods that the path takes (D33)', async () => {
    const { url } = appOf(name);
    const unknown = METHODS.filter(
      (method) => !['GET', 'HEAD', 'POST', 'PATCH', 'DELETE', 'OPTIONS', 'CONNECT'].includes(method),
    );
    expect(unknown).toContain('TRACE');
    for (const path of places.slice(0, 4))
      for (const method of unknown) {
        const answer = await sendRaw(url + path, { method, headers: credentialOf(name) });
        expectProblem(answer, 405, 'method_not_allowed');
        expect(String(answer.headers['allow'])).toMatch(/^(?:[A-Z]+, )*OPTIONS(?:, [A-Z]+)*$/);
      }
  });

  it('is 405 before a body is read, and 404 where no path is', async () => {
    const { url } = appOf(name);
    const sent = { body: '{', headers: { 'content-type': 'application/json' } };
    expectProblem(await sendRaw(`${url}/v1/sessions`, { method: 'PUT', ...sent }), 405, 'method_not_allowed');
    expectProblem(await sendRaw(`${url}/v1/nothing`, { method: 'PUT', ...sent }), 404, 'not_found');
    expectProblem(await sendRaw(`${url}/nothing`, { method: 'OPTIONS' }), 404, 'not_found');
  });

  it('is told by OPTIONS, without a credential', async () => {
    const { url } = appOf(name);
    for (const path of places.slice(0, 4)) {
      const answer = await sendRaw(url + path, { method: 'OPTIONS' });
      expect([path, answer.status, answer.text]).toEqual([path, 204, '']);
      expect(String(answer.headers['allow']).split(', ')).toContain('OPTIONS');
    }
  });

  it('takes over no method that a header names (D17)', async () => {
    const { url } = appOf(name);
    for (const header of ['x-http-method-override', 'x-http-method', 'x-method-override']) {
      const headers = { ...credentialOf(name), [header]: 'DELETE', 'content-type': 'application/json' };
      const answer = await sendRaw(`${url}/v1/sessions`, { method: 'POST', headers, body: '{}' });
      expectProblem(answer, 400, 'invalid_input');
    }
    const me = await sendRaw(`${url}/openapi.json`, { method: 'GET', headers: credentialOf(name) });
    expect(me.status).toBe(200);
  });
});

describe('a 401', () => {
  it('says which scheme is asked for, on both apps over both transports', async () => {
    const wrong = { email: 'nobody@x.test', password: 'wrong password' };
    const json = { 'content-type': 'application/json' };
    const answers = [];
    for (const name of ['api', 'admin'] as const) {
      const { url } = appOf(name);
      const read = name === 'api' ? ['/v1/me', '/trpc/me.get'] : ['/v1/accounts', '/trpc/account.list'];
      for (const path of read) {
        answers.push(await sendRaw(url + path, { method: 'GET' }));
        answers.push(await sendRaw(url + path, { method: 'GET', headers: bearer('nonsense') }));
        answers.push(await sendRaw(url + path, { method: 'HEAD' }));
        answers.push(await sendRaw(url + path, { method: 'GET', headers: { 'x-api-key': 'k' } }));
        const twice = { authorization: ['Bearer a', 'Bearer b'] };
        answers.push(await sendRaw(url + path, { method: 'GET', headers: twice }));
      }
      for (const path of ['/v1/sessions', '/trpc/session.create'])
        answers.push(
          await sendRaw(url + path, { method: 'POST', headers: json, body: JSON.stringify(wrong) }),
        );
    }
    for (const answer of answers)
      expect([answer.status, answer.headers['www-authenticate']]).toEqual([401, 'Bearer']);
  });
});

describe.each(['api', 'admin'] as const)('what the framework of %s refuses', (name) => {
  it.each([
    ['an unknown path', 'GET', '/nowhere', 404, 'not_found'],
    ['an unknown path of REST', 'GET', '/v1/nowhere', 404, 'not_found'],
    ['an unknown procedure', 'GET', '/trpc/nothing', 404, 'not_found'],
    ['a deeper path of tRPC', 'GET', '/trpc/a/b', 404, 'not_found'],
    ['a broken escape', 'GET', '/%zz', 400, 'invalid_input'],
    ['a broken escape on REST', 'GET', '/v1/plans/%zz', 400, 'invalid_input'],
    ['a broken escape in tRPC', 'GET', '/trpc/%zz', 400, 'invalid_input'],
    ['a parameter that is too long', 'GET', `/v1/accounts/${'x'.repeat(5000)}`, 404, 'not_found'],
    ['a procedure whose name is too long', 'GET', `/trpc/${'x'.repeat(5000)}`, 404, 'not_found'],
    ['two query keys of tRPC', 'POST', '/trpc/session.create?batch=1&batch=1', 400, 'invalid_input'],
  ] as const)('has our form: %s', async (_what, method, path, status, code) => {
    const answer = await sendRaw(appOf(name).url + path, { method, headers: credentialOf(name) });
    expectProblem(answer, status, code);
    expect(answer.text.startsWith('{"error"')).toBe(path.startsWith('/trpc/'));
  });

  it.each(['/v1/sessions', '/trpc/session.create'])('has our form: bodies at %s', async (path) => {
    const json = { 'content-type': 'application/json' };
    const bodies = [
      [{ body: '{"a":' }, 400, 'invalid_input'],
      [{ body: '{"__proto__":{}}' }, 400, 'invalid_input'],
      [{ body: 'x'.repeat(1_100_000) }, 413, 'payload_too_large'],
      [{ chunks: Array.from({ length: 12 }, () => 'x'.repeat(100_000)) }, 413, 'payload_too_large'],
    ] as const;
    for (const [sent, status, code] of bodies)
      expectProblem(
        await sendRaw(appOf(name).url + path, { method: 'POST', headers: json, ...sent }),
        status,
        code,
      );
    const text = { method: 'POST', headers: { 'content-type': 'text/csv' }, body: 'a' };
    expectProblem(await sendRaw(appOf(name).url + path, text), 415, 'unsupported_media_type');
  });
});

describe('a multipart body that is malformed', () => {
  const part = 'Content-Disposition: form-data; name="file"; filename="a.png"';
  it.each([
    ['no boundary', 'multipart/form-data', 'x', 400],
    ['no part', 'multipart/form-data; boundary=b', '--b--\r\n', 400],
    ['no end', 'multipart/form-data; boundary=b', `--b\r\n${part}\r\n\r\nabc`, 400],
    ['no headers', 'multipart/form-data; boundary=b', '--b\r\nabc\r\n--b--', 400],
    ['another type', 'text/plain', 'abc', 415],
  ] as const)('has our form: %s', async (_what, type, body, status) => {
    const url = `${app.url}/v1/payments/018f0000-0000-7000-8000-000000000000/proofs`;
    const headers = { ...bearer(owner.token), 'content-type': type };
    const answer = await sendRaw(url, { method: 'POST', headers, body });
    expectProblem(answer, status, status === 400 ? 'invalid_input' : 'unsupported_media_type');
    expectProblem(
      await sendRaw(url, { method: 'GET', headers: bearer(owner.token) }),
      405,
      'method_not_allowed',
    );
  });
});

/** Sends a head and then pieces of a body for as long as the server takes them; answers what came back. */
function sendWithoutEnd(url: string, path: string): Promise<{ answer: string; bytes: number }> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let answer = '';
    let bytes = 0;
    const piece = `10000\r\n${'x'.repeat(65_536)}\r\n`;
    const socket = connect(Number(port), hostname, () => {
      socket.write(
        `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`,
      );
      const more = (): void => {
        while (!socket.destroyed && socket.write(piece)) bytes += piece.length;
        bytes += piece.length;
      };
      socket.on('drain', more);
      more();
    });
    socket.on('data', (data) => (answer += String(data)));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve({ answer, bytes }));
  });
}

describe('a client that sends too much reads why', () => {
  const megabytes = 20;
  const file = () => {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(png()), 'x'.repeat(megabytes * 1_000_000)]), 'a.png');
    return form;
  };
  const upload = () => `${app.url}/v1/payments/018f0000-0000-7000-8000-000000000000/proofs`;

  it.each(['/v1/sessions', '/trpc/session.create'])(
    'as JSON at %s, by fetch and by node:http',
    async (path) => {
      for (const { url } of [app, app.admin]) {
        const body = JSON.stringify({ email: 'x'.repeat(megabytes * 1_000_000) });
        const headers = { 'content-type': 'application/json' };
        const fetched = await fetch(url + path, { method: 'POST', headers, body });
        expect([fetched.status, (await fetched.text()).includes('payload_too_large')]).toEqual([413, true]);
        expectProblem(await sendRaw(url + path, { method: 'POST', headers, body }), 413, 'payload_too_large');
        const chunks = Array.from({ length: megabytes }, () => 'x'.repeat(1_000_000));
        expectProblem(
          await sendRaw(url + path, { method: 'POST', headers, chunks }),
          413,
          'payload_too_large',
        );
      }
    },
  );

  it('as an upload, refused by its size or before it is looked at', async () => {
    const transfer = { planSlug: 'starter', payerName: 'A', amount: 2900, currency: 'USD' };
    const { body: payment } = await app.rest('POST', '/v1/payments/bank-transfers', {
      body: transfer,
      bearer: owner.token,
    });
    const large = await fetch(`${app.url}/v1/payments/${payment.id}/proofs`, {
      method: 'POST',
      headers: bearer(owner.token),
      body: file(),
    });
    expect([large.status, (await large.text()).includes('payload_too_large')]).toEqual([413, true]);
    const anonymous = await fetch(upload(), { method: 'POST', body: file() });
    expect([anonymous.status, (await anonymous.text()).includes('unauthenticated')]).toEqual([401, true]);
  });

  it.each(['/v1/sessions', '/trpc/session.create'])(
    'at %s, though it reads after it has sent everything',
    async (path) => {
      const { hostname, port } = new URL(app.url);
      const body = 'x'.repeat(megabytes * 1_000_000);
      const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
      const answer = await new Promise<string>((resolve) => {
        let text = '';
        const socket = connect(Number(port), hostname, () => {
          socket.write(head);
          socket.write(body, () => socket.on('data', (data) => (text += String(data))));
        });
        socket.on('error', (fault) => resolve(`broken: ${fault.message}`));
        socket.on('close', () => resolve(text));
      });
      expect(answer).toMatch(/^HTTP\/1\.1 413 /);
      expect(answer).toContain('payload_too_large');
    },
  );

  it('without an end, and is cut off', async () => {
    for (const path of ['/v1/sessions', '/trpc/session.create']) {
      const began = performance.now();
      const { answer, bytes } = await sendWithoutEnd(app.url, path);
      expect(answer).toMatch(/^HTTP\/1\.1 413 /);
      expect(answer.toLowerCase()).toContain('connection: close');
      expect(bytes).toBeLessThan(200_000_000);
      expect(performance.now() - began).toBeLessThan(15_000);
    }
  });
});
