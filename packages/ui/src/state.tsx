import { Center, Skeleton, Stack, Text, ThemeIcon } from '@mantine/core';
import { IconInbox } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Fault } from './problem.tsx';

interface LoadedProps<T> {
  readonly query: UseQueryResult<T, unknown>;
  readonly children: (data: T) => ReactNode;
  /** How many lines stand in for what is loading. */
  readonly lines?: number;
}

/** Shows the data of a query when it is there, and until then that it loads, or why it did not. */
export function Loaded<T>({ query, children, lines = 4 }: LoadedProps<T>) {
  if (query.isSuccess) return <>{children(query.data)}</>;
  if (query.isError) return <Fault fault={query.error} retry={() => void query.refetch()} />;
  return <Loading lines={lines} />;
}

/** Stands in for what is loading, at about its size, so that nothing jumps. */
export function Loading({ lines = 4 }: { readonly lines?: number }) {
  return (
    <Stack gap="sm" aria-busy="true" aria-label="Loading" role="status">
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} height={28} />
      ))}
    </Stack>
  );
}

interface EmptyProps {
  readonly title: string;
  readonly children?: ReactNode;
}

/** Says that there is nothing, and what would make something appear. */
export function Empty({ title, children }: EmptyProps) {
  return (
    <Center py="xl">
      <Stack align="center" gap="xs" maw={420}>
        <ThemeIcon variant="light" color="gray" size="xl" radius="xl">
          <IconInbox aria-hidden />
        </ThemeIcon>
        <Text fw={600}>{title}</Text>
        {children === undefined ? null : (
          <Text size="sm" c="dimmed" ta="center" component="div">
            {children}
          </Text>
        )}
      </Stack>
    </Center>
  );
}
