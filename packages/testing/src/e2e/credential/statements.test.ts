import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { type TestDatabase, openTestDatabase } from '../../database.ts';
import { unthrottle } from '../../plan.ts';
import { insertServiceKey, nameExternally } from '../../service-keys.ts';
import { type Wire, openWire } from '../../statement-recorder.ts';
import { type Owner, makeKey, registerOwner, signInStaff } from '../../users.ts';

let database: TestDatabase;
let wire: Wire;
let app: TestApp;
let owner: Owner;
let key: string;
let service: string;
beforeAll(async () => {
  database = await openTestDatabase();
  wire = await openWire(database.url('tenantry_api'));
  app = await openTestApp({ databaseUrl: wire.url }, database);
  owner = await registerOwner(app);
  await unthrottle(app, owner.accountId);
  key = await makeKey(app, owner, ['operation:run', 'credit:spend']);
  await nameExternally(app, owner.accountId, 'customer-1');
  service = (await insertServiceKey(app)).secret;
});
afterAll(async () => {
  await app.close();
  await wire.close();
});

const verify = async (input: Record<string, unknown>, by = service) => {
  const headers = { authorization: `Bearer ${by}` };
  const answer = await app.rest('POST', '/v1/credentials/verify', {
    body: { credential: key, ...input },
    headers,
  });
  return answer.body;
};

describe('a warm verification', () => {
  it('sends no statement to the database, whatever the verdict', async () => {
    const asked = [
      {},
      { scope: 'operation:run', feature: 'operations', throttle: { scope: 'ai_function', cost: 1 } },
      { scope: 'site:write' },
      { feature: 'no-such-feature' },
      { limit: 'sites', used: 1 },
      { limit: 'no-such-limit', used: 1 },
      { credential: owner.token },
      { credential: owner.token, account: owner.accountId },
      { credential: owner.token, externalAccount: 'customer-1' },
      { credential: 'tny_live_guess' },
    ];
    for (const input of asked) await verify(input);
    // The use of a key is written down beside the calls, every ten seconds.
    await app.api.keyUses.flush();
    wire.take();
    for (let round = 0; round < 20; round += 1) for (const input of asked) await verify(input);
    const sent = wire.take().map(({ text }) => text);
    console.log(`${20 * asked.length} warm verifications: ${sent.length} statements`);
    expect(sent).toEqual([]);
  });

  it('costs no more than a refusal at the gate', async () => {
    const credentials = {
      garbage: '\0é'.repeat(50),
      '100 kB': 'x'.repeat(100_000),
      'a wrong key': `tny_live_${'x'.repeat(40)}`,
      'a wrong secret': `${key.slice(0, -1)}!`,
      'another realm': await signInStaff(app, 'platform_admin'),
      itself: service,
    };
    const calls = Object.entries(credentials).map(([what, credential]) => ({
      what,
      ways: ['tny_live_wrong', service].map((by) => () => verify({ credential }, by)),
      milliseconds: [[], []] as [number[], number[]],
    }));
    // Time of the processor, since other programs of the machine do not add to it; statements are counted elsewhere.
    for (let round = 0; round < 60; round += 1)
      for (const { ways, milliseconds } of calls)
        for (const [index, way] of ways.entries()) {
          const before = process.cpuUsage();
          await way();
          const { user, system } = process.cpuUsage(before);
          milliseconds[index]?.push((user + system) / 1000);
        }
    for (const { what, milliseconds } of calls) {
      const [gate = 0, verified = 0] = milliseconds.map((all) => all.toSorted((a, b) => a - b)[30] ?? 0);
      console.log(`${what}: at the gate ${gate.toFixed(2)} ms, in a verification ${verified.toFixed(2)} ms`);
      expect(verified, what).toBeLessThan(gate * 2 + 1);
    }
  });

  it('sends statements when it holds, so that the count above can fail', async () => {
    wire.take();
    expect(await verify({ hold: { amount: 1 } })).toMatchObject({ valid: true });
    expect(wire.take().length).toBeGreaterThan(0);
  });

  it('sees a key that was revoked, an account that was suspended and one that was renamed', async () => {
    const becomes = async (input: Record<string, unknown>, expected: object) => {
      for (let tries = 0; tries < 50; tries += 1) {
        const answer = await verify(input);
        try {
          expect(answer).toMatchObject(expected);
          return;
        } catch {
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
      }
      expect(await verify(input)).toMatchObject(expected);
    };
    await app.rest('PATCH', '/v1/account', { body: { name: 'Renamed' }, bearer: owner.token });
    await becomes({}, { valid: true, account: { name: 'Renamed' } });
    await database.query("update account set status = 'suspended' where id = $1", [owner.accountId]);
    await becomes({}, { valid: false, status: 403, code: 'account_suspended' });
    await database.query("update account set status = 'active' where id = $1", [owner.accountId]);
    await becomes({}, { valid: true });
    await database.query('update api_key set revoked_at = now() where account_id = $1', [owner.accountId]);
    await becomes({}, { valid: false, status: 401, credential: { fault: 'revoked' } });
  });
});
