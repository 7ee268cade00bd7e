import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, openTestDatabase } from '../../database.ts';
import { measureOutbox } from '../../webhook/load.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

/** A small form of `npm run bench outbox`. */
const load = { endpoints: 20, down: 2, slow: 2, messages: 400 };

it.each([
  ['at an even rate', 4],
  ['that stand there at once', 0],
])(
  'messages %s reach healthy endpoints within five seconds beside endpoints that are down or slow',
  async (_how, seconds) => {
    const figures = await measureOutbox(
      { url: (role) => database.url(roleOf(role)), run: database.query },
      { ...load, seconds },
    );
    const [healthy, slow] = figures;
    expect(healthy).toMatchObject({ kind: 'healthy', messages: 320, delivered: 320 });
    expect(healthy?.p99Milliseconds).toBeLessThanOrEqual(5000);
    expect(slow?.delivered).toBeGreaterThanOrEqual(2);
  },
  120_000,
);

function roleOf(role: string): 'tenantry_worker' {
  if (role !== 'tenantry_worker') throw new Error(`a relay has no role ${role}`);
  return role;
}
