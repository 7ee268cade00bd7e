import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { ConfirmDialog, type ConfirmDialogProps } from './confirm-dialog.tsx';

/** What a change is told besides its own input. */
export interface ReasonedChange {
  readonly reason: string;
  /** The same for every try of one dialog, so that a try whose answer was lost changes nothing twice. */
  readonly idempotencyKey: string;
}

interface ReasonDialogProps extends Omit<ConfirmDialogProps, 'change'> {
  /** Does it. The dialog closes when it resolves, and shows what was refused when it throws. */
  readonly change: (change: ReasonedChange) => Promise<unknown>;
}

/** Asks for a reason before a change, names its object, and shows what it will do. It is mounted while it is open. */
export function ReasonDialog({ change, children, isReady = true, ...dialog }: ReasonDialogProps) {
  const [reason, setReason] = useState('');
  return (
    <ConfirmDialog
      {...dialog}
      isReady={isReady && reason.trim() !== ''}
      change={(idempotencyKey) => change({ reason: reason.trim(), idempotencyKey })}
    >
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
    </ConfirmDialog>
  );
}
