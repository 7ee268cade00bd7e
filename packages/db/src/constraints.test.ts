import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { isRefusal } from '@tenantry/domain/refusals';
import { type TestDatabase, openTestDatabase } from '@tenantry/testing/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertAccount } from './account/queries.ts';
import { isMissingReference, refuseIfTaken } from './constraints.ts';
import { newId } from './ids.ts';
import { insertSector, insertSite } from './site/queries.ts';
import type { AccountTransaction, CallInfo } from './transaction.ts';

const callInfo: CallInfo = { actor: { kind: 'system', job: 'test' }, requestId: 'test', now: new Date() };
const conflicts = { site_domain: 'domain_taken' } as const;
const violation = (message: string, constraint?: string) =>
  new UniqueConstraintViolationException(
    Object.assign(new Error(message), constraint === undefined ? {} : { constraint }),
  );
const failWith = (fault: unknown) => () => Promise.reject(fault);
const taken = { refused: 'domain_taken' };

describe('a unique constraint', () => {
  const said = 'duplicate key value violates unique constraint';

  it.each([
    ['is named by the field of the server', violation('taken', 'site_domain')],
    ['is named without the number of a shard', violation('taken', 'site_domain_102008')],
    ['is read from the message where a proxy drops the field', violation(`${said} "site_domain"`)],
    ['is read from the message of a shard', violation(`${said} "site_domain_102008"`)],
    [
      'is read from the end of the message, whatever a value before it says',
      violation(`insert into "site" values ('unique constraint "other"') - ${said} "site_domain"`),
    ],
  ])('%s', async (_title, fault) => {
    expect(await refuseIfTaken(conflicts, failWith(fault))).toMatchObject(taken);
  });

  it.each([
    ['of another name', violation('taken', 'site_domain_and_more')],
    ['with a short number, which is a part of the name', violation('taken', 'site_domain_1')],
    ['without a name', violation('taken')],
    ['that is none', new Error(`${said} "site_domain"`)],
  ])('%s is thrown on', async (_title, fault) => {
    await expect(refuseIfTaken(conflicts, failWith(fault))).rejects.toBe(fault);
  });
});

describe('a conflict in the database', () => {
  const accountId = newId();
  let app: TestDatabase;
  beforeAll(async () => {
    app = await openTestDatabase();
    const facts = { name: 'An account', paymentMethod: 'stripe', sandbox: false } as const;
    await inAccount((tx) => insertAccount(tx, facts));
  });
  afterAll(() => app.close());

  const inAccount = <T>(work: (tx: AccountTransaction) => Promise<T>) =>
    app.api.inAccount.write({ accountId }, callInfo, work);
  const addSite = () =>
    inAccount((tx) => insertSite(tx, { id: newId(), name: 'A site', domain: 'blog.example' }));

  it('on the domain of a site is named exactly, and only that one is refused', async () => {
    expect(isRefusal(await refuseIfTaken(conflicts, addSite))).toBe(false);
    expect(await refuseIfTaken(conflicts, addSite)).toMatchObject(taken);
    await expect(refuseIfTaken({ site_pkey: 'conflict' }, addSite)).rejects.toThrow('site_domain');
  });

  it('with a row that does not exist is a missing reference', async () => {
    const orphan = { id: newId(), siteId: newId(), name: 'A sector' };
    const fault: unknown = await inAccount((tx) => insertSector(tx, orphan)).catch((one: unknown) => one);
    expect(isMissingReference(fault)).toBe(true);
    expect(isMissingReference(violation('taken'))).toBe(false);
  });
});
