import type { AdjustCreditsInput } from '@tenantry/contract/staff-credit';
import { insertAuditEntry } from '@tenantry/db/audit/queries';
import { isRefusal } from '@tenantry/domain/refusals';
import { faultsOfBooks } from '@tenantry/testing/ledger-faults';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { getCredits } from '../credit/get.ts';
import {
  type AccountContext,
  type ServiceTest,
  type Tenant,
  accepted,
  codeOf,
  now,
  openServiceTest,
  secondsAfter,
} from '../service.fixture.ts';
import { adjustCredits } from './adjust-credits.ts';
import { approveProposal, listProposals, proposeAdjustment, rejectProposal } from './credit-proposal.ts';
import { previewAdjustment } from './preview-adjustment.ts';

let services: ServiceTest;
let tenant: Tenant;
beforeAll(async () => {
  services = await openServiceTest();
});
afterAll(() => services.close());
beforeEach(async () => {
  tenant = await services.register();
});
afterEach(async () => expect(await faultsOfBooks(services.database, tenant.accountId)).toEqual([]));

const [ada, bea] = ['ada@staff.test', 'bea@staff.test'];
const approvals = { secondApproverAmounts: {}, secondApproverCredits: 100 };
const terms = (amount: number, more: Partial<AdjustCreditsInput> = {}) =>
  ({ accountId: tenant.accountId, kind: 'adjustment', reason: 'goodwill', amount, ...more }) as const;

/** Runs work of a member of staff, whose procedure writes its audit row. */
const as = <T>(email: string, work: (context: AccountContext) => Promise<T>, at = now) =>
  services.asStaff(tenant, (context) => work({ ...context, approvals }), { email, at });
const adjust = (email: string, amount: number, more: Partial<AdjustCreditsInput> = {}, at = now) =>
  as(
    email,
    async (context) => {
      const answer = await adjustCredits(context, terms(amount, more));
      if (!isRefusal(answer))
        await insertAuditEntry(context.tx, 'credit.adjust', tenant.accountId, { amount: String(amount) });
      return answer;
    },
    at,
  );
const propose = async (email: string, amount: number, more: Partial<AdjustCreditsInput> = {}) =>
  accepted(await as(email, (context) => proposeAdjustment(context, terms(amount, more))));
const decide = (email: string, verb: typeof approveProposal | typeof rejectProposal, proposalId: string) =>
  as(email, (context) => verb(context, { accountId: tenant.accountId, proposalId, reason: 'checked' }));
const available = async () => (await services.inAccount(tenant, getCredits)).available;

describe('credits above the bound', () => {
  it('are given by nobody alone, and no sooner in small parts within a day', async () => {
    const facts = { reason: 'second_approver_missing', required: 101, limit: 100 };
    expect(await adjust(ada, 101)).toEqual({ refused: 'conflict', facts });
    expect(codeOf(await adjust(ada, -101))).toBe('conflict');
    expect(codeOf(await adjust(ada, 60))).toBe('ok');
    expect(codeOf(await adjust(ada, -40))).toBe('ok');
    expect(codeOf(await adjust(ada, 1))).toBe('conflict');
    expect(codeOf(await adjust(bea, 100))).toBe('ok');
    expect(codeOf(await adjust(ada, 100, {}, secondsAfter(86_401)))).toBe('ok');
    expect(await available()).toBe(1000 + 60 - 40 + 100 + 100);
  });

  it('are answered again under their reference, whatever was given since', async () => {
    expect(codeOf(await adjust(ada, 90, { reference: 'ticket 1' }))).toBe('ok');
    expect(await adjust(ada, 90, { reference: 'ticket 1' })).toMatchObject({ sites: null });
    expect(await available()).toBe(1090);
  });

  it('are told of by the preview, which moves nothing', async () => {
    const preview = (amount: number) => as(ada, (context) => previewAdjustment(context, terms(amount)));
    expect(await preview(100)).toMatchObject({
      after: { available: 1100 },
      needsSecondApprover: false,
      bound: 100,
    });
    expect(await preview(500)).toMatchObject({ after: { available: 1500 }, needsSecondApprover: true });
    expect(codeOf(await preview(-1001))).toBe('insufficient_credits');
    expect(await available()).toBe(1000);
  });
});

describe('a proposal', () => {
  it('moves credits when another member of staff approves it, once', async () => {
    const { id } = await propose(ada, 500);
    expect(await available()).toBe(1000);
    expect(await decide(ada, approveProposal, id)).toMatchObject({
      refused: 'conflict',
      facts: { reason: 'second_approver_missing' },
    });
    expect(await decide(bea, approveProposal, id)).toMatchObject({
      status: 'approved',
      amount: 500,
      decision: 'checked',
    });
    expect(codeOf(await decide(bea, approveProposal, id))).toBe('conflict');
    expect(codeOf(await decide(bea, rejectProposal, id))).toBe('conflict');
    expect(await available()).toBe(1500);
  });

  it('moves nothing once it is rejected, also by whoever made it', async () => {
    const [first, second] = [await propose(ada, 500), await propose(ada, 600)];
    expect(await decide(bea, rejectProposal, first.id)).toMatchObject({ status: 'rejected', entryId: null });
    expect(await decide(ada, rejectProposal, second.id)).toMatchObject({ status: 'rejected' });
    expect(codeOf(await decide(bea, approveProposal, first.id))).toBe('conflict');
    const { items } = await services.asStaff(tenant, (context) =>
      listProposals(context, { accountId: tenant.accountId, limit: 50, status: 'rejected' }),
    );
    expect(items.map(({ id }) => id)).toEqual([second.id, first.id]);
    expect(await available()).toBe(1000);
  });

  it('is approved by one of many who approve it at once', async () => {
    const { id } = await propose(ada, 500);
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => decide(`approver${index}@staff.test`, approveProposal, id)),
    );
    expect(answers.map(codeOf).filter((code) => code === 'ok')).toHaveLength(1);
    expect(await available()).toBe(1500);
  });

  it('is refused like the correction itself: without the credits, to staff of the account, and for another account', async () => {
    expect(codeOf(await as(ada, (context) => proposeAdjustment(context, terms(-1001))))).toBe(
      'insufficient_credits',
    );
    expect(codeOf(await as(tenant.email, (context) => proposeAdjustment(context, terms(500))))).toBe(
      'role_forbids',
    );
    const { id } = await propose(ada, -900);
    await adjust(bea, -100, {}, now);
    await adjust('cara@staff.test', -100, {}, now);
    expect(codeOf(await decide(bea, approveProposal, id))).toBe('insufficient_credits');
    const own = tenant;
    tenant = await services.register();
    expect(codeOf(await decide(bea, approveProposal, id))).toBe('not_found');
    expect(codeOf(await decide(bea, rejectProposal, id))).toBe('not_found');
    tenant = own;
    expect(codeOf(await decide(tenant.email, approveProposal, id))).toBe('role_forbids');
  });

  it('cannot be stored as approved by whoever made it, even past every rule', async () => {
    const { id, proposedBy } = await propose(ada, 500);
    const forged = services.database.query(
      `update credit_proposal set status = 'approved', decided_by = $3, decided_at = now(), entry_id = id where account_id = $1 and id = $2`,
      [tenant.accountId, id, proposedBy],
    );
    await expect(forged).rejects.toThrow(/check constraint/);
  });
});
