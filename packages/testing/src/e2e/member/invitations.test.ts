import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../caller.ts';
import { runConcurrently } from '../../concurrent-clients.ts';
import { type TestApp, openTestApp } from '../../app.ts';
import { mailedToken } from '../../mailbox.ts';
import { type Owner, registerOwner } from '../../users.ts';
import { verdictOf } from '../../procedures.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const post = (path: string, body: unknown, bearer?: string): Promise<Answer> =>
  app.rest('POST', `/v1${path}`, { body, bearer });
const signIn = (email: string, password: string) => post('/sessions', { email, password });
const newPassword = 'another long password';

describe('an invitation', () => {
  const invite = (by: Owner, email: string, role = 'viewer', more = {}) =>
    post('/invitations', { email, role, ...more }, by.token);
  const accept = (token: string, password = newPassword) => post('/invitations/accept', { token, password });
  let invited = 0;
  const newAddress = () => {
    invited += 1;
    return `invited${invited}@example.test`;
  };

  it('makes a new person a member once, and its answer does not contain its token', async () => {
    const owner = await registerOwner(app);
    const email = newAddress();
    const made = await invite(owner, email, 'editor');
    expect(made.body).toMatchObject({ email, role: 'editor', status: 'open' });
    const token = await mailedToken(app, email, 'invitation');
    expect(JSON.stringify(made.body)).not.toContain(token);
    const outcomes = await runConcurrently(10, 10, async () => verdictOf(await accept(token)));
    expect(outcomes['ok']).toBe(1);
    const session = await signIn(email, newPassword);
    expect(session.body.accounts).toEqual([expect.objectContaining({ id: owner.accountId, role: 'editor' })]);
    const { items } = (await app.rest('GET', '/v1/invitations', { bearer: owner.token })).body;
    expect(items.map((one: { status: string }) => one.status)).toEqual(['accepted']);
    expect(verdictOf(await accept(token))).toBe('404 not_found');
  });

  it('is accepted by a known person with their own password, and answers the inviter alike for known and unknown addresses (L5)', async () => {
    const [owner, known] = [await registerOwner(app), await registerOwner(app)];
    const fields = (answer: Answer) => Object.keys(answer.body).toSorted();
    const forKnown = await invite(owner, known.email);
    expect(fields(forKnown)).toEqual(fields(await invite(await registerOwner(app), newAddress())));
    const token = await mailedToken(app, known.email, 'invitation');
    expect(verdictOf(await accept(token, 'not the password'))).toBe('401 unauthenticated');
    expect((await accept(token, known.password)).body).toMatchObject({
      accountId: owner.accountId,
      userId: known.userId,
    });
    expect((await signIn(known.email, known.password)).body.accounts).toHaveLength(2);
  });

  it('is invalid when it is revoked, expired or replaced, or when its inviter may no longer invite (L4)', async () => {
    const owner = await registerOwner(app);
    const email = newAddress();
    const first = await invite(owner, email);
    const token = await mailedToken(app, email, 'invitation');
    await app.rest('DELETE', `/v1/invitations/${first.body.id}`, { bearer: owner.token });
    expect(verdictOf(await accept(token))).toBe('404 not_found');
    await invite(owner, email);
    const second = await mailedToken(app, email, 'invitation');
    await invite(owner, email);
    const third = await mailedToken(app, email, 'invitation');
    expect(verdictOf(await accept(second))).toBe('404 not_found');
    app.passSeconds(7 * 86_400 + 1);
    expect(verdictOf(await accept(third))).toBe('404 not_found');
    app.passSeconds(-7 * 86_400 - 1);
    await app.database.query("update membership set role = 'editor' where account_id = $1", [
      owner.accountId,
    ]);
    expect(verdictOf(await accept(third))).toBe('404 not_found');
    await app.database.query("update membership set role = 'owner' where account_id = $1", [owner.accountId]);
    expect(verdictOf(await accept(third))).toBe('ok');
  });

  it('gives no role above that of the inviter, and no seat beyond the plan', async () => {
    const owner = await registerOwner(app);
    const [one, two] = [newAddress(), newAddress()];
    expect(verdictOf(await invite(owner, one, 'admin'))).toBe('ok');
    expect(verdictOf(await invite(owner, two))).toBe('402 plan_limit_reached');
    await accept(await mailedToken(app, one, 'invitation'));
    const admin = (await signIn(one, newPassword)).body.accessToken;
    expect(verdictOf(await post('/invitations', { email: two, role: 'owner' }, admin))).toBe(
      '403 role_forbids',
    );
    expect(verdictOf(await post('/invitations', { email: two, role: 'viewer' }, admin))).toBe(
      '402 plan_limit_reached',
    );
  });
});
