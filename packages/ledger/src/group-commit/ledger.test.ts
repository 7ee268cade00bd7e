import { newId } from '@tenantry/db/ids';
import { addGrant } from '@tenantry/domain/credit/grants';
import { type TestDatabase, openTestDatabase } from '@tenantry/testing/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { balanceOf, callAt, hold, now, openAccount } from '../ledger.fixture.ts';
import type { LedgerService } from '../service.ts';
import { openLedger } from './ledger.ts';

let app: TestDatabase;
beforeAll(async () => {
  app = await openTestDatabase();
});
afterAll(() => app.close());

describe('requests of a group commit that are tried alone', () => {
  it('all fail when the connection is lost meanwhile, and none waits forever', async () => {
    const accountId = await openAccount(app, 10);
    let passed = 0;
    const ledger = openLedger(app.url('tenantry_api'), {
      connectionsMax: 1,
      clock: () => now,
      onFault: () => undefined,
      // The batch passes first, then its first request alone; the second alone loses its connection.
      failpoint: (name) => {
        if (name === 'ledger_locked') passed += 1;
        if (passed === 3) throw new Error('the connection is lost');
      },
    });
    const twice: LedgerService<null, null> = {
      reads: () => ({}),
      decide({ view }) {
        const grant = { id: newId(), kind: 'purchase', amount: 1, expiresAt: null } as const;
        const once = addGrant(view.books, { ...grant, reference: 'twice' });
        return { books: addGrant(once, { ...grant, id: newId(), reference: 'twice' }), answer: null };
      },
    };
    const callInfo = callAt(now);
    const one = { service: hold, input: { amount: 1, seconds: 60 }, callInfo };
    const outcomes = await Promise.allSettled([
      ledger.change(accountId, { service: twice, input: null, callInfo }),
      ledger.change(accountId, one),
      ledger.change(accountId, one),
    ]);
    const reasons = outcomes.map((outcome) =>
      outcome.status === 'rejected' ? String(outcome.reason) : 'ok',
    );
    expect(reasons).toEqual([
      expect.stringContaining('credit_grant'),
      'Error: the connection is lost',
      'Error: the connection is lost',
    ]);
    await ledger.close();
    expect(await balanceOf(app, accountId)).toMatchObject({ available: 10, held: 0 });
  }, 10_000);
});

describe('a request of a group commit whose decision throws', () => {
  it('fails alone, and keeps the connection for the others', async () => {
    const accountId = await openAccount(app, 10);
    const ledger = openLedger(app.url('tenantry_api'), {
      connectionsMax: 1,
      clock: () => now,
      onFault: () => undefined,
    });
    const broken: LedgerService<null, null> = {
      reads: () => ({}),
      decide() {
        throw new Error('a defect');
      },
    };
    const callInfo = callAt(now);
    const one = { service: hold, input: { amount: 1, seconds: 60 }, callInfo };
    const outcomes = await Promise.allSettled([
      ledger.change(accountId, one),
      ledger.change(accountId, { service: broken, input: null, callInfo }),
      ledger.change(accountId, one),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(outcomes[1]).toMatchObject({ reason: { message: `account ${accountId}: a defect` } });
    await ledger.close();
    expect(await balanceOf(app, accountId)).toMatchObject({ available: 8, held: 2 });
  });
});
