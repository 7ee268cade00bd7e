import { Alert, Button, Code, Group, List, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconLock, IconMoodEmpty } from '@tabler/icons-react';
import { type Problem, problemOf } from '@tenantry/client';

/** What to tell a person about a fault: the detail of a problem, or that the server was not reached. */
export function faultText(fault: unknown): string {
  const problem = problemOf(fault);
  return problem === undefined
    ? 'The server was not reached. Check the connection and try again.'
    : problem.detail;
}

interface FaultProps {
  readonly fault: unknown;
  /** Tries again; a fault that nothing can be done about has no button. */
  readonly retry?: () => void;
}

/** Shows a fault with what is wrong, the request id to quote, and a way to try again. */
export function Fault({ fault, retry }: FaultProps) {
  const problem = problemOf(fault);
  if (problem?.code === 'role_forbids') return <NoPermission />;
  if (problem?.code === 'not_found') return <NotFound />;
  return (
    <Alert
      color="red"
      role="alert"
      title={problem?.title ?? 'The server does not answer'}
      icon={<IconAlertTriangle aria-hidden />}
    >
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{faultText(fault)}</Text>
        <FaultDetails problem={problem} />
        {retry === undefined ? null : (
          <Button size="xs" variant="default" onClick={retry}>
            Try again
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

function FaultDetails({ problem }: { readonly problem: Problem | undefined }) {
  if (problem === undefined) return null;
  return (
    <>
      {problem.errors === undefined ? null : (
        <List size="sm">
          {problem.errors.map(({ path, message }) => (
            <List.Item key={`${path} ${message}`}>{path === '' ? message : `${path}: ${message}`}</List.Item>
          ))}
        </List>
      )}
      <Group gap={6}>
        <Text size="xs" c="dimmed">
          Request
        </Text>
        <Code>{problem.requestId}</Code>
      </Group>
    </>
  );
}

/** Stands in place of what the signed-in person may not see. */
export function NoPermission() {
  return (
    <Alert color="gray" title="You may not see this" icon={<IconLock aria-hidden />} role="alert">
      Your role does not include this page. A platform admin can change your role.
    </Alert>
  );
}

/** Stands in place of what is not there. */
export function NotFound() {
  return (
    <Alert color="gray" title="Nothing is here" icon={<IconMoodEmpty aria-hidden />} role="alert">
      It was removed, or the address of this page has a mistake. Search for it by Ctrl K.
    </Alert>
  );
}
