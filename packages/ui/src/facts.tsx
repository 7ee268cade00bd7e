import { Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** Names with their values, one below the other. A value of undefined leaves its line out. */
export function Facts({ facts }: { readonly facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <Stack gap={6} component="dl" m={0}>
      {facts.map(([name, value]) =>
        value === undefined ? null : (
          <Group key={name} gap="md" wrap="nowrap" align="baseline">
            <Text component="dt" size="sm" c="dimmed" w={140} style={{ flexShrink: 0 }}>
              {name}
            </Text>
            <Text component="dd" size="sm" m={0} style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
              {value}
            </Text>
          </Group>
        ),
      )}
    </Stack>
  );
}
