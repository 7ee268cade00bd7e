import { Button, Drawer, Group, Stack, TextInput } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { faultOfNewName } from './draft.ts';

interface EditorProps {
  readonly title: string;
  readonly close: () => void;
  /** Shows what the change would do; nothing is changed before. */
  readonly review: () => void;
  readonly isReady?: boolean;
  readonly children: ReactNode;
}

/** A form beside the page. Its button leads to the review of the change. */
export function Editor({ title, close, review, isReady = true, children }: EditorProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    review();
  };
  return (
    <Drawer
      opened
      onClose={close}
      title={title}
      position="right"
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close the form' }}
    >
      <form onSubmit={submit}>
        <Stack>
          {children}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button type="submit" disabled={!isReady}>
              Review the change
            </Button>
          </Group>
        </Stack>
      </form>
    </Drawer>
  );
}

/** The name of something new, by which calls and files name it. It cannot be changed later. */
export function NewName({
  name,
  taken,
  change,
}: {
  readonly name: string;
  readonly taken: Readonly<Record<string, unknown>>;
  readonly change: (name: string) => void;
}) {
  return (
    <TextInput
      label="Name in calls"
      description="Lower-case letters, digits, hyphens and underscores. It cannot be changed later."
      required
      value={name}
      error={faultOfNewName(name, taken)}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}
