import type { StaffMember } from '@tenantry/client';
import { type StaffRole, powersOf, staffRoles } from '@tenantry/domain/permissions';
import { formatWords } from '@tenantry/ui/format/words';
import { ReasonDialog } from '@tenantry/ui/reason-dialog';
import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../api.ts';
import { once, send } from '../../change.ts';

/** A password that is shown once, and whose it is. */
export interface ShownPassword {
  readonly email: string;
  readonly password: string | null;
}

interface DialogProps {
  readonly member: StaffMember;
  readonly show: (shown: ShownPassword) => void;
  readonly close: () => void;
}

const roleOptions = staffRoles.map((role) => ({ value: role, label: formatWords(role) }));
const isRole = (text: string): text is StaffRole => staffRoles.some((role) => role === text);

function RoleField({ role, set }: { readonly role: StaffRole; readonly set: (role: StaffRole) => void }) {
  return (
    <NativeSelect
      label="Role"
      description={`May: ${powersOf(role).join(', ')}`}
      data={roleOptions}
      value={role}
      onChange={({ currentTarget: { value } }) => (isRole(value) ? set(value) : undefined)}
    />
  );
}

/** Adds a member of staff. */
export function AddStaff({ show, close }: Omit<DialogProps, 'member'>) {
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<StaffRole>('support');
  return (
    <ReasonDialog
      title="Add staff"
      effect="They can sign in at this console with a password that you are shown once. In production they set up a second factor first."
      action="Add"
      isReady={email.trim() !== ''}
      change={async ({ reason, idempotencyKey }) =>
        show(await send(api.staff.create.mutationOptions(once(idempotencyKey)), { email, role, reason }))
      }
      done={`${email} was added.`}
      close={close}
    >
      <TextInput
        label="E-mail"
        type="email"
        required
        data-autofocus
        value={email}
        onChange={({ currentTarget: { value } }) => setEmail(value)}
      />
      <RoleField role={role} set={setRole} />
    </ReasonDialog>
  );
}

/** Gives a member of staff another role. */
export function ChangeRole({ member: { id: staffId, email, role: former }, close }: DialogProps) {
  const [role, setRole] = useState<StaffRole>(former);
  return (
    <ReasonDialog
      title={`Change the role of ${email}`}
      effect="The new role counts from their next call, and ends what they impersonate."
      action="Change role"
      isReady={role !== former}
      change={({ reason, idempotencyKey }) =>
        send(api.staff.update.mutationOptions(once(idempotencyKey)), { staffId, role, reason })
      }
      done={`${email} has another role.`}
      close={close}
    >
      <RoleField role={role} set={setRole} />
    </ReasonDialog>
  );
}

/** Gives a member of staff a new password, and removes their second factor. */
export function ResetStaff({ member: { id: staffId, email, disabledAt }, show, close }: DialogProps) {
  return (
    <ReasonDialog
      title={disabledAt === null ? `Reset ${email}` : `Let ${email} sign in again`}
      effect="They get a new password, which you are shown once. Their second factor is removed, and every session of theirs ends."
      action={disabledAt === null ? 'Reset' : 'Let sign in again'}
      isDangerous
      change={async ({ reason, idempotencyKey }) => {
        const input = { staffId, enable: disabledAt !== null, reason };
        show(await send(api.staff.reset.mutationOptions(once(idempotencyKey)), input));
      }}
      done={`${email} has a new password.`}
      close={close}
    />
  );
}

/** Refuses a member of staff every sign-in. */
export function DisableStaff({ member: { id: staffId, email }, close }: DialogProps) {
  return (
    <ReasonDialog
      title={`Disable ${email}`}
      effect="They can no longer sign in. Every session of theirs, and what they impersonate, ends now. Their records stay."
      action="Disable"
      isDangerous
      change={({ reason, idempotencyKey }) =>
        send(api.staff.disable.mutationOptions(once(idempotencyKey)), { staffId, reason })
      }
      done={`${email} is disabled.`}
      close={close}
    />
  );
}

/** Ends every session of a member of staff. */
export function EndSessions({ member: { id: staffId, email }, close }: DialogProps) {
  return (
    <ReasonDialog
      title={`End the sessions of ${email}`}
      effect="They are signed out everywhere, and can sign in again."
      action="End sessions"
      change={({ reason, idempotencyKey }) =>
        send(api.staff.endSessions.mutationOptions(once(idempotencyKey)), { staffId, reason })
      }
      done={`The sessions of ${email} have ended.`}
      close={close}
    />
  );
}
