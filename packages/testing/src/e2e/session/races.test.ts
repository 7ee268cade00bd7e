import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import type { Answer } from '../../caller.ts';
import { runConcurrently } from '../../concurrent-clients.ts';
import { mailedToken } from '../../mailbox.ts';
import { openWorld } from '../../fixture.ts';
import { callProcedure, procedureTerms, verdictOf } from '../../procedures.ts';
import { rightInputs } from '../../right-inputs.ts';
import { confirmAddress, registerOwner } from '../../users.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const post = (path: string, body: unknown, bearer?: string): Promise<Answer> =>
  app.rest('POST', `/v1${path}`, { body, bearer });
const newPassword = 'another long password';

/** Starts a call after a random part of the time that a password takes to verify. */
async function soon(call: () => Promise<Answer>): Promise<Answer> {
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 120));
  return call();
}

describe('a sign-in beside a new password', () => {
  it('leaves no session of the old password, in sixteen tries at random moments (L3, L11)', async () => {
    const survivors: string[] = [];
    for (let attempt = 0; attempt < 16; attempt += 1) {
      const owner = await registerOwner(app);
      await post('/password-resets', { email: owner.email });
      const token = await mailedToken(app, owner.email, 'password-reset');
      const replace =
        attempt % 2 === 0
          ? () => post('/password-resets/confirm', { token, password: newPassword })
          : () => post('/me/password', { currentPassword: owner.password, newPassword }, owner.token);
      const signIn = () => post('/sessions', { email: owner.email, password: owner.password });
      const [replaced, ...signedIn] = await Promise.all([soon(replace), soon(signIn), soon(signIn)]);
      expect(verdictOf(replaced)).toBe('ok');
      for (const { body } of signedIn.filter(({ status }) => status === 201)) {
        const next = await post('/sessions/refresh', { refreshToken: body.refreshToken });
        if (next.status === 200) survivors.push(`${attempt}`);
      }
    }
    console.log(`sign-ins beside a new password: 32 attempted / ${survivors.length} survived`);
    expect(survivors).toEqual([]);
  }, 120_000);
});

/** Calls with the row of a session already ended by a transaction that commits once the call waits for it. */
async function callWhileEnding(sessionId: string, call: () => Promise<Answer>): Promise<Answer> {
  const { database } = app;
  await database.query('begin');
  await database.query('update session set revoked_at = now() where id = $1', [sessionId]);
  const calling = call();
  let waiting = 0;
  for (let polled = 0; waiting === 0 && polled < 400; polled += 1) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    // Other tests wait for locks in databases of their own.
    const sql = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    waiting = (await database.query(sql)).length;
  }
  await database.query('commit');
  const answer = await calling;
  await database.query('update session set revoked_at = null where id = $1', [sessionId]);
  app.api.authentication.accessCache.forget();
  return answer;
}

describe('a change by a session', () => {
  it('is refused when the session ends between the gate and the write (G14)', async () => {
    const world = await openWorld(app, 'Of a session that ends');
    await confirmAddress(app, world.owner);
    const [session] = await app.database.query('select id from session where user_id = $1', [
      world.owner.userId,
    ]);
    const headers = { authorization: `Bearer ${world.owner.token}` };
    const wrong: string[] = [];
    let calls = 0;
    for (const { name, type, terms } of procedureTerms) {
      // No session may call what serves service keys alone.
      const isOfSessions = terms.audience !== 'public' && terms.audience !== 'service';
      if (type !== 'mutation' || !isOfSessions) continue;
      if (terms.audience === 'tenant' && (terms.work ?? 'transaction') !== 'transaction') continue;
      const input = { ...rightInputs('api', name, world), ...passwordOf(name, world.owner.password) };
      const answer = await callWhileEnding(String(session?.['id']), () =>
        callProcedure(app, 'trpc', { name, input, headers }),
      );
      calls += 1;
      const expected = refusedEarlier.includes(name) ? '409 conflict' : '401 unauthenticated';
      if (verdictOf(answer) !== expected) wrong.push(`${name}: ${verdictOf(answer)}`);
    }
    console.log(`changes by a session that ends: ${calls} attempted / ${wrong.length} violated`);
    expect(wrong).toEqual([]);
  }, 120_000);
});

// These are refused before anything is written: there is no second factor, and the address is confirmed already.
const refusedEarlier = [
  'emailVerification.create',
  'totp.disable',
  'totp.renewRecoveryCodes',
  'totp.confirm',
];

/** The right password, for the procedures of a person that ask for it again. */
const passwordOf = (name: string, password: string) => {
  if (name === 'me.changePassword') return { currentPassword: password };
  const asks = name === 'me.changeEmail' || (name.startsWith('totp.') && name !== 'totp.confirm');
  return asks ? { password } : {};
};

describe('a mailed token', () => {
  it.each(['password-reset', 'email-verification'])(
    'of a %s is worth one change when a hundred use it at once (L2)',
    async (page) => {
      const owner = await registerOwner(app);
      if (page === 'password-reset') await post('/password-resets', { email: owner.email });
      const token = await mailedToken(app, owner.email, page);
      const body = page === 'password-reset' ? { token, password: newPassword } : { token };
      const outcomes = await runConcurrently(100, 100, async () =>
        verdictOf(await post(`/${page}s/confirm`, body)),
      );
      // Who waits for the row of the person longer than a lock's bound is told to try again.
      const { ok, '404 not_found': late = 0, '503 unavailable': waited = 0 } = outcomes;
      expect([ok, late + waited]).toEqual([1, 99]);
    },
  );
});
