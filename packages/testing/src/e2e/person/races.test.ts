import { generateSync } from 'otplib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { openWorld } from '../../fixture.ts';
import { mailedToken } from '../../mailbox.ts';
import { callProcedure, procedures, transports, verdictOf } from '../../procedures.ts';
import { rightInputs } from '../../right-inputs.ts';
import { type Owner, confirmAddress, registerOwner } from '../../users.ts';

/** How often each pair of calls is raced. */
const rounds = Number(process.env['RACE_ROUNDS'] ?? 2);

let app: TestApp;
let world: Awaited<ReturnType<typeof openWorld>>;
beforeAll(async () => {
  app = await openTestApp();
  world = await openWorld(app, 'Raced');
});
afterAll(() => app.close());

const post = async (path: string, body: unknown, { token }: Owner) =>
  (await app.rest('POST', `/v1${path}`, { body, bearer: token })).body;
const newPassword = 'staple correct horse';

async function secondFactor(owner: Owner, isConfirmed: boolean): Promise<{ code: string }> {
  await confirmAddress(app, owner);
  const { secret } = await post('/me/totp', { password: owner.password }, owner);
  const code = generateSync({ secret, epoch: Math.floor(app.api.clock().getTime() / 1000) });
  if (!isConfirmed) return { code };
  const { recoveryCodes } = await post('/me/totp/confirm', { code }, owner);
  return { code: recoveryCodes[0] };
}

/** What is done for a person before a call of theirs is raced, and its input. */
const inputs: Readonly<Record<string, (owner: Owner) => Promise<Record<string, unknown>>>> = {
  'me.changePassword': async ({ password }) => ({ currentPassword: password, newPassword }),
  'totp.confirm': (owner) => secondFactor(owner, false),
  'totp.disable': async (owner) => ({ ...(await secondFactor(owner, true)), password: owner.password }),
  'totp.renewRecoveryCodes': async (owner) => ({
    ...(await secondFactor(owner, true)),
    password: owner.password,
  }),
  'totp.create': async (owner) => {
    await confirmAddress(app, owner);
    return { password: owner.password };
  },
  'me.changeEmail': async ({ email, password }) => ({ email: `moved-${email}`, password }),
  'session.create': async ({ email, password }) => ({ email, password }),
  'session.refresh': async (owner) => ({ refreshToken: (await signIn(owner)).refreshToken }),
  'session.signOut': async (owner) => ({ refreshToken: (await signIn(owner)).refreshToken }),
  'passwordReset.create': async ({ email }) => ({ email }),
  'passwordReset.confirm': async (owner) => {
    await post('/password-resets', { email: owner.email }, owner);
    return { token: await mailedToken(app, owner.email, 'password-reset'), password: newPassword };
  },
  'emailVerification.confirm': async (owner) => ({
    token: await mailedToken(app, owner.email, 'email-verification'),
  }),
  'invitation.accept': async ({ email, password }) => {
    await post('/invitations', { email, role: 'viewer' }, world.owner);
    return { token: await mailedToken(app, email, 'invitation'), password };
  },
  'registration.create': async ({ email, password }) => ({
    email: `again-${email}`,
    password,
    accountName: 'An account',
  }),
};
const signIn = ({ email, password }: Owner) =>
  app.rest('POST', '/v1/sessions', { body: { email, password } }).then(({ body }) => body);

/** Every mutation of the API that acts in no account. */
const raced = [...procedures.api.values()].filter(
  ({ type, meta }) => type === 'mutation' && JSON.stringify(meta).includes('"audience":"tenant"') === false,
);

/** Prepares a person, then runs two calls as `order` does; answers both verdicts, sorted. */
async function outcome(
  name: string,
  order: (calls: (() => Promise<string>)[]) => Promise<string[]>,
): Promise<string> {
  const owner = await registerOwner(app);
  const input = await (inputs[name]?.(owner) ?? Promise.resolve(rightInputs('api', name, world)));
  const isOpen = procedures.api.get(name)?.route.public === true;
  const headers: Record<string, string> = isOpen ? {} : { authorization: `Bearer ${owner.token}` };
  const calls = transports.map(
    (transport) => async () => verdictOf(await callProcedure(app, transport, { name, input, headers })),
  );
  return (await order(calls)).toSorted().join(' | ');
}

const grantedIn = (verdicts: string) => verdicts.split(' | ').filter((verdict) => verdict === 'ok').length;
const oneByOne = async (calls: (() => Promise<string>)[]) => {
  const verdicts: string[] = [];
  for (const call of calls) verdicts.push(await call());
  return verdicts;
};
const atOnce = (calls: (() => Promise<string>)[]) => Promise.all(calls.map((call) => call()));

describe('two calls of one person at once', () => {
  it('are answered as one after the other, whatever they change, and neither is a fault', async () => {
    const wrong: string[] = [];
    const table: string[] = [];
    for (const { name } of raced) {
      const serial = await outcome(name, oneByOne);
      const seen: Record<string, number> = {};
      for (let round = 0; round < rounds; round += 1) {
        const verdicts = await outcome(name, atOnce);
        seen[verdicts] = (seen[verdicts] ?? 0) + 1;
        // Which refusal the slower call meets depends on how far the faster one is.
        if (/\b5\d\d /.test(verdicts) || grantedIn(verdicts) !== grantedIn(serial))
          wrong.push(`${name}: ${verdicts}, not ${serial}`);
      }
      table.push(`${name}: ${serial}: ${JSON.stringify(seen)}`);
    }
    console.log(
      `races of persons: ${table.length} calls, ${table.length * rounds} rounds, ${wrong.length} wrong\n${table.join('\n')}`,
    );
    expect(wrong).toEqual([]);
  }, 1_800_000);
});
