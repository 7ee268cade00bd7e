import type { StaffAccountDetail } from '@tenantry/client';
import { formatWords } from '@tenantry/ui/format/words';
import { StatusBadge } from '@tenantry/ui/badge';
import { Time } from '@tenantry/ui/time';
import { Group, Text } from '@mantine/core';

const meaning: Readonly<Record<string, string>> = {
  account_closed: 'Closed for good: every call is refused.',
  account_suspended: 'Suspended by staff: every call is refused until it is reactivated.',
  plan_inactive: 'Its plan was withdrawn from sale.',
  payment_pending: 'Its first payment has not arrived.',
  trial_expired: 'Its trial has ended, and no plan was paid.',
  payment_overdue: 'The paid time and its grace are over.',
  subscription_cancelled: 'It was cancelled, and what was paid is over.',
  subscription_expired: 'Its subscription has expired.',
};

/** What the account may do now, why, and until when. */
export function StandingLine({ account }: { readonly account: StaffAccountDetail }) {
  const { state, code, until } = account.subscription.standing;
  return (
    <Group gap={8} wrap="wrap">
      <StatusBadge status={code ?? state} {...(state === 'refused' ? {} : { label: words(account) })} />
      <Text size="sm" component="span" c="var(--mantine-color-text)">
        {code === null ? null : meaning[code]}
        {code === null && until !== null ? (
          <>
            until <Time at={until} /> (<Time at={until} as="distance" />)
          </>
        ) : null}
      </Text>
    </Group>
  );
}

function words({ subscription: { standing, status } }: StaffAccountDetail): string {
  if (standing.state === 'grace') return 'In grace';
  return status === 'trialing' ? 'Trial' : formatWords(standing.state);
}
