import type { ProviderEvent, StatementFile } from '@tenantry/db/statement/entity';
import type { Twin } from '@tenantry/db/statement/twins';
import type { Proposal } from '@tenantry/domain/statement/match';
import type { ReturnProposal } from '@tenantry/domain/statement/return';
import { twinsMax } from '@tenantry/domain/statement/twin';

/** A file as staff see it. */
export function statementView(file: StatementFile) {
  const { digest: _digest, ...shown } = file;
  return shown;
}

/** A line as staff see it, with the invoices that it may pay, and the payments that it may take back. */
export function lineView(
  event: ProviderEvent,
  {
    proposals = [],
    returns = [],
    twins = [],
  }: {
    proposals?: readonly Proposal[];
    returns?: readonly ReturnProposal[];
    twins?: readonly Twin[];
  },
) {
  const { id, status, receivedAt, payload, outcome } = event;
  const { amount, currency, isReversal, ...line } = payload;
  return {
    id,
    status,
    ...line,
    total: { amount, currency },
    reversal: isReversal,
    receivedAt,
    processedAt: event.processedAt ?? null,
    processedBy: event.processedBy ?? null,
    reason: event.reason ?? null,
    outcome: outcome ?? null,
    proposals: proposals.map(proposalView),
    returns: returns.map(({ booked: { line: before, ...payment }, reasons }) => ({
      ...payment,
      bookedOn: before.bookedOn,
      reasons,
    })),
    mayBeSameAs: twins.slice(0, twinsMax),
  };
}

function proposalView({ candidate, score, reasons }: Proposal) {
  const { due, currency, payment, reference: _reference, isKnownAccount: _known, ...invoice } = candidate;
  return { ...invoice, due: { amount: due, currency }, paymentId: payment?.id ?? null, score, reasons };
}
