import { Badge } from '@mantine/core';
import { formatWords } from './format/words.ts';

const colors: Readonly<Record<string, string>> = {
  good: 'green',
  active: 'green',
  listed: 'green',
  paid: 'green',
  succeeded: 'green',
  delivered: 'green',
  grace: 'yellow',
  trialing: 'blue',
  open: 'blue',
  pending_approval: 'blue',
  pending_payment: 'yellow',
  partially_paid: 'yellow',
  past_due: 'yellow',
  refused: 'red',
  suspended: 'red',
  withdrawn: 'red',
  failed: 'red',
  returned: 'red',
  payment_overdue: 'red',
};

/** A status of any closed list as a coloured label. What no colour is known for is grey. */
export function StatusBadge({ status, label }: { readonly status: string; readonly label?: string }) {
  return (
    <Badge
      variant="light"
      color={colors[status] ?? 'gray'}
      tt="none"
      fw={600}
      className="tenantry-badge"
      miw="max-content"
    >
      {label ?? formatWords(status)}
    </Badge>
  );
}
