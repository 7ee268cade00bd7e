import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cluster, launchCluster, roleUrl } from '../../cluster.ts';
import { type TestApp, openTestApp } from '../../app.ts';
import { registerOwner } from '../../users.ts';
import { transports, verdictOf } from '../../procedures.ts';

let cluster: Cluster;
let app: TestApp;
beforeAll(async () => {
  cluster = await launchCluster('outage');
  app = await openTestApp({ databaseUrl: roleUrl(cluster.socketFolder, 'tenantry_api', 'outage') });
});
afterAll(async () => {
  await app.close();
  await cluster.discard();
});

describe('an API without its database', () => {
  it('answers 503 with the time to wait, stays alive, and reports that it is not ready (M8)', async () => {
    const owner = await registerOwner(app);
    const ready = () => app.rest('GET', '/health/ready');
    expect((await ready()).body).toEqual({ status: 'ok' });
    await cluster.stop();
    const wrong: string[] = [];
    for (let call = 0; call < 20; call += 1)
      for (const transport of transports) {
        const answer =
          transport === 'rest'
            ? await app.rest('POST', '/v1/credits/holds', { body: { amount: 1 }, bearer: owner.token })
            : await app.trpc('credit.hold', { amount: 1 }, { bearer: owner.token });
        if (verdictOf(answer) !== '503 unavailable') wrong.push(`${transport}: ${verdictOf(answer)}`);
        expect(answer.headers.get('retry-after')).toBe(String(answer.body.retryAfterSeconds));
        expect(JSON.stringify(answer.body)).not.toMatch(/postgres|socket|ENOENT|ECONN/i);
      }
    expect(wrong).toEqual([]);
    expect((await app.rest('GET', '/health/live')).body).toEqual({ status: 'ok' });
    const down = await ready();
    expect([down.status, down.body]).toEqual([503, { status: 'unavailable' }]);
  });
});
