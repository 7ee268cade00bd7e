import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import type { Answer } from '../../caller.ts';
import { faultsOfBooks } from '../../ledger-faults.ts';
import { addMembership } from '../../memberships.ts';
import { callProcedure, transports, verdictOf } from '../../procedures.ts';
import { type Owner, makeKey, registerOwner, signInCookie, signInStaff } from '../../users.ts';

let app: TestApp;
let staff: string;
let owner: Owner;
beforeAll(async () => {
  const other = await openTestApp();
  const ai = { baseUrl: other.provider.url, apiKey: 'k', model: 'test', deadlineSeconds: 60 };
  const api = await other.openAnother({ ai });
  app = { ...other, ...api, close: () => api.close().then(other.close) };
  staff = await signInStaff(app, 'platform_admin');
});
afterAll(() => app.close());
afterEach(async () => {
  app.provider.setFault('none');
  expect(await faultsOfBooks(app.database, owner.accountId)).toEqual([]);
});

const bound = 5000;
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
type Headers = Record<string, string>;

/** A caller of a new account, what ends their access, and the refusal that says so. */
interface Case {
  headers: Headers;
  input?: Record<string, unknown>;
  end(): Promise<unknown>;
}

async function memberOf(siteIds?: string[]): Promise<{ headers: Headers; userId: string }> {
  const person = await registerOwner(app);
  const { accountId } = owner;
  const limits = siteIds === undefined ? {} : { siteIds };
  await addMembership(app.database, { accountId, userId: person.userId, role: 'editor', ...limits });
  return { headers: { ...bearer(person.token), 'tenantry-account': accountId }, userId: person.userId };
}

const makeSite = async (name: string): Promise<string> =>
  (await app.rest('POST', '/v1/sites', { body: { name }, bearer: owner.token })).body.id;

const cases: Record<string, [refusal: string, open: () => Promise<Case>]> = {
  'a suspension of the account': [
    '403 account_suspended',
    async () => ({
      headers: bearer(owner.token),
      end: () =>
        app.admin.rest('POST', `/v1/accounts/${owner.accountId}/suspend`, {
          body: { reason: 'x' },
          bearer: staff,
        }),
    }),
  ],
  'a revocation of the key': [
    '401 unauthenticated',
    async () => {
      const key = await makeKey(app, owner, ['operation:run']);
      const [{ id }] = (await app.rest('GET', '/v1/api-keys', { bearer: owner.token })).body.items;
      const end = () => app.rest('DELETE', `/v1/api-keys/${id}`, { bearer: owner.token });
      return { headers: bearer(key), end };
    },
  ],
  'a sign-out': [
    '401 unauthenticated',
    async () => {
      const headers = await signInCookie(app, owner);
      return { headers, end: () => app.rest('DELETE', '/v1/sessions/current', { headers }) };
    },
  ],
  'a sign-out everywhere': [
    '401 unauthenticated',
    async () => ({
      headers: bearer(owner.token),
      end: () => app.rest('DELETE', '/v1/sessions', { bearer: owner.token }),
    }),
  ],
  'the removal of the member': [
    '404 not_found',
    async () => {
      const { headers, userId } = await memberOf();
      return { headers, end: () => app.rest('DELETE', `/v1/members/${userId}`, { bearer: owner.token }) };
    },
  ],
  'a role that may not run': [
    '403 role_forbids',
    async () => {
      const { headers, userId } = await memberOf();
      const body = { role: 'viewer' };
      return {
        headers,
        end: () => app.rest('PATCH', `/v1/members/${userId}`, { body, bearer: owner.token }),
      };
    },
  ],
  'the loss of the site': [
    '404 not_found',
    async () => {
      const [siteId, other] = [await makeSite('A'), await makeSite('B')];
      const { headers, userId } = await memberOf([siteId, other]);
      const sites = `'${JSON.stringify([other])}'`;
      const sql = `update membership set site_ids = ${sites} where user_id = $1 and account_id = $2`;
      return { headers, input: { siteId }, end: () => app.database.query(sql, [userId, owner.accountId]) };
    },
  ],
};

/** The call, what it was answered, and how long after the end of the access. */
async function callDuring(
  name: 'operation.run' | 'operation.stream',
  transport: (typeof transports)[number],
  { headers, input = {}, end }: Case,
): Promise<Answer & { milliseconds: number }> {
  const asked = app.provider.requestCount();
  const call = callProcedure(app, transport, {
    name,
    input: { operation: 'write_content', prompt: 'Write one sentence about tea.', ...input },
    headers,
  });
  await expect.poll(() => app.provider.requestCount(), { timeout: 5000 }).toBe(asked + 1);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const began = performance.now();
  await end();
  return { ...(await call), milliseconds: performance.now() - began };
}

const books = async () =>
  (
    await app.database.query(
      'select available::int, held::int, spent::int from credit_balance where account_id = $1',
      [owner.accountId],
    )
  )[0];

describe.each(transports)('a run over %s', (transport) => {
  it.each(Object.entries(cases))(
    'ends within five seconds of %s, is charged for what it delivered, and says why',
    async (_what, [refusal, open]) => {
      owner = await registerOwner(app);
      app.provider.setFault('stall');
      const { body, milliseconds } = await callDuring('operation.stream', transport, await open());
      const last = body.events.at(-1);
      expect([last.event, `${last.status} ${last.code}`]).toEqual(['failed', refusal]);
      expect(last.credits.charged).toBeGreaterThan(0);
      expect(await books()).toMatchObject({ held: 0, spent: last.credits.charged });
      expect(milliseconds).toBeLessThan(bound);
      owner = await registerOwner(app);
      app.provider.setFault('slow');
      const whole = await callDuring('operation.run', transport, await open());
      expect(verdictOf(whole)).toBe(refusal);
      expect(whole.milliseconds).toBeLessThan(bound);
      expect(await books()).toMatchObject({ available: 1000, held: 0, spent: 0 });
    },
    40_000,
  );

  it('goes on while the caller joins another account and their access token runs out', async () => {
    owner = await registerOwner(app);
    app.provider.setAnswer({ delayMilliseconds: 2500 });
    const another = await registerOwner(app);
    const { accountId } = another;
    const { body } = await callDuring('operation.stream', transport, {
      headers: bearer(owner.token),
      end: async () => {
        await addMembership(app.database, { accountId, userId: owner.userId, role: 'viewer' });
        app.passSeconds(601);
      },
    });
    app.passSeconds(-601);
    app.provider.setAnswer({});
    expect(body.events.at(-1)).toMatchObject({ event: 'done', finishReason: 'stop' });
  });
});
