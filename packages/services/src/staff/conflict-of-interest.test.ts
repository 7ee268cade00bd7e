import type { AccountTransaction } from '@tenantry/db/transaction';
import type { Actor } from '@tenantry/domain/actor';
import { type TestApp, openTestApp } from '@tenantry/testing/app';
import { type SubmittedTransfer, submitTransfer } from '@tenantry/testing/bank-transfers';
import { signInStaff } from '@tenantry/testing/users';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusalIfStaffIsMember } from './conflict-of-interest.ts';
import { rejectPayment } from './reject-payment.ts';

let app: TestApp;
let transfer: SubmittedTransfer;
beforeAll(async () => {
  app = await openTestApp();
  transfer = await submitTransfer(app);
});
afterAll(() => app.close());

/** Makes a member of staff with an address; answers them as an actor. */
async function staffOf(email: string): Promise<Actor> {
  await signInStaff(app, 'finance', email);
  const [row] = await app.database.query('select id from staff where email = $1', [email]);
  return { kind: 'staff', staffId: String(row?.['id']), role: 'finance', sessionId: '' };
}

/** Works in the account of the transfer as an actor on the admin app. */
function as<T>(actor: Actor, work: (tx: AccountTransaction) => Promise<T>): Promise<T> {
  const call = { actor, requestId: 'test', now: app.api.clock() };
  return app.database.admin.inAccount.write({ accountId: transfer.owner.accountId }, call, work);
}

const link = (actor: Actor, userId: string) =>
  app.database.query('update staff set user_id = $1 where id = $2', [
    userId,
    actor.kind === 'staff' ? actor.staffId : null,
  ]);

describe('staff who are members of an account', () => {
  it('are known by their address', async () => {
    const member = await staffOf(transfer.owner.email);
    expect(await as(member, refusalIfStaffIsMember)).toMatchObject({ refused: 'role_forbids' });
  });

  it('are known by their linked user, whatever their address is', async () => {
    const member = await staffOf('linked@staff.test');
    expect(await as(member, refusalIfStaffIsMember)).toBeUndefined();
    await link(member, transfer.owner.userId);
    expect(await as(member, refusalIfStaffIsMember)).toMatchObject({ refused: 'role_forbids' });
  });

  it('may be members of another account', async () => {
    const { owner } = await submitTransfer(app);
    const member = await staffOf(owner.email);
    await link(member, owner.userId);
    expect(await as(member, refusalIfStaffIsMember)).toBeUndefined();
  });

  it('may not reject its payment', async () => {
    const { paymentId } = transfer;
    const reject = (actor: Actor) =>
      as(actor, (tx) => rejectPayment({ ...tx, tx }, { paymentId, reason: 'never arrived' }));
    const member = await staffOf(transfer.owner.email);
    expect(await reject(member)).toMatchObject({ refused: 'role_forbids' });
    expect(await reject(await staffOf('rejects@staff.test'))).toMatchObject({ status: 'failed' });
  });
});
