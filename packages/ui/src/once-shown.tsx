import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Copy } from './copy.tsx';

interface OnceShownProps {
  readonly title: string;
  /** What to do with it, in sentences. */
  readonly children: ReactNode;
  /** What is shown, each with what it is. A replayed answer has null. */
  readonly values: readonly { readonly label: string; readonly value: string | null }[];
  readonly close: () => void;
}

/** Shows a secret that no later answer has. It closes by its button alone, so that no stray click loses it. */
export function OnceShown({ title, children, values, close }: OnceShownProps) {
  return (
    <Modal
      opened
      onClose={close}
      title={title}
      size="lg"
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <Stack>
        <Alert color="yellow" variant="light">
          <Text size="sm" component="div">
            {children} It is shown only now.
          </Text>
        </Alert>
        {values.map(({ label, value }) => (
          <div key={label}>
            <Text size="sm" c="dimmed">
              {label}
            </Text>
            {value === null ? (
              <Text size="sm">It was shown before and is not kept.</Text>
            ) : (
              <Copy value={value} label={label.toLowerCase()} />
            )}
          </div>
        ))}
        <Group justify="flex-end">
          <Button onClick={close}>I have kept it</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
