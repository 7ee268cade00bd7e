import { ActionIcon, Menu, Text } from '@mantine/core';
import { IconLogout, IconShieldLock, IconUser } from '@tabler/icons-react';
import { formatWords } from '@tenantry/ui/format/words';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, queryClient } from '../api.ts';
import { useSession } from '../session.ts';

/** Who is signed in, and the way out. */
export function PersonMenu() {
  const { staff } = useSession();
  const signOut = useMutation({
    ...api.session.delete.mutationOptions(),
    // The page is loaded anew, so that nothing of this person stays in its memory.
    onSettled: () => {
      queryClient.clear();
      window.location.assign('/sign-in');
    },
  });
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon variant="default" size="lg" aria-label={`Signed in as ${staff.email}`}>
          <IconUser size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="var(--mantine-color-text)" truncate>
            {staff.email}
          </Text>
          <Text size="xs">{formatWords(staff.role)}</Text>
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item component={Link} to="/security" leftSection={<IconShieldLock size={16} aria-hidden />}>
          Your security
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => signOut.mutate({})}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
