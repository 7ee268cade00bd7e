import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useId } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Fault } from './problem.tsx';

/** What a dialog before a change shows, and what it does. */
export interface ConfirmDialogProps {
  /** What will be done, as a command. It names its object. */
  readonly title: string;
  /** What it will do, in sentences, before it does. */
  readonly effect: ReactNode;
  /** The words of the button. */
  readonly action: string;
  readonly isDangerous?: boolean;
  readonly children?: ReactNode;
  /** Whether the fields allow the change to be sent. */
  readonly isReady?: boolean;
  /** Does it, with a key that is the same for every try of this dialog. */
  readonly change: (idempotencyKey: string) => Promise<unknown>;
  /** What a notification says when it is done. */
  readonly done: string;
  readonly close: () => void;
}

/** Shows what a change will do before it does, and sends it once. It is mounted while it is open. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, effect, action, isDangerous = false, children, isReady = true, change, done, close } = props;
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const [state, setState] = useState<{ isSending: boolean; fault?: unknown }>({ isSending: false });
  const effectId = useId();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setState({ isSending: true });
    try {
      await change(idempotencyKey);
      notifications.show({ message: done, color: 'green' });
      close();
    } catch (fault) {
      setState({ isSending: false, fault });
    }
  };
  return (
    <Modal opened onClose={close} title={title} aria-describedby={effectId} size="lg">
      <form onSubmit={(event) => void submit(event)}>
        <Stack>
          <Alert id={effectId} color={isDangerous ? 'red' : 'blue'} variant="light">
            <Text size="sm" component="div">
              {effect}
            </Text>
          </Alert>
          {children}
          {state.fault === undefined ? null : <Fault fault={state.fault} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button
              type="submit"
              color={isDangerous ? 'red' : 'indigo'}
              loading={state.isSending}
              disabled={!isReady}
            >
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
