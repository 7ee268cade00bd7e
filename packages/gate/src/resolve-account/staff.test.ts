import { newId } from '@tenantry/db/ids';
import { refuse } from '@tenantry/domain/refusals';
import { type TestApp, openTestApp } from '@tenantry/testing/app';
import { type SubmittedTransfer, submitTransfer } from '@tenantry/testing/bank-transfers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountField } from '../terms.ts';
import { resolveStaffAccount } from './staff.ts';

let app: TestApp;
let own: SubmittedTransfer;
let other: SubmittedTransfer;
beforeAll(async () => {
  app = await openTestApp();
  [own, other] = [await submitTransfer(app), await submitTransfer(app)];
});
afterAll(() => app.close());

const fields: readonly AccountField[] = ['accountId', 'subscriptionId', 'invoiceId', 'paymentId'];
const resolve = (input: unknown) => resolveStaffAccount(app.database.admin, fields, input, app.api.clock());

/** The fields, each naming the account of a transfer. */
async function idsOf({ owner: { accountId }, paymentId, invoiceId }: SubmittedTransfer) {
  const [row] = await app.database.query('select id from subscription where account_id = $1', [accountId]);
  return { accountId, subscriptionId: String(row?.['id']), paymentId, invoiceId };
}

describe('the account of a staff procedure', () => {
  it.each(fields)('is the one that %s names', async (field) => {
    const ids = await idsOf(own);
    expect(await resolve({ [field]: ids[field] })).toMatchObject({ account: { id: ids.accountId } });
  });

  it('is the one that every field names, with its standing', async () => {
    const { accountId } = own.owner;
    expect(await resolve(await idsOf(own))).toMatchObject({
      account: { id: accountId },
      standing: expect.anything(),
    });
  });

  it('is not found when its fields name different accounts', async () => {
    const [ids, others] = [await idsOf(own), await idsOf(other)];
    for (const field of fields)
      expect(await resolve({ ...ids, [field]: others[field] }), field).toEqual(refuse('not_found'));
  });

  it('is not found when a field names nothing', async () => {
    for (const field of fields)
      expect(await resolve({ [field]: newId() }), field).toEqual(refuse('not_found'));
    expect(await resolve({ ...(await idsOf(own)), paymentId: newId() })).toEqual(refuse('not_found'));
  });

  it.each([undefined, null, {}, { accountId: 7 }, { accountId: 'not-a-uuid' }])(
    'is left to the schema where the input names none: %j',
    async (input) => {
      expect(await resolve(input)).toBeUndefined();
    },
  );
});
