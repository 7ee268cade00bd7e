import type { StaffAccountDetail } from '@tenantry/client';
import type { StaffPower } from '@tenantry/domain/permissions';
import { Button, Menu } from '@mantine/core';
import {
  IconBan,
  IconCalendarPlus,
  IconChevronDown,
  IconCoins,
  IconCreditCard,
  IconLock,
  IconLockOpen,
  IconReceipt,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useSession } from '../../../session.ts';
import { AdjustCredits } from './adjust-credits.tsx';
import { ChangePlan } from './change-plan.tsx';
import { Extend } from './extend.tsx';
import { SetPaymentMethod } from './payment-method.tsx';
import { CloseAccount, Reactivate, Suspend } from './status.tsx';

const actions = [
  { name: 'credits', label: 'Give or take credits', icon: IconCoins, power: 'credit:adjust' },
  { name: 'plan', label: 'Change the plan', icon: IconReceipt, power: 'subscription:manage' },
  { name: 'extend', label: 'Extend trial or grace', icon: IconCalendarPlus, power: 'subscription:manage' },
  { name: 'method', label: 'Change how it pays', icon: IconCreditCard, power: 'subscription:manage' },
  { name: 'suspend', label: 'Suspend', icon: IconLock, power: 'account:suspend' },
  { name: 'reactivate', label: 'Reactivate', icon: IconLockOpen, power: 'account:suspend' },
  { name: 'close', label: 'Close for good', icon: IconBan, power: 'account:close' },
] as const satisfies readonly { name: string; label: string; icon: typeof IconLock; power: StaffPower }[];
type Action = (typeof actions)[number]['name'];

/** Whether an action means anything for an account as it is. */
function isPossible(action: Action, { status, subscription }: StaffAccountDetail): boolean {
  switch (action) {
    case 'suspend':
      return status === 'active';
    case 'reactivate':
      return status === 'suspended';
    case 'extend':
      return status !== 'closed' && hasExtension(subscription);
    case 'close':
    case 'plan':
    case 'method':
      return status !== 'closed';
    case 'credits':
      return true;
  }
}

/** Whether a subscription has a trial or grace to extend; one that only seems expired by time has. */
const hasExtension = ({ status, standing: { code } }: StaffAccountDetail['subscription']): boolean =>
  ['trialing', 'active', 'past_due'].includes(status) ||
  code === 'trial_expired' ||
  code === 'payment_overdue';

/** Everything that staff change of an account: what their role and its state allow. */
export function Actions({ account }: { readonly account: StaffAccountDetail }) {
  const { powers } = useSession();
  const [opened, setOpened] = useState<Action>();
  const offered = actions.filter(({ name, power }) => powers.includes(power) && isPossible(name, account));
  if (offered.length === 0) return null;
  return (
    <>
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <Button rightSection={<IconChevronDown size={16} aria-hidden />}>Actions</Button>
        </Menu.Target>
        <Menu.Dropdown>
          {offered.map(({ name, label, icon: Icon }) => (
            <Menu.Item
              key={name}
              leftSection={<Icon size={16} aria-hidden />}
              onClick={() => setOpened(name)}
              {...(name === 'close' || name === 'suspend' ? { color: 'red' } : {})}
            >
              {label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {opened === undefined ? null : (
        <Dialog action={opened} account={account} close={() => setOpened(undefined)} />
      )}
    </>
  );
}

interface DialogProps {
  readonly action: Action;
  readonly account: StaffAccountDetail;
  readonly close: () => void;
}

function Dialog({ action, ...props }: DialogProps) {
  switch (action) {
    case 'credits':
      return <AdjustCredits {...props} />;
    case 'plan':
      return <ChangePlan {...props} />;
    case 'extend':
      return <Extend {...props} />;
    case 'method':
      return <SetPaymentMethod {...props} />;
    case 'suspend':
      return <Suspend {...props} />;
    case 'reactivate':
      return <Reactivate {...props} />;
    case 'close':
      return <CloseAccount {...props} />;
  }
}
