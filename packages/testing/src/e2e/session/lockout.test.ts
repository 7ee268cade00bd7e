import { generateSync } from 'otplib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, caller } from '../../caller.ts';
import { runConcurrently } from '../../concurrent-clients.ts';
import { type TestApp, openTestApp } from '../../app.ts';
import { mailedToken } from '../../mailbox.ts';
import { startRedis } from '../../redis.ts';
import { type Owner, confirmAddress, registerOwner, setUpSecondFactor, signInStaff } from '../../users.ts';
import { verdictOf } from '../../procedures.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ trustedProxies: ['127.0.0.1'] });
});
afterAll(() => app.close());

const post = (path: string, body: unknown, bearer?: string): Promise<Answer> =>
  app.rest('POST', `/v1${path}`, { body, bearer });

/** A procedure that checks a password or a code: how it answers a wrong proof and a right one. */
interface CredentialCheck {
  wrong(): Promise<Answer>;
  right(): Promise<Answer>;
}
const wrongPassword = 'not the password';

/** Every procedure that checks a password or a code, each for a new person. */
const credentialChecks: Record<string, () => Promise<CredentialCheck>> = {
  'a sign-in': async () => {
    const { email, password } = await registerOwner(app);
    const signIn = (text: string) => post('/sessions', { email, password: text });
    return { wrong: () => signIn(wrongPassword), right: () => signIn(password) };
  },
  'the sign-in of staff': async () => {
    const email = `locked.${process.pid}@staff.test`;
    await signInStaff(app, 'support', email);
    const signIn = (password: string) =>
      caller(app.admin.url).rest('POST', '/v1/sessions', { body: { email, password } });
    return { wrong: () => signIn(wrongPassword), right: () => signIn('correct horse battery') };
  },
  'an invitation of a known person': async () => {
    const [owner, known] = [await registerOwner(app), await registerOwner(app)];
    await post('/invitations', { email: known.email, role: 'viewer' }, owner.token);
    const token = await mailedToken(app, known.email, 'invitation');
    const accept = (password: string) => post('/invitations/accept', { token, password });
    return { wrong: () => accept(wrongPassword), right: () => accept(known.password) };
  },
  'a change of password': async () => {
    const owner = await registerOwner(app);
    const change = (currentPassword: string) =>
      post('/me/password', { currentPassword, newPassword: 'another long password' }, owner.token);
    return { wrong: () => change(wrongPassword), right: () => change(owner.password) };
  },
  'the end of a second factor': async () => {
    const owner = await registerOwner(app);
    const { recoveryCodes } = await setUpSecondFactor(app, owner);
    const { password } = owner;
    const disable = (code: string) => post('/me/totp/disable', { password, code }, owner.token);
    return { wrong: () => disable('aaaaa-aaaaa'), right: () => disable(recoveryCodes[0] ?? '') };
  },
};

/** Every check again, with those that a lock of the test above would not show apart. */
const racedChecks: Record<string, () => Promise<Pick<CredentialCheck, 'wrong'>>> = {
  ...credentialChecks,
  'a code of the app at sign-in': async () => {
    const { owner } = await withSecondFactor();
    return { wrong: () => signInWith(owner, '000000') };
  },
  'a recovery code at sign-in': async () => {
    const { owner } = await withSecondFactor();
    return { wrong: () => signInWith(owner, 'aaaaa-aaaaa') };
  },
  'the confirmation of a second factor': async () => {
    const owner = await registerOwner(app);
    await confirmAddress(app, owner);
    await post('/me/totp', { password: owner.password }, owner.token);
    return { wrong: () => post('/me/totp/confirm', { code: '000000' }, owner.token) };
  },
};

const signInWith = ({ email, password }: Owner, totpCode: string, headers = {}) =>
  app.rest('POST', '/v1/sessions', { body: { email, password, totpCode }, headers });

async function withSecondFactor() {
  const owner = await registerOwner(app);
  return { owner, ...(await setUpSecondFactor(app, owner)) };
}

