import { Alert, List, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { CataloguePlan } from '@tenantry/client';
import { Changes } from './changes.tsx';

/** What an apply of a file would do, or why it would be refused. */
export function Preview({ plan, isStale }: { readonly plan: CataloguePlan; readonly isStale: boolean }) {
  if (plan.faults.length > 0) return <Faults faults={plan.faults} />;
  if (isStale)
    return (
      <Text size="sm">
        Somebody has changed the catalogue since this page was loaded. Close this, look at what is there now,
        and make your change again.
      </Text>
    );
  if (plan.changes.length === 0) return <Text size="sm">Nothing would change.</Text>;
  return (
    <Stack gap="sm">
      <Changes changes={plan.changes} />
      <Gaps gaps={plan.gaps} />
    </Stack>
  );
}

function Faults({ faults }: { readonly faults: CataloguePlan['faults'] }) {
  return (
    <Stack gap={4}>
      <Text size="sm" fw={600}>
        This cannot be applied yet:
      </Text>
      <List size="sm">
        {faults.map(({ line, path, message }) => (
          <List.Item key={`${line} ${path} ${message}`}>
            {path === '' ? message : `${path}: ${message}`}
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}

/** What a catalogue makes impossible. It may be meant. */
export function Gaps({ gaps }: { readonly gaps: readonly string[] }) {
  if (gaps.length === 0) return null;
  return (
    <Alert
      color="yellow"
      variant="light"
      title="What this catalogue makes impossible"
      icon={<IconAlertTriangle aria-hidden />}
    >
      <List size="sm">
        {gaps.map((gap) => (
          <List.Item key={gap}>{gap}</List.Item>
        ))}
      </List>
    </Alert>
  );
}
