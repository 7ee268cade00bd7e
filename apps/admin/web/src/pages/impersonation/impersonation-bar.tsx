import type { Impersonation } from '@tenantry/client';
import { Time } from '@tenantry/ui/time';
import { Button, Group, Text } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { api, queryClient } from '../../api.ts';
import { usePower } from '../../session.ts';

/** How often the bar asks whether an impersonation is still open, in milliseconds. */
const askMilliseconds = 15_000;

/** Names every impersonation that the signed-in person has open. It cannot be hidden; it goes when they have ended. */
export function ImpersonationBar() {
  const may = usePower('account:impersonate');
  const query = useQuery({
    ...api.impersonation.list.queryOptions({ isOpen: true, isOwn: true }),
    enabled: may,
    refetchInterval: askMilliseconds,
  });
  return query.data?.items.map((one) => <Bar key={one.id} one={one} />) ?? null;
}

function Bar({
  one: { id, accountId, accountName, userEmail, userId, expiresAt },
}: {
  readonly one: Impersonation;
}) {
  const end = useMutation({
    ...api.impersonation.end.mutationOptions(),
    onSettled: async () => queryClient.invalidateQueries({ queryKey: api.impersonation.pathKey() }),
  });
  return (
    <Group
      role="status"
      aria-label="Open impersonation"
      bg="yellow.3"
      c="black"
      px="md"
      py={6}
      gap="sm"
      justify="space-between"
      style={{ position: 'sticky', top: 'var(--app-shell-header-height, 0)', zIndex: 90 }}
    >
      <Group gap="xs" wrap="nowrap" style={{ minWidth: 0 }}>
        <IconEye size={18} aria-hidden style={{ flexShrink: 0 }} />
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          You impersonate <b>{userEmail ?? userId}</b> of <b>{accountName}</b> until <Time at={expiresAt} />.
        </Text>
      </Group>
      <Button
        size="xs"
        color="dark"
        loading={end.isPending}
        onClick={() => end.mutate({ accountId, impersonationId: id })}
      >
        End it now
      </Button>
    </Group>
  );
}
