import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { issueAccessToken, verifyAccessToken } from './access-token.ts';
import { mutate, seededRandom } from './mutations.fixture.ts';

const secret = 'a secret of at least thirty-two bytes';
const now = new Date('2026-01-01T00:00:00Z');
const seconds = Math.floor(now.getTime() / 1000);
const expectation = { secret, issuer: 'tenantry', audience: 'api', now };
const bearer = {
  subject: '0198f000-0000-7000-8000-000000000001',
  sessionId: '0198f000-0000-7000-8000-000000000002',
};

function issue(at = now, key = secret): Promise<string> {
  return issueAccessToken({ ...expectation, ...bearer, secret: key, now: at, lifetimeSeconds: 600 });
}

const header = { alg: 'HS256', typ: 'at+jwt' };
const claims = {
  typ: 'access',
  sid: bearer.sessionId,
  sub: bearer.subject,
  aud: 'api',
  iss: 'tenantry',
  iat: seconds,
  exp: seconds + 600,
};

/** Signs any header and claims with the secret, as only a bug of the issuer could. */
function forge(head: object, body: object, hash = 'sha256'): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const signed = `${encode(head)}.${encode(body)}`;
  return `${signed}.${createHmac(hash, secret).update(signed).digest('base64url')}`;
}

/** Whether a verdict names who bears the token. */
const isBearer = (verdict: unknown) => typeof verdict === 'object';

function at(offsetSeconds: number): Date {
  return new Date(now.getTime() + offsetSeconds * 1000);
}

describe('an access token', () => {
  test('names its bearer until the second it expires, and not in it', async () => {
    const token = await issue();
    expect(await verifyAccessToken(token, expectation)).toEqual(bearer);
    expect(await verifyAccessToken(token, { ...expectation, now: at(599) })).toEqual(bearer);
    expect(await verifyAccessToken(token, { ...expectation, now: at(600) })).toBe('expired');
  });

  test('has the forged fixture as its like, so the refusals below refuse for their reason', async () => {
    expect(await verifyAccessToken(forge(header, claims), expectation)).toEqual(bearer);
  });

  test('is accepted under any secret of the ring and none besides', async () => {
    const older = 'the older secret, also of thirty-two bytes';
    const token = await issue(now, older);
    const { secret: _, ...rest } = expectation;
    expect(await verifyAccessToken(token, { ...rest, secrets: [secret, older] })).toEqual(bearer);
    expect(await verifyAccessToken(token, { ...rest, secrets: [secret] })).toBeUndefined();
    expect(await verifyAccessToken(token, { ...rest, secrets: [] })).toBeUndefined();
  });

  test('10,000 seeded mutations are refused', async () => {
    const seed = 20_262;
    const random = seededRandom(seed);
    const token = await issue();
    const accepted: string[] = [];
    for (let count = 0; count < 10_000; count += 1) {
      const mutated = mutate(token, random);
      if (mutated !== token && (await verifyAccessToken(mutated, expectation))) accepted.push(mutated);
    }
    console.info(`access-token mutations: seed ${seed}, 10000 attempted / ${accepted.length} violated`);
    expect(accepted).toEqual([]);
  });

  test('has one spelling: no other last character is accepted', async () => {
    const token = await issue();
    const accepted: string[] = [];
    for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_') {
      const other = token.slice(0, -1) + character;
      if (other !== token && (await verifyAccessToken(other, expectation))) accepted.push(other);
    }
    expect(accepted).toEqual([]);
  });

  test.each([
    ['for another audience', { aud: 'admin' }],
    ['for several audiences', { aud: ['api', 'admin'] }],
    ['from another issuer', { iss: 'elsewhere' }],
    ['of another type', { typ: 'refresh' }],
    ['with an expiry in words', { exp: String(seconds + 600) }],
    ['with a time of issue in words', { iat: String(seconds) }],
    ['with a broken expiry', { exp: seconds + 10.5 }],
    ['that lives for ever', { exp: seconds + 86_400 }],
    ['issued 61 s in the future', { iat: seconds + 61, exp: seconds + 600 }],
    ['not yet valid', { nbf: seconds + 1 }],
    ['with a subject that is no text', { sub: 7 }],
    ['with an empty session', { sid: '' }],
    ['with a subject that is no id', { sub: 'user-1' }],
    ['with a session that is no id', { sid: `${bearer.sessionId}'` }],
    ['with an id in capitals', { sub: bearer.subject.toUpperCase() }],
  ])('%s is refused', async (_name, change) => {
    expect(await verifyAccessToken(forge(header, { ...claims, ...change }), expectation)).toBeUndefined();
  });

  test('is refused with any claim of any odd value, and never a fault (G3)', async () => {
    const odd = [null, true, false, 0, -1, 1e308, 1.5, '', ' ', 'x', '\u0000', '🦊', [], [[]], {}, { a: 1 }];
    const values = [...odd, [bearer.subject], [seconds + 600], 'x'.repeat(500), Number.MAX_SAFE_INTEGER];
    const accepted: string[] = [];
    for (const claim of [...Object.keys(claims), 'nbf'])
      for (const value of values) {
        const token = forge(header, { ...claims, [claim]: value });
        const isNoBound = claim === 'nbf' && typeof value === 'number' && value <= seconds;
        if (!isNoBound && isBearer(await verifyAccessToken(token, expectation)))
          accepted.push(`${claim}: ${JSON.stringify(value)}`);
      }
    for (const body of [null, [], 'x', 7, [claims]])
      if (isBearer(await verifyAccessToken(forge(header, Object(body)), expectation)))
        accepted.push(JSON.stringify(body));
    expect(accepted).toEqual([]);
  });

  test('issued by a clock 60 s ahead is accepted', async () => {
    const token = forge(header, { ...claims, iat: seconds + 60 });
    expect(await verifyAccessToken(token, expectation)).toEqual(bearer);
  });

  test.each(Object.keys(claims))('without %s is refused', async (claim) => {
    const rest = Object.fromEntries(Object.entries(claims).filter(([name]) => name !== claim));
    expect(await verifyAccessToken(forge(header, rest), expectation)).toBeUndefined();
  });

  test.each([
    ['alg none', { alg: 'none', typ: 'at+jwt' }, 'sha256'],
    ['HS384', { alg: 'HS384', typ: 'at+jwt' }, 'sha384'],
    ['HS512', { alg: 'HS512', typ: 'at+jwt' }, 'sha512'],
    ['another header type', { alg: 'HS256', typ: 'JWT' }, 'sha256'],
    ['no header type', { alg: 'HS256' }, 'sha256'],
    ['an unknown critical header', { ...header, crit: ['x'], x: 1 }, 'sha256'],
  ])('with %s is refused', async (_name, head, hash) => {
    expect(await verifyAccessToken(forge(head, claims, hash), expectation)).toBeUndefined();
  });

  test.each(['', '.', '..', 'a.b.c', 'null', '\u0000.\u0000.\u0000', '🦊.🦊.🦊', 'a'.repeat(100_000)])(
    'is not junk (%#)',
    async (junk) => {
      expect(await verifyAccessToken(junk, expectation)).toBeUndefined();
    },
  );

  test('is not issued for over ten minutes, for no time, or under a short secret', async () => {
    const input = { ...expectation, ...bearer, lifetimeSeconds: 600 };
    await expect(issueAccessToken({ ...input, lifetimeSeconds: 601 })).rejects.toThrow(RangeError);
    await expect(issueAccessToken({ ...input, lifetimeSeconds: 0 })).rejects.toThrow(RangeError);
    await expect(issueAccessToken({ ...input, secret: 'short' })).rejects.toThrow(RangeError);
  });
});
