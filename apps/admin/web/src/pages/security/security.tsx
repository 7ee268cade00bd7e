import { Page } from '@tenantry/ui/page';
import { Loaded } from '@tenantry/ui/state';
import { type Column, DataTable } from '@tenantry/ui/table';
import { Time } from '@tenantry/ui/time';
import type { OwnStaffSession } from '@tenantry/client';
import { Alert, Button, Card, Stack, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { api, queryClient } from '../../api.ts';
import { useSession } from '../../session.ts';
import { ChangePassword } from './change-password.tsx';
import { SecondFactor } from './second-factor.tsx';

/** What the signed-in person signs in with, and where they are signed in. */
export function SecurityPage() {
  const { secondFactor, requiresSecondFactor } = useSession();
  return (
    <Page title="Your security" subtitle="What you sign in with, and where you are signed in.">
      {requiresSecondFactor && secondFactor === null ? (
        <Alert color="yellow" title="Set up a second factor first">
          Staff sign in with a password and a code of an authenticator app. Until it is set up, you can do
          nothing else here.
        </Alert>
      ) : null}
      <Card withBorder>
        <Stack>
          <Title order={2} size="h4">
            Second factor
          </Title>
          <SecondFactor />
        </Stack>
      </Card>
      <Card withBorder>
        <Stack>
          <Title order={2} size="h4">
            Password
          </Title>
          <ChangePassword />
        </Stack>
      </Card>
      <Sessions />
    </Page>
  );
}

function Sessions() {
  const query = useQuery(api.session.list.queryOptions({}));
  const end = useMutation({
    ...api.session.end.mutationOptions(),
    onSuccess: async () => queryClient.invalidateQueries({ queryKey: api.session.list.queryKey() }),
  });
  const columns: readonly Column<OwnStaffSession>[] = [
    { name: 'began', heading: 'Began', cell: ({ createdAt }) => <Time at={createdAt} /> },
    { name: 'address', heading: 'From', cell: ({ address }) => address ?? '–' },
    { name: 'used', heading: 'Last used', cell: ({ lastUsedAt }) => <Time at={lastUsedAt} as="distance" /> },
    { name: 'ends', heading: 'Ends at the latest', cell: ({ expiresAt }) => <Time at={expiresAt} /> },
    {
      name: 'end',
      heading: 'End',
      cell: ({ id, isCurrent, createdAt }) =>
        isCurrent ? (
          'This session'
        ) : (
          <Button
            size="xs"
            variant="default"
            aria-label={`End the session of ${createdAt}`}
            onClick={() => end.mutate({ sessionId: id })}
          >
            End
          </Button>
        ),
    },
  ];
  return (
    <Stack gap="sm">
      <Title order={2} size="h4">
        Sessions
      </Title>
      <Loaded query={query}>
        {({ items }) => (
          <DataTable
            label="Your sessions"
            columns={columns}
            rows={items}
            rowKey={({ id }) => id}
            empty="You have no other session"
          />
        )}
      </Loaded>
    </Stack>
  );
}
