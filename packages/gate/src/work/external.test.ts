import { type RunningApi, type TestApp, openTestApp } from '@tenantry/testing/app';
import { verdictOf } from '@tenantry/testing/procedures';
import { type Owner, registerOwner } from '@tenantry/testing/users';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let app: TestApp;
let api: RunningApi;
beforeAll(async () => {
  app = await openTestApp();
  // The first answer of the provider waits for a second before it is billed.
  api = await app.openAnother({ failpoint: { name: 'run_answered', nth: 1, action: 'sleep' } });
});
afterAll(async () => {
  await api.close();
  await app.close();
});

const openHoldsOf = async ({ token: bearer }: Owner): Promise<{ id: string }[]> => {
  const { body } = await api.rest('GET', '/v1/credits/holds', { bearer });
  return body.items.filter(({ status }: { status: string }) => status === 'open');
};

describe('a call of another system with an idempotency key', () => {
  it('frees its key when its completion is refused', async () => {
    const owner = await registerOwner(app);
    const run = () =>
      api.rest('POST', '/v1/operations/write_content/runs', {
        body: { prompt: 'Write one sentence about tea.' },
        bearer: owner.token,
        headers: { 'idempotency-key': 'one' },
      });
    const first = run();
    await expect.poll(() => openHoldsOf(owner)).toHaveLength(1);
    for (const { id } of await openHoldsOf(owner)) {
      const released = await api.rest('POST', `/v1/credits/holds/${id}/release`, {
        body: {},
        bearer: owner.token,
      });
      expect(verdictOf(released)).toBe('ok');
    }
    expect(verdictOf(await first)).toBe('409 hold_resolved');
    expect(verdictOf(await run())).toBe('ok');
  });
});
