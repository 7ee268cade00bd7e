import type { StaffMember } from '@tenantry/client';
import { StatusBadge } from '@tenantry/ui/badge';
import { OnceShown } from '@tenantry/ui/once-shown';
import { Page } from '@tenantry/ui/page';
import type { Column } from '@tenantry/ui/table';
import { Time } from '@tenantry/ui/time';
import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import { api } from '../../api.ts';
import { PagedTable, usePaged } from '../../paged-table.tsx';
import { useSession } from '../../session.ts';
import {
  AddStaff,
  ChangeRole,
  DisableStaff,
  EndSessions,
  ResetStaff,
  type ShownPassword,
} from './dialogs.tsx';

type Dialog =
  | 'add'
  | { readonly verb: 'role' | 'reset' | 'disable' | 'sessions'; readonly member: StaffMember };

/** The people who sign in at the console, and what each may do. */
export function StaffPage() {
  const { staff: self } = useSession();
  const [dialog, setDialog] = useState<Dialog>();
  const [shown, setShown] = useState<ShownPassword>();
  const query = usePaged((cursor) => api.staff.list.queryOptions({ cursor }));
  const close = () => setDialog(undefined);
  const columns: readonly Column<StaffMember>[] = [
    { name: 'email', heading: 'E-mail', cell: ({ email }) => email },
    { name: 'role', heading: 'Role', cell: ({ role }) => <StatusBadge status={role} /> },
    {
      name: 'state',
      heading: 'State',
      cell: ({ disabledAt }) => <StatusBadge status={disabledAt === null ? 'active' : 'disabled'} />,
    },
    {
      name: 'factor',
      heading: 'Second factor',
      cell: ({ hasSecondFactor }) => (hasSecondFactor ? 'Set up' : 'None'),
    },
    {
      name: 'signed-in',
      heading: 'Last sign-in',
      cell: ({ lastSignInAt }) => <Time at={lastSignInAt} as="distance" />,
    },
    {
      name: 'actions',
      heading: 'Actions',
      cell: (member) =>
        member.id === self.id ? (
          'You'
        ) : (
          <Actions member={member} open={(verb) => setDialog({ verb, member })} />
        ),
    },
  ];
  return (
    <Page
      title="Staff"
      subtitle="Who signs in here, and what each may do. Nobody changes themselves."
      actions={<Button onClick={() => setDialog('add')}>Add staff</Button>}
    >
      <PagedTable
        query={query}
        label="Staff"
        columns={columns}
        rowKey={({ id }) => id}
        empty="There is no staff"
      />
      {dialog === 'add' ? <AddStaff show={setShown} close={close} /> : null}
      {typeof dialog === 'object' ? <MemberDialog {...dialog} show={setShown} close={close} /> : null}
      {shown === undefined ? null : (
        <OnceShown
          title={`Password of ${shown.email}`}
          values={[{ label: 'Password', value: shown.password }]}
          close={() => setShown(undefined)}
        >
          Hand it over in a safe way. They sign in with it, and change it afterwards.
        </OnceShown>
      )}
    </Page>
  );
}

type Verb = Exclude<Dialog, 'add'>['verb'];

function Actions({ member, open }: { readonly member: StaffMember; readonly open: (verb: Verb) => void }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={`Actions for ${member.email}`}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => open('role')}>Change role</Menu.Item>
        <Menu.Item onClick={() => open('sessions')}>End sessions</Menu.Item>
        <Menu.Item onClick={() => open('reset')}>
          {member.disabledAt === null ? 'Reset password and second factor' : 'Let sign in again'}
        </Menu.Item>
        {member.disabledAt === null ? (
          <Menu.Item color="red" onClick={() => open('disable')}>
            Disable
          </Menu.Item>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}

interface MemberDialogProps {
  readonly verb: Verb;
  readonly member: StaffMember;
  readonly show: (shown: ShownPassword) => void;
  readonly close: () => void;
}

function MemberDialog({ verb, ...props }: MemberDialogProps) {
  switch (verb) {
    case 'role':
      return <ChangeRole {...props} />;
    case 'reset':
      return <ResetStaff {...props} />;
    case 'disable':
      return <DisableStaff {...props} />;
    case 'sessions':
      return <EndSessions {...props} />;
  }
}