describe('a hundred wrong proofs at once', () => {
  it.each(Object.keys(racedChecks))(
    'of %s are ten attempts, and ninety hear when to come back (L9)',
    async (name) => {
      const check = await racedChecks[name]?.();
      if (check === undefined) throw new Error(name);
      const differences: string[] = [];
      const outcomes = await runConcurrently(100, 100, async () => {
        const answer = await check.wrong();
        if (answer.status === 429) differences.push(...disagreements(answer));
        return verdictOf(answer);
      });
      expect(outcomes).toEqual({ '401 unauthenticated': 10, '429 throttled': 90 });
      expect(differences).toEqual([]);
      const next = await check.wrong();
      expect([verdictOf(next), disagreements(next)]).toEqual(['429 throttled', []]);
      expect(next.body.retryAfterSeconds).toBeGreaterThan(600);
    },
  );

  it('of one second factor are ten attempts, from however many addresses (L9)', async () => {
    const { owner, recoveryCodes } = await withSecondFactor();
    const outcomes = await runConcurrently(100, 100, async (index) =>
      verdictOf(await signInWith(owner, '000000', { 'x-forwarded-for': `10.8.0.${index}` })),
    );
    expect(outcomes).toEqual({ '401 unauthenticated': 10, '429 throttled': 90 });
    const right = await signInWith(owner, recoveryCodes[0] ?? '', { 'x-forwarded-for': '10.8.1.1' });
    expect(verdictOf(right)).toBe('429 throttled');
  });
});

/** What the headers of a 429 say otherwise than its body. */
function disagreements({ headers, body }: Answer): string[] {
  const { retryAfterSeconds } = body;
  const expected = {
    'retry-after': `${retryAfterSeconds}`,
    ratelimit: `"attempts";r=0;t=${retryAfterSeconds}`,
  };
  return Object.entries(expected).flatMap(([name, value]) =>
    headers.get(name) === value ? [] : [`${name}: ${headers.get(name)}, not ${value}`],
  );
}

describe('ten failures', () => {
  it.each(Object.keys(credentialChecks))(
    'lock %s for a quarter of an hour, for the right proof too (L9)',
    async (name) => {
      const check = await credentialChecks[name]?.();
      if (check === undefined) throw new Error(name);
      const wrong = await runConcurrently(10, 1, async () => verdictOf(await check.wrong()));
      expect(wrong).toEqual({ '401 unauthenticated': 10 });
      const locked = await check.right();
      expect(verdictOf(locked)).toBe('429 throttled');
      expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(600);
      await app.database.query("update sign_in_guard set locked_until = now() - interval '1 second'");
      expect(verdictOf(await check.right())).toBe('ok');
    },
  );

  it('lock an unknown address in the same way, and do not lock callers out from another network address', async () => {
    const owner = await registerOwner(app);
    const attempt = (email: string, password: string, address: string) =>
      app.rest('POST', '/v1/sessions', {
        body: { email, password },
        headers: { 'x-forwarded-for': address },
      });
    for (const email of [owner.email, 'nobody@example.test']) {
      const wrong = await runConcurrently(10, 1, async () =>
        verdictOf(await attempt(email, wrongPassword, '10.9.0.1')),
      );
      expect(wrong).toEqual({ '401 unauthenticated': 10 });
      expect(verdictOf(await attempt(email, owner.password, '10.9.0.1'))).toBe('429 throttled');
    }
    expect(verdictOf(await attempt(owner.email, owner.password, '10.9.0.2'))).toBe('ok');
    app.passSeconds(901);
    expect(verdictOf(await attempt(owner.email, owner.password, '10.9.0.1'))).toBe('ok');
    app.passSeconds(-901);
  });
});

describe('a person with a second factor', () => {
  it('needs it to accept an invitation too', async () => {
    const [owner, known] = [await registerOwner(app), await registerOwner(app)];
    const { secret } = await setUpSecondFactor(app, known);
    const code = () => generateSync({ secret, epoch: Math.floor(app.api.clock().getTime() / 1000) });
    await post('/invitations', { email: known.email, role: 'viewer' }, owner.token);
    const token = await mailedToken(app, known.email, 'invitation');
    const accept = (totpCode?: string) =>
      post('/invitations/accept', { token, password: known.password, totpCode });
    expect(verdictOf(await accept())).toBe('401 second_factor_required');
    expect(verdictOf(await accept('000000'))).toBe('401 unauthenticated');
    app.passSeconds(30);
    expect(verdictOf(await accept(code()))).toBe('ok');
    app.passSeconds(-30);
  });
});

describe('a lock', () => {
  it('stays when Redis is lost and begins empty (E12)', async () => {
    const redis = await startRedis();
    const counted = await openTestApp({ throttle: 'on', redisUrl: redis.url });
    const { email, password } = await registerOwner(counted);
    const attempt = (text: string) =>
      counted.rest('POST', '/v1/sessions', { body: { email, password: text } });
    const wrong = await runConcurrently(10, 1, async () => verdictOf(await attempt(wrongPassword)));
    expect(wrong).toEqual({ '401 unauthenticated': 10 });
    await redis.kill();
    expect(disagreements(await attempt(password))).toEqual([]);
    await redis.restart();
    expect(verdictOf(await attempt(password))).toBe('429 throttled');
    await counted.close();
    await redis.kill();
  });
});
