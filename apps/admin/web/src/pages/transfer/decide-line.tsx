import type { StatementLine } from '@tenantry/client';
import { formatMoney } from '@tenantry/ui/format/money';
import { ReasonDialog } from '@tenantry/ui/reason-dialog';
import { client } from '../../api.ts';
import { refreshMoney } from './refresh.ts';

const moneyOf = ({ total }: StatementLine) => formatMoney(total.amount, total.currency);

/** Takes a line out of the queue. */
export function IgnoreDialog({ line, close }: { readonly line: StatementLine; readonly close: () => void }) {
  const { id: lineId, name } = line;
  const money = moneyOf(line);
  return (
    <ReasonDialog
      title={`Ignore ${money} of ${name ?? 'a payer without a name'}`}
      effect="The line leaves the queue and is booked for nobody. It stays in the list of ignored lines."
      action="Ignore"
      change={async ({ reason, idempotencyKey }) => {
        await client.statementLine.ignore.mutate({ lineId, reason }, { context: { idempotencyKey } });
        await refreshMoney();
      }}
      done={`The line of ${money} is ignored.`}
      close={close}
    />
  );
}

interface ReturnDialogProps {
  readonly line: StatementLine;
  readonly payment: StatementLine['returns'][number];
  readonly close: () => void;
}

/** Books that a line takes a payment back. */
export function ReturnDialog({ line, payment: { paymentId, accountName }, close }: ReturnDialogProps) {
  const money = moneyOf(line);
  return (
    <ReasonDialog
      title={`Return ${money} of ${accountName}`}
      effect="The payment is taken back: its invoice is due again, the subscription is as unpaid, credits that are left end, and those that were spent are owed."
      action="Return"
      isDangerous
      change={async ({ reason, idempotencyKey }) => {
        const input = { lineId: line.id, paymentId, reason };
        await client.statementLine.return.mutate(input, { context: { idempotencyKey } });
        await refreshMoney();
      }}
      done={`${money} of ${accountName} are returned.`}
      close={close}
    />
  );
}
