import { Alert, Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useId } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Fault } from './problem.tsx';

/** What a change is told besides its own input. */
export interface ReasonedChange {
  readonly reason: string;
  /** The same for every try of one dialog, so that a try whose answer was lost changes nothing twice. */
  readonly idempotencyKey: string;
}

interface ReasonDialogProps {
  /** What will be done, as a command: `Suspend Acme Ltd`. It names its object. */
  readonly title: string;
  /** What it will do, in sentences, before it does. */
  readonly effect: ReactNode;
  /** The words of the button: `Suspend`. */
  readonly action: string;
  /** Takes something away, or cannot be undone. */
  readonly isDangerous?: boolean;
  /** Fields of the change's own, above the reason. */
  readonly children?: ReactNode;
  /** Whether the fields allow the change to be sent. */
  readonly isReady?: boolean;
  /** Does it. The dialog closes when it resolves, and shows what was refused when it throws. */
  readonly change: (change: ReasonedChange) => Promise<unknown>;
  /** What a notification says when it is done: `Acme Ltd is suspended.` */
  readonly done: string;
  readonly close: () => void;
}

/** Asks for a reason before a change, names its object, and shows what it will do. It is mounted while it is open. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { title, effect, action, isDangerous = false, children, isReady = true, change, done, close } = props;
  const [reason, setReason] = useState('');
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const [state, setState] = useState<{ isSending: boolean; fault?: unknown }>({ isSending: false });
  const effectId = useId();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setState({ isSending: true });
    try {
      await change({ reason: reason.trim(), idempotencyKey });
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
          <Textarea
            label="Reason"
            description="It is kept with the change, and others will read it."
            required
            data-autofocus={children === undefined ? true : undefined}
            autosize
            minRows={2}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {state.fault === undefined ? null : <Fault fault={state.fault} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button
              type="submit"
              color={isDangerous ? 'red' : 'indigo'}
              loading={state.isSending}
              disabled={reason.trim() === '' || !isReady}
            >
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
