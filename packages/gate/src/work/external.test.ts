import { refuse } from '@tenantry/domain/refusals';
import type { LedgerService } from '@tenantry/ledger/service';
import { type TestApp, openTestApp } from '@tenantry/testing/app';
import { registerOwner } from '@tenantry/testing/users';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TenantApp, tenantAudience } from '../audience/tenant.ts';
import type { TenantActor } from '../authenticate/tenant.ts';
import type { ResolvedAccount } from '../resolve-account/tenant.ts';
import type { TenantTerms } from '../terms.ts';
import { contextOf } from '../gate.fixture.ts';
import { createProcedures } from '../procedures.ts';
import type { ExternalServiceContext, LedgerApp } from './external.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

/** A change of credits that moves nothing, or is refused. */
const step: LedgerService<{ isRefused: boolean }, { done: true }, 'hold_resolved'> = {
  reads: () => ({}),
  decide: ({ view: { books } }, { isRefused }) =>
    isRefused ? refuse('hold_resolved') : { books, answer: { done: true } },
};

let isCompletionRefused = true;
/** A service that begins a call and completes it. */
async function beginAndComplete({ change }: ExternalServiceContext) {
  const begun = await change('begin', step, { isRefused: false });
  return 'done' in begun ? change('complete', step, { isRefused: isCompletionRefused }) : begun;
}

const { router, audienceProcedure, run } = createProcedures<TenantApp & LedgerApp, object>();
const procedure = audienceProcedure<TenantTerms, TenantActor, ResolvedAccount>(tenantAudience)({
  scope: 'operation:run',
  throttle: 'default',
  work: 'external',
  refusals: ['hold_resolved'],
});
const external = router({ work: procedure.mutation(run(beginAndComplete)) });

describe('a call of another system with an idempotency key', () => {
  it('frees its key when its completion is refused', async () => {
    const { token } = await registerOwner(app);
    const call = () => external.createCaller(contextOf(app, token, 'one')).work();
    await expect(call()).rejects.toMatchObject({ cause: { refusal: { refused: 'hold_resolved' } } });
    isCompletionRefused = false;
    expect(await call()).toEqual({ done: true });
  });
});
