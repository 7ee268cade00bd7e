import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { confirmAddress, makeKey, registerOwner, signInCookie, signInStaff } from '../../users.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

/** Everything that is stored, as text. */
async function dump(): Promise<string> {
  const tables = await app.database.query(
    "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'",
  );
  const parts: string[] = [];
  for (const { relname } of tables)
    for (const { row } of await app.database.query(`select t::text as row from ${String(relname)} t`))
      parts.push(String(row));
  return parts.join('\n');
}

it('no secret that the API issued or received is in its tables or its log (F5, F22, M12)', async () => {
  const owner = await registerOwner(app);
  const post = (path: string, body: unknown, bearer?: string) =>
    app.rest('POST', `/v1${path}`, { body, bearer });
  const { password, email } = owner;
  const session = (await post('/sessions', { email, password })).body;
  const refreshed = (await post('/sessions/refresh', { refreshToken: session.refreshToken })).body;
  const { cookie = '' } = await signInCookie(app, owner);
  const key = await makeKey(app, owner, ['credit:read', 'operation:run']);
  await confirmAddress(app, owner);
  const totp = (await post('/me/totp', { password }, owner.token)).body;
  const staff = await signInStaff(app, 'finance');
  await post('/password-resets', { email });
  await post('/invitations', { email: 'invited@example.test', role: 'viewer' }, owner.token);
  await app.api.background.settle();
  const emails = await Promise.all(
    (await readdir(join(app.filesFolder, 'mail'))).map((name) =>
      readFile(join(app.filesFolder, 'mail', name), 'utf8'),
    ),
  );
  const mailed = emails.flatMap((email) => /#token=([\w-]{43})/.exec(email)?.[1] ?? []);
  expect(mailed.length).toBeGreaterThanOrEqual(3);
  // Faults and refusals write most lines of a log.
  app.provider.setFault('500');
  await app.rest('POST', '/v1/operations/write_content/runs', { body: { prompt: 'x' }, bearer: key });
  await app.rest('GET', '/v1/credits', { bearer: `${key}x` });
  await app.rest('GET', `/v1/credits?api_key=${key}`);
  await post('/sessions', { email, password: `${password}?` });
  const secrets = {
    password,
    access: session.accessToken,
    refresh: session.refreshToken,
    next: refreshed.refreshToken,
    cookie: cookie.split('=')[1] ?? cookie,
    key,
    secretOfKey: key.split('_')[3] ?? key,
    totp: totp.secret,
    staff,
    ...Object.fromEntries(mailed.map((token, index) => [`mailed${index}`, token])),
  };
  const [stored, logged] = [await dump(), JSON.stringify(app.logs)];
  expect(stored).toContain(owner.email);
  for (const [name, secret] of Object.entries(secrets)) {
    expect(stored.includes(secret), `${name} is stored`).toBe(false);
    expect(logged.includes(secret), `${name} is logged`).toBe(false);
  }
});
