import { type SessionStorage, type StoredSession, createTenantryClient, keepSession } from '@tenantry/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { registerOwner } from '../../users.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

/** One storage of a browser, which its tabs share, with the tokens of a session that is about to end. */
async function openBrowser() {
  const { email, password, userId } = await registerOwner(app);
  let stored: StoredSession | undefined;
  const storage: SessionStorage = {
    read: () => stored,
    write: (session) => {
      stored = session;
    },
  };
  const openTab = (send: typeof fetch = fetch) => {
    const session = keepSession({ url: app.url, storage, fetch: send });
    return { session, client: createTenantryClient({ url: app.url, credential: session.credential }) };
  };
  const first = openTab();
  const anonymous = createTenantryClient({ url: app.url });
  await first.session.start(await anonymous.session.create.mutate({ email, password }));
  const expire = () => {
    if (stored !== undefined) stored = { ...stored, expiresAt: Date.now() };
  };
  return { userId, storage, openTab, expire };
}

describe('a session that the client keeps', () => {
  it('is refreshed by two tabs at once, round after round, in whichever order they store (G15)', async () => {
    const { openTab, expire, userId } = await openBrowser();
    const tabs = [openTab(), openTab()];
    for (let round = 0; round < 4; round += 1) {
      expire();
      const shown = await Promise.all(tabs.map(({ client }) => client.me.get.query()));
      expect(shown.map(({ id }) => id)).toEqual([userId, userId]);
    }
  });

  it('is refreshed once for the calls of one tab', async () => {
    const { openTab, expire } = await openBrowser();
    const paths: string[] = [];
    const { session } = openTab((input, init) => {
      paths.push(new URL(input instanceof Request ? input.url : input).pathname);
      return fetch(input, init);
    });
    expire();
    const credentials = await Promise.all(Array.from({ length: 5 }, () => session.credential()));
    expect(new Set(credentials).size).toBe(1);
    expect(paths).toEqual(['/trpc/session.refresh']);
  });

  it('goes on when the answer to a refresh is lost (G15)', async () => {
    const { openTab, expire, userId } = await openBrowser();
    let lost = 0;
    const { session } = openTab(async (input, init) => {
      const answer = await fetch(input, init);
      if (lost < 1) {
        lost += 1;
        await answer.text();
        throw new TypeError('the answer was lost');
      }
      return answer;
    });
    for (let round = 0; round < 2; round += 1) {
      expire();
      const client = createTenantryClient({ url: app.url, credential: session.credential });
      expect((await client.me.get.query()).id).toBe(userId);
    }
    expect(lost).toBe(1);
  });

  it('is forgotten when it has ended, and ends when it is signed out of', async () => {
    const { openTab, expire, storage } = await openBrowser();
    const { session } = openTab();
    const before = await storage.read();
    expire();
    await session.signOut();
    expect(await storage.read()).toBeUndefined();
    await expect(session.credential()).rejects.toThrow('Nobody is signed in.');
    await storage.write(before);
    expire();
    await expect(session.credential()).rejects.toMatchObject({ data: { code: 'unauthenticated' } });
    expect(await storage.read()).toBeUndefined();
  });
});
