import { Fault } from '@tenantry/ui/problem';
import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';

/** Sets another password, with the one that is set now. */
export function ChangePassword() {
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNew] = useState('');
  const change = useMutation({
    ...api.me.changePassword.mutationOptions(),
    onSuccess: () => {
      setCurrent('');
      setNew('');
      notifications.show({
        message: 'Your password was changed, and your other sessions ended.',
        color: 'green',
      });
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate({ currentPassword, newPassword });
      }}
    >
      <Stack maw={420}>
        <PasswordInput
          label="Current password"
          autoComplete="current-password"
          value={currentPassword}
          onChange={({ currentTarget: { value } }) => setCurrent(value)}
        />
        <PasswordInput
          label="New password"
          description="At least 10 characters."
          autoComplete="new-password"
          value={newPassword}
          onChange={({ currentTarget: { value } }) => setNew(value)}
        />
        {change.isError ? <Fault fault={change.error} /> : null}
        <Group>
          <Button
            type="submit"
            variant="default"
            loading={change.isPending}
            disabled={currentPassword === '' || newPassword === ''}
          >
            Change password
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
