import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { verdictOf } from '../../procedures.ts';
import { signInStaff } from '../../users.ts';

let app: TestApp;
let admin: string;
beforeAll(async () => {
  app = await openTestApp();
  admin = await signInStaff(app, 'platform_admin');
});
afterAll(() => app.close());

const call = (method: string, path: string, body?: unknown, bearer = admin) =>
  app.admin.rest(method, `/v1/webhook-endpoints${path}`, { body, bearer });
const listed = async () => (await call('GET', '')).body.items;
const never = '0198f000-0000-7000-8000-00000000ffff';

it('endpoints of the operator are added, tested, switched, rotated and deleted in the console, on record', async () => {
  const made = await call('POST', '', { url: 'https://hooks.example/operator' });
  expect(made.status).toBe(201);
  const { id, secret } = made.body;
  expect(secret).toMatch(/^whsec_/);
  expect(await listed()).toMatchObject([{ id, url: 'https://hooks.example/operator', enabled: true }]);
  expect(JSON.stringify(await listed())).not.toContain(secret);
  const test = await call('POST', `/${id}/test`, {});
  expect((await call('GET', `/${id}/tests`)).body.items).toMatchObject([
    { id: test.body.id, finishedAt: null },
  ]);
  const rotated = await call('POST', `/${id}/rotate-secret`, { overlapSeconds: 60 });
  expect(rotated.body.secret).not.toBe(secret);
  expect(verdictOf(await call('PATCH', `/${id}`, { enabled: false }))).toBe('ok');
  expect(verdictOf(await call('POST', `/${id}/test`, {}))).toBe('409 conflict');
  expect(verdictOf(await call('DELETE', `/${id}`))).toBe('ok');
  expect(await listed()).toEqual([]);
  const events = await app.database.query(
    "select action from security_event where action like 'operatorEndpoint.%' and facts->>'refused' is null order by id",
  );
  expect(events.map((row) => row['action'])).toEqual([
    'operatorEndpoint.create',
    'operatorEndpoint.sendTest',
    'operatorEndpoint.rotateSecret',
    'operatorEndpoint.update',
    'operatorEndpoint.delete',
  ]);
});

it('endpoints of the operator are refused where they must be', async () => {
  for (const url of ['http://hooks.example/', 'https://10.0.0.1/', 'https://hooks.example:22/', 'no url'])
    expect(verdictOf(await call('POST', '', { url })), url).toBe('400 invalid_input');
  expect(verdictOf(await call('PATCH', `/${never}`, { enabled: true }))).toBe('404 not_found');
  expect(verdictOf(await call('DELETE', `/${never}`))).toBe('404 not_found');
  for (const role of ['support', 'finance'] as const) {
    const token = await signInStaff(app, role);
    expect(verdictOf(await call('GET', '', undefined, token))).toBe('403 role_forbids');
    expect(verdictOf(await call('POST', '', { url: 'https://hooks.example/' }, token))).toBe(
      '403 role_forbids',
    );
  }
});
