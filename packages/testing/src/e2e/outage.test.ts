import { mkdtemp, rm } from 'node:fs/promises';
import { migrate } from '@tenantry/db/migrate';
import { seedReference } from '@tenantry/db/seed';
import { type Postgres, launchPostgres } from '@tenantry/embedded-postgres/launch';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { roleUrl, roleUrls } from '../cluster.ts';
import { type TestHouse, openTestHouse } from '../house.ts';
import { registerOwner } from '../people.ts';
import { transports, verdictOf } from '../procedures.ts';

let folder: string;
let postgres: Postgres;
let house: TestHouse;
const name = 'outage';

beforeAll(async () => {
  folder = await mkdtemp('/tmp/tenantry-outage-');
  postgres = await launchPostgres({ folder, fsync: false });
  const superuser = new pg.Client({ connectionString: postgres.superuserUrl('postgres') });
  await superuser.connect();
  await superuser.query('create role tenantry_owner login nosuperuser createrole nobypassrls');
  await superuser.query(`create database ${name} owner tenantry_owner`);
  await superuser.end();
  const { socketFolder } = postgres;
  await migrate(roleUrl(socketFolder, 'tenantry_owner', name), roleUrls(socketFolder, name));
  await seedReference(roleUrl(socketFolder, 'tenantry_owner', name));
  house = await openTestHouse({ databaseUrl: roleUrl(socketFolder, 'tenantry_api', name) });
});
afterAll(async () => {
  await house.close();
  await rm(folder, { recursive: true, force: true });
});

describe('a house whose database is gone', () => {
  it('answers 503 with the time to wait, stays alive, and says that it is not ready (M8)', async () => {
    const owner = await registerOwner(house);
    const ready = () => house.rest('GET', '/health/ready');
    expect((await ready()).body).toEqual({ status: 'ok' });
    await postgres.stop();
    const wrong: string[] = [];
    for (let call = 0; call < 20; call += 1)
      for (const transport of transports) {
        const answer =
          transport === 'rest'
            ? await house.rest('POST', '/v1/credits/holds', { body: { amount: 1 }, bearer: owner.token })
            : await house.trpc('credit.hold', { amount: 1 }, { bearer: owner.token });
        if (verdictOf(answer) !== '503 unavailable') wrong.push(`${transport}: ${verdictOf(answer)}`);
        expect(answer.headers.get('retry-after')).toBe(String(answer.body.retryAfterSeconds));
        expect(JSON.stringify(answer.body)).not.toMatch(/postgres|socket|ENOENT|ECONN/i);
      }
    expect(wrong).toEqual([]);
    expect((await house.rest('GET', '/health/live')).body).toEqual({ status: 'ok' });
    const down = await ready();
    expect([down.status, down.body]).toEqual([503, { status: 'unavailable' }]);
  });
});
