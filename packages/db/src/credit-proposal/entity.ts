import { defineEntity, p } from '@mikro-orm/core';
import type { GrantKind } from '@tenantry/domain/credit/books';
import type { ProposalStatus } from '@tenantry/domain/credit/proposal';
import { tenantFilter } from '../tenancy.ts';

const ProposalSchema = defineEntity({
  name: 'CreditProposal',
  tableName: 'credit_proposal',
  filters: tenantFilter(),
  properties: {
    accountId: p.uuid().primary(),
    id: p.uuid().primary(),
    status: p.text().$type<ProposalStatus>(),
    amount: p.bigint('number'),
    kind: p.text().$type<Exclude<GrantKind, 'plan'>>(),
    reason: p.text(),
    expiresAt: p.datetime().nullable(),
    reference: p.text().nullable(),
    proposedBy: p.text(),
    proposedAt: p.datetime(),
    decidedBy: p.text().nullable(),
    decidedAt: p.datetime().nullable(),
    /** Why it was approved or rejected, in the words of whoever decided. */
    decision: p.text().nullable(),
    entryId: p.uuid().nullable(),
    version: p.integer().version(),
  },
});
/** A correction of credits that one member of staff asks for and another one decides. */
export class CreditProposal extends ProposalSchema.class {}
ProposalSchema.setClass(CreditProposal);
