import { newId } from '@tenantry/db/ids';
import { insertSite } from '@tenantry/db/site/queries';
import { type TestApp, openTestApp } from '@tenantry/testing/app';
import { registerOwner } from '@tenantry/testing/users';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TenantApp, tenantAudience } from '../audience/tenant.ts';
import type { TenantActor } from '../authenticate/tenant.ts';
import type { ResolvedAccount } from '../resolve-account/tenant.ts';
import type { TenantTerms } from '../terms.ts';
import { contextOf } from '../gate.fixture.ts';
import { createProcedures } from '../procedures.ts';
import type { AccountServiceContext } from './account.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

/** A service that writes, whichever procedure it belongs to. */
async function writeSite({ tx }: AccountServiceContext) {
  const id = newId();
  await insertSite(tx, { id, name: 'A site', domain: null });
  return { id };
}

const { router, audienceProcedure, run } = createProcedures<TenantApp, object>();
const terms = { scope: 'site:write', throttle: 'default' } as const;
const procedure = () => audienceProcedure<TenantTerms, TenantActor, ResolvedAccount>(tenantAudience)(terms);
const guarded = router({
  query: procedure().query(run(writeSite)),
  mutation: procedure().mutation(run(writeSite)),
});

describe('a service in a transaction of an account', () => {
  it('writes in a mutation, and cannot write in a query', async () => {
    const { token, accountId } = await registerOwner(app);
    const caller = guarded.createCaller(contextOf(app, token));
    const sites = () => app.database.query('select id from site where account_id = $1', [accountId]);
    await expect(caller.query()).rejects.toMatchObject({ cause: { code: '25006' } });
    expect(await sites()).toEqual([]);
    const { id } = await caller.mutation();
    expect(await sites()).toEqual([{ id }]);
  });
});
