import { Drawer, Stack } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** Shows the one thing that the URL opens, beside the list. */
export function SidePanel({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const navigate = useNavigate({ from: '/catalogue' });
  return (
    <Drawer
      opened
      onClose={() => void navigate({ search: ({ open: _open, ...others }) => others })}
      title={title}
      position="right"
      size="xl"
    >
      <Stack gap="lg">{children}</Stack>
    </Drawer>
  );
}
