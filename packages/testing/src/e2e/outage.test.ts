import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cluster, launchCluster, roleUrl } from '../cluster.ts';
import { type TestHouse, openTestHouse } from '../house.ts';
import { registerOwner } from '../people.ts';
import { transports, verdictOf } from '../procedures.ts';

let cluster: Cluster;
let house: TestHouse;
beforeAll(async () => {
  cluster = await launchCluster('outage');
  house = await openTestHouse({ databaseUrl: roleUrl(cluster.socketFolder, 'tenantry_api', 'outage') });
});
afterAll(async () => {
  await house.close();
  await cluster.discard();
});

describe('a house whose database is gone', () => {
  it('answers 503 with the time to wait, stays alive, and says that it is not ready (M8)', async () => {
    const owner = await registerOwner(house);
    const ready = () => house.rest('GET', '/health/ready');
    expect((await ready()).body).toEqual({ status: 'ok' });
    await cluster.stop();
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
