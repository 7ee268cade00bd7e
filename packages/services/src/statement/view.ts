import type { ProviderEvent, StatementFile } from '@tenantry/db/statement/entity';
import type { Proposal } from '@tenantry/domain/statement/match';

/** A file as staff see it. */
export function statementView(file: StatementFile) {
  const { digest: _digest, ...shown } = file;
  return shown;
}

/** A line as staff see it, with its proposals. */
export function lineView(event: ProviderEvent, proposals: readonly Proposal[]) {
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
  };
}

function proposalView({ candidate, score, reasons }: Proposal) {
  const { due, currency, payment, reference: _reference, isKnownAccount: _known, ...invoice } = candidate;
  return { ...invoice, due: { amount: due, currency }, paymentId: payment?.id ?? null, score, reasons };
}
