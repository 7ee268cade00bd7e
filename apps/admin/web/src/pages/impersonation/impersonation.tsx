import type { Impersonation } from '@tenantry/client';
import { StatusBadge } from '@tenantry/ui/badge';
import { OnceShown } from '@tenantry/ui/once-shown';
import { Page } from '@tenantry/ui/page';
import { ReasonDialog } from '@tenantry/ui/reason-dialog';
import type { Column } from '@tenantry/ui/table';
import { Time } from '@tenantry/ui/time';
import { Button, NumberInput, TextInput } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../api.ts';
import { once, send } from '../../change.ts';
import { PagedTable, usePaged } from '../../paged-table.tsx';

const stateOf = ({ endedAt, expiresAt }: Impersonation) =>
  endedAt === null && Date.parse(expiresAt) > Date.now() ? 'open' : 'ended';

const columns: readonly Column<Impersonation>[] = [
  { name: 'account', heading: 'Account', cell: ({ accountName }) => accountName },
  { name: 'member', heading: 'As', cell: ({ userEmail, userId }) => userEmail ?? userId },
  { name: 'staff', heading: 'By', cell: ({ staffEmail }) => staffEmail },
  { name: 'reason', heading: 'Why', cell: ({ reason }) => reason },
  { name: 'began', heading: 'Began', cell: ({ createdAt }) => <Time at={createdAt} /> },
  { name: 'ends', heading: 'Ends', cell: ({ endedAt, expiresAt }) => <Time at={endedAt ?? expiresAt} /> },
  { name: 'state', heading: 'State', cell: (one) => <StatusBadge status={stateOf(one)} /> },
];

/** Who looked at which account as which member, and the way to do so. */
export function ImpersonationPage() {
  const { accountId, userId } = useSearch({ from: '/signed-in/impersonations' });
  const [isOpen, setOpen] = useState(accountId !== undefined);
  const [credential, setCredential] = useState<{ readonly value: string | null }>();
  const query = usePaged((cursor) => api.impersonation.list.queryOptions({ cursor }));
  return (
    <Page
      title="Impersonation"
      subtitle="Look at an account as one of its members does. It reads, and changes nothing."
      actions={<Button onClick={() => setOpen(true)}>Impersonate a member</Button>}
    >
      <PagedTable
        query={query}
        label="Impersonations"
        columns={columns}
        rowKey={({ id }) => id}
        empty="Nobody was impersonated"
      />
      {isOpen ? (
        <Begin
          given={{ accountId: accountId ?? '', userId: userId ?? '' }}
          show={(value) => setCredential({ value })}
          close={() => setOpen(false)}
        />
      ) : null}
      {credential === undefined ? null : (
        <OnceShown
          title="Credential of the impersonation"
          values={[{ label: 'Credential', value: credential.value }]}
          close={() => setCredential(undefined)}
        >
          Send it to the API as the bearer of the header Authorization. It reads what the member may read, but
          for keys and webhooks, and each call with it stays on record.
        </OnceShown>
      )}
    </Page>
  );
}

interface BeginProps {
  readonly given: { readonly accountId: string; readonly userId: string };
  readonly show: (credential: string | null) => void;
  readonly close: () => void;
}

function Begin({ given, show, close }: BeginProps) {
  const [accountId, setAccount] = useState(given.accountId);
  const [userId, setUser] = useState(given.userId);
  const [minutes, setMinutes] = useState(30);
  return (
    <ReasonDialog
      title="Impersonate a member"
      effect="You read the account as this member does, until the time is over or you end it. Nothing can be changed, no credit is spent and no key is shown. The account's audit trail names you and the member."
      action="Begin"
      isReady={accountId.trim() !== '' && userId.trim() !== ''}
      change={async ({ reason, idempotencyKey }) => {
        const input = { accountId: accountId.trim(), userId: userId.trim(), minutes, reason };
        const made = await send(api.impersonation.create.mutationOptions(once(idempotencyKey)), input);
        show(made.credential);
      }}
      done="The impersonation has begun."
      close={close}
    >
      <TextInput
        label="Account"
        description="Its id."
        required
        data-autofocus
        value={accountId}
        onChange={({ currentTarget: { value } }) => setAccount(value)}
      />
      <TextInput
        label="Member"
        description="The id of the person."
        required
        value={userId}
        onChange={({ currentTarget: { value } }) => setUser(value)}
      />
      <NumberInput
        label="Minutes"
        description="After how many minutes it ends by itself, at most 60."
        min={1}
        max={60}
        clampBehavior="strict"
        allowDecimal={false}
        value={minutes}
        onChange={(value) => setMinutes(typeof value === 'number' ? value : 1)}
      />
    </ReasonDialog>
  );
}
