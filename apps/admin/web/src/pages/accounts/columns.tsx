import type { StaffAccountRow } from '@tenantry/client';
import { Credits } from '@tenantry/ui/amount';
import { StatusBadge } from '@tenantry/ui/badge';
import { formatWords } from '@tenantry/ui/format/words';
import type { Column } from '@tenantry/ui/table';
import { Time } from '@tenantry/ui/time';
import { Badge, Group, Text } from '@mantine/core';
import { AccountLink } from './account-link.tsx';
import { methodNames } from './words.ts';

/** The standing of an account as a label, with the reason where it is refused, and until when it lasts. */
function StandingCell({ standing: { state, code, until } }: StaffAccountRow) {
  return (
    <Group gap={6} wrap="nowrap" style={{ display: 'inline-flex' }}>
      <StatusBadge status={state} label={formatWords(code ?? state)} />
      {state === 'grace' && until !== null ? (
        <Text span size="xs" c="dimmed">
          ends <Time at={until} as="distance" />
        </Text>
      ) : null}
    </Group>
  );
}

function NameCell({ id, name, externalId, sandbox }: StaffAccountRow) {
  return (
    <div style={{ minWidth: 160, overflowWrap: 'anywhere' }}>
      <Group gap={6}>
        <AccountLink id={id} name={name} />
        {sandbox ? (
          <Badge size="xs" variant="default" tt="none">
            Sandbox
          </Badge>
        ) : null}
      </Group>
      {externalId === null ? null : (
        <Text size="xs" c="dimmed">
          {externalId}
        </Text>
      )}
    </div>
  );
}

/** The columns of the list of accounts. */
export const columns: readonly Column<StaffAccountRow>[] = [
  { name: 'name', heading: 'Account', cell: NameCell },
  { name: 'standing', heading: 'Standing', cell: StandingCell },
  { name: 'plan', heading: 'Plan', cell: ({ planSlug }) => planSlug },
  { name: 'method', heading: 'Payment', cell: ({ paymentMethod }) => methodNames[paymentMethod] },
  {
    name: 'credits',
    heading: 'Credits available',
    isNumber: true,
    cell: ({ creditsAvailable }) => <Credits value={creditsAvailable} />,
  },
  { name: 'created', heading: 'Created', cell: ({ createdAt }) => <Time at={createdAt} as="day" /> },
];
