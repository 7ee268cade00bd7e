import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestHouse, openTestHouse } from '../house.ts';
import { makeKey, registerOwner, signInCookie, signInStaff } from '../people.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

/** Everything that is stored, as text. */
async function dump(): Promise<string> {
  const tables = await house.database.look(
    "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'",
  );
  const parts: string[] = [];
  for (const { relname } of tables)
    for (const { row } of await house.database.look(`select t::text as row from ${String(relname)} t`))
      parts.push(String(row));
  return parts.join('\n');
}

it('keeps no secret that it gave away or was told, neither in its tables nor in its log (F5, F22, M12)', async () => {
  const owner = await registerOwner(house);
  const post = (path: string, body: unknown, bearer?: string) =>
    house.rest('POST', `/v1${path}`, { body, bearer });
  const { password, email } = owner;
  const session = (await post('/sessions', { email, password })).body;
  const refreshed = (await post('/sessions/refresh', { refreshToken: session.refreshToken })).body;
  const { cookie = '' } = await signInCookie(house, owner);
  const key = await makeKey(house, owner, ['credit:read', 'operation:run']);
  const totp = (await post('/me/totp', {}, owner.token)).body;
  const staff = await signInStaff(house, 'finance');
  await post('/password-resets', { email });
  await post('/invitations', { email: 'invited@example.test', role: 'viewer' }, owner.token);
  await house.house.later.settle();
  const letters = await Promise.all(
    (await readdir(join(house.filesFolder, 'mail'))).map((name) =>
      readFile(join(house.filesFolder, 'mail', name), 'utf8'),
    ),
  );
  const mailed = letters.flatMap((letter) => /#token=([\w-]{43})/.exec(letter)?.[1] ?? []);
  expect(mailed.length).toBeGreaterThanOrEqual(3);
  // Faults and refusals are what logs are full of.
  house.provider.setFault('500');
  await house.rest('POST', '/v1/operations/write_content/runs', { body: { prompt: 'x' }, bearer: key });
  await house.rest('GET', '/v1/credits', { bearer: `${key}x` });
  await house.rest('GET', `/v1/credits?api_key=${key}`);
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
  const [stored, logged] = [await dump(), JSON.stringify(house.logs)];
  expect(stored).toContain(owner.email);
  for (const [name, secret] of Object.entries(secrets)) {
    expect(stored.includes(secret), `${name} is stored`).toBe(false);
    expect(logged.includes(secret), `${name} is logged`).toBe(false);
  }
});
