import { openTwoAccounts } from '@tenantry/testing/two-accounts';
import { Sector, Site } from '@tenantry/db/site/entity';
import { newId } from '@tenantry/db/ids';
import { updateRow } from '@tenantry/db/row';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemOf, toPublicError } from './public-error.ts';

let accounts: Awaited<ReturnType<typeof openTwoAccounts>>;
beforeAll(async () => {
  accounts = await openTwoAccounts();
});
afterAll(() => accounts.close());

const logged: object[] = [];
const report = {
  requestId: 'r',
  path: 'site.update',
  log: { error: (facts: object) => logged.push(facts) },
  setHeader: () => undefined,
};
const codeOf = (fault: unknown) => problemOf(toPublicError(fault, report), 'r').code;
const faultOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (fault: unknown) => fault,
  );

describe('a change that another one was faster than', () => {
  it('is a conflict: the row was changed since it was read', async () => {
    const { own, database, asOwn } = accounts;
    const slow = asOwn(async (tx) => {
      const site = await tx.em.findOneOrFail(Site, { id: own.siteId });
      await database.query('update site set version = version + 1 where id = $1', [own.siteId]);
      await updateRow(tx, site, { name: 'Too late' });
    });
    expect(codeOf(await faultOf(slow))).toBe('conflict');
    expect(logged).toEqual([]);
  });

  it('is a conflict: what it refers to is not there any more', async () => {
    const { asOwn } = accounts;
    const orphan = asOwn(({ em, accountId, now }) =>
      em.insert(Sector, { accountId, id: newId(), siteId: newId(), name: 'A', createdAt: now, version: 1 }),
    );
    expect(codeOf(await faultOf(orphan))).toBe('conflict');
  });

  it('is told apart from a fault of ours, which is logged', () => {
    expect(codeOf(new Error('unknown'))).toBe('internal_error');
    expect(logged).toHaveLength(1);
  });
});
