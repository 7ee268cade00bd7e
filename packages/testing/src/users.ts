import { insertStaff } from '@tenantry/db/seed';
import type { StaffRole } from '@tenantry/domain/permissions';
import { digestText } from '@tenantry/identity/opaque-token';
import { hashPassword } from '@tenantry/identity/password';
import { generateSync } from 'otplib';
import type { TestApp } from './app.ts';
import { mailedToken } from './mailbox.ts';

let people = 0;

/** A person with an account of their own, signed in. */
export interface Owner {
  email: string;
  password: string;
  accountId: string;
  userId: string;
  token: string;
}

/** Registers a new person through the API and signs them in. */
export async function registerOwner(
  app: TestApp,
  more: Record<string, unknown> & { password?: string } = {},
  headers: Record<string, string> = {},
): Promise<Owner> {
  people += 1;
  const email = `owner${people}.${process.pid}@example.test`;
  const { password = 'correct horse battery' } = more;
  const body = { email, password, accountName: `Account ${people}`, ...more };
  const registered = await app.rest('POST', '/v1/registrations', { body, headers });
  if (registered.status !== 201) throw new Error(`registration failed: ${JSON.stringify(registered.body)}`);
  const session = await app.rest('POST', '/v1/sessions', { body: { email, password }, headers });
  // The e-mail that follows a registration writes rows, which must not appear in what a test compares.
  await app.api.background.settle();
  return {
    email,
    password,
    token: session.body.accessToken,
    accountId: registered.body.account.id,
    userId: registered.body.user.id,
  };
}

/** Confirms the address of an owner with the e-mail that their registration sent. */
export async function confirmAddress(app: TestApp, { email }: Pick<Owner, 'email'>): Promise<void> {
  const body = { token: await mailedToken(app, email, 'email-verification') };
  const confirmed = await app.rest('POST', '/v1/email-verifications/confirm', { body });
  if (confirmed.status !== 200) throw new Error(`not confirmed: ${JSON.stringify(confirmed.body)}`);
}

/** The code that an authenticator app with a secret shows at a time. */
export const codeOfApp = (secret: string, at: Date): string =>
  generateSync({ secret, epoch: Math.floor(at.getTime() / 1000) });

/** Sets up an authenticator app of an owner, whose address is confirmed for it. */
export async function setUpSecondFactor(
  app: TestApp,
  owner: Owner,
): Promise<{ secret: string; recoveryCodes: string[] }> {
  await confirmAddress(app, owner);
  const { token: bearer, password } = owner;
  const { secret } = (await app.rest('POST', '/v1/me/totp', { body: { password }, bearer })).body;
  const body = { code: codeOfApp(secret, app.api.clock()) };
  const confirmed = await app.rest('POST', '/v1/me/totp/confirm', { body, bearer });
  if (confirmed.status !== 200) throw new Error(`no second factor: ${JSON.stringify(confirmed.body)}`);
  return { secret, recoveryCodes: confirmed.body.recoveryCodes };
}

/** Signs an owner in as a browser does; answers the headers of the calls that follow. */
export async function signInCookie(
  app: TestApp,
  { email, password }: Owner,
): Promise<Record<string, string>> {
  const body = { email, password, delivery: 'cookie' };
  const session = await app.rest('POST', '/v1/sessions', { body });
  const cookie = session.headers.get('set-cookie')?.split(';')[0];
  if (cookie === undefined) throw new Error(`no cookie: ${JSON.stringify(session.body)}`);
  return { cookie, origin: 'http://127.0.0.1' };
}

/** Makes an API key of an owner's account. */
export async function makeKey(app: TestApp, owner: Owner, scopes: string[], more = {}): Promise<string> {
  const body = { name: 'A key', scopes, ...more };
  const made = await app.rest('POST', '/v1/api-keys', { body, bearer: owner.token });
  if (made.status !== 201) throw new Error(`no key: ${JSON.stringify(made.body)}`);
  return made.body.secret;
}

/** The password of the staff that `addStaff` makes. */
export const staffPassword = 'correct horse battery';

/** Makes staff of a role; answers their address. */
export async function addStaff(app: TestApp, role: StaffRole, address?: string): Promise<string> {
  people += 1;
  const email = address ?? `${role}${people}.${process.pid}@staff.test`;
  const passwordHash = await hashPassword(staffPassword);
  const one = { email, emailDigest: digestText(email), role, passwordHash };
  await insertStaff(app.database.url('tenantry_owner'), [one], new Date());
  return email;
}

/** Makes staff of a role and signs them in at the admin app; answers their token. */
export async function signInStaff(app: TestApp, role: StaffRole, address?: string): Promise<string> {
  const email = await addStaff(app, role, address);
  const session = await app.admin.rest('POST', '/v1/sessions', { body: { email, password: staffPassword } });
  if (session.status !== 201) throw new Error(`no staff session: ${JSON.stringify(session.body)}`);
  return session.body.token;
}

/** Makes staff of a role and signs them in as a browser does; answers the headers of the calls that follow. */
export async function signInStaffCookie(app: TestApp, role: StaffRole) {
  const email = await addStaff(app, role);
  const body = { email, password: staffPassword, delivery: 'cookie' };
  const answer = await app.admin.rest('POST', '/v1/sessions', { body });
  const cookie = answer.headers.get('set-cookie')?.split(';')[0];
  if (cookie === undefined) throw new Error(`no cookie: ${JSON.stringify(answer.body)}`);
  const headers: Record<string, string> = { cookie, origin: 'http://127.0.0.1' };
  return { email, answer, headers };
}
