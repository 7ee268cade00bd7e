import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import type { Answer } from '../../caller.ts';
import { mailedToken } from '../../mailbox.ts';
import { verdictOf } from '../../procedures.ts';
import { type Owner, confirmAddress, registerOwner } from '../../users.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

let addresses = 0;
const newAddress = () => `moved${(addresses += 1)}.${process.pid}@example.test`;
const post = (path: string, body: unknown, bearer?: string): Promise<Answer> =>
  app.rest('POST', `/v1${path}`, { body, bearer });
const me = async ({ token: bearer }: Owner) => (await app.rest('GET', '/v1/me', { bearer })).body;
const ask = (owner: Owner, email: string, password = owner.password) =>
  post('/me/email', { email, password }, owner.token);
const confirm = (token: string) => post('/me/email/confirm', { token });
const signIn = (email: string, password: string) => post('/sessions', { email, password });

/** The texts of the e-mails to an address. */
async function mailsTo(address: string): Promise<string> {
  await app.api.background.settle();
  const folder = join(app.filesFolder, 'mail');
  const mails = await Promise.all(
    (await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')),
  );
  return mails.filter((mail) => mail.includes(`To: ${address}\n`)).join('\n');
}

describe('a person', () => {
  it('changes their name, and takes it away', async () => {
    const owner = await registerOwner(app);
    const change = (name: unknown) => app.rest('PATCH', '/v1/me', { body: { name }, bearer: owner.token });
    const changed = await change('Ada Lovelace');
    expect(changed.body).toEqual({ ...(await me(owner)), name: 'Ada Lovelace' });
    expect((await change(null)).body.name).toBeNull();
    expect(verdictOf(await change(' '))).toBe('400 invalid_input');
    expect((await me(owner)).name).toBeNull();
  });
});

describe('another address of a person', () => {
  it('takes effect when it is confirmed, and the former address hears of it (L15)', async () => {
    const owner = await registerOwner(app);
    await confirmAddress(app, owner);
    const email = newAddress();
    expect(verdictOf(await ask(owner, email.toUpperCase()))).toBe('ok');
    const token = await mailedToken(app, email, 'email-change');
    expect((await me(owner)).email).toBe(owner.email);
    expect(verdictOf(await signIn(email, owner.password))).toBe('401 unauthenticated');
    expect(await mailsTo(owner.email)).toContain('Another address was asked for');
    await post('/password-resets', { email: owner.email });
    const sentBefore = await mailedToken(app, owner.email, 'password-reset');
    expect(verdictOf(await confirm(token))).toBe('ok');
    expect(await me(owner)).toMatchObject({ email, emailVerifiedAt: expect.any(String) });
    expect(verdictOf(await signIn(email, owner.password))).toBe('ok');
    expect(verdictOf(await signIn(owner.email, owner.password))).toBe('401 unauthenticated');
    expect(await mailsTo(owner.email)).toContain('Your address was changed');
    const late = { token: sentBefore, password: 'another long password' };
    expect(verdictOf(await post('/password-resets/confirm', late))).toBe('404 not_found');
    expect(verdictOf(await confirm(token))).toBe('404 not_found');
  });

  it('is refused without the password, and when somebody has it (L15)', async () => {
    const [owner, other] = [await registerOwner(app), await registerOwner(app)];
    expect(verdictOf(await ask(owner, newAddress(), 'not the password'))).toBe('401 unauthenticated');
    expect(verdictOf(await ask(owner, other.email))).toBe('409 email_taken');
    expect(verdictOf(await ask(owner, 'no address'))).toBe('400 invalid_input');
  });

  it('is refused when somebody registers it before it is confirmed, and stays unused', async () => {
    const owner = await registerOwner(app);
    const email = newAddress();
    await ask(owner, email);
    const token = await mailedToken(app, email, 'email-change');
    await registerOwner(app, { email });
    expect(verdictOf(await confirm(token))).toBe('409 email_taken');
    expect((await me(owner)).email).toBe(owner.email);
  });

  it('is not confirmed once the password was changed or another address was asked for (L15)', async () => {
    const owner = await registerOwner(app);
    const [first, second] = [newAddress(), newAddress()];
    await ask(owner, first);
    const earlier = await mailedToken(app, first, 'email-change');
    await ask(owner, second);
    expect(verdictOf(await confirm(earlier))).toBe('404 not_found');
    const token = await mailedToken(app, second, 'email-change');
    const change = { currentPassword: owner.password, newPassword: 'another long password' };
    expect(verdictOf(await post('/me/password', change, owner.token))).toBe('ok');
    expect(verdictOf(await confirm(token))).toBe('404 not_found');
  });

  it('is confirmed within a day', async () => {
    const owner = await registerOwner(app);
    const email = newAddress();
    await ask(owner, email);
    const token = await mailedToken(app, email, 'email-change');
    app.passSeconds(86_400);
    expect(verdictOf(await confirm(token))).toBe('404 not_found');
    app.passSeconds(-1);
    expect(verdictOf(await confirm(token))).toBe('ok');
    app.passSeconds(-86_399);
  });

  it('is no token of another kind', async () => {
    const owner = await registerOwner(app);
    expect(verdictOf(await confirm(await mailedToken(app, owner.email, 'email-verification')))).toBe(
      '404 not_found',
    );
  });
});
