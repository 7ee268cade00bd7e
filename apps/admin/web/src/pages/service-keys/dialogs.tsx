import type { ServiceKey } from '@tenantry/client';
import { type ServiceScope, serviceScopes } from '@tenantry/domain/permissions';
import { ConfirmDialog } from '@tenantry/ui/confirm-dialog';
import { Checkbox, NativeSelect, NumberInput, SimpleGrid, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../api.ts';
import { once, send } from '../../change.ts';

/** A secret that is shown once, and the key that it belongs to. */
export interface ShownSecret {
  readonly name: string;
  readonly secret: string | null;
}

interface DialogProps {
  readonly serviceKey: ServiceKey;
  readonly show: (shown: ShownSecret) => void;
  readonly close: () => void;
}

const isScope = (text: string): text is ServiceScope => serviceScopes.some((scope) => scope === text);

/** Makes a service key. */
export function CreateServiceKey({ show, close }: Omit<DialogProps, 'serviceKey'>) {
  const [name, setName] = useState('');
  const [mode, setMode] = useState<'live' | 'test'>('live');
  const [scopes, setScopes] = useState<readonly ServiceScope[]>(['credential:verify']);
  return (
    <ConfirmDialog
      title="Create a service key"
      effect="Whoever holds the key acts for every account, as far as its scopes go. Its secret is shown once."
      action="Create"
      isReady={name.trim() !== '' && scopes.length > 0}
      change={async (idempotencyKey) => {
        const input = { name, mode, scopes: [...scopes] };
        show(await send(api.serviceKey.create.mutationOptions(once(idempotencyKey)), input));
      }}
      done={`The key ${name} was made.`}
      close={close}
    >
      <TextInput
        label="Name"
        required
        data-autofocus
        value={name}
        onChange={({ currentTarget: { value } }) => setName(value)}
      />
      <NativeSelect
        label="Mode"
        data={[
          { value: 'live', label: 'Live: acts for every account' },
          { value: 'test', label: 'Test: acts for sandbox accounts alone' },
        ]}
        value={mode}
        onChange={({ currentTarget: { value } }) => setMode(value === 'test' ? 'test' : 'live')}
      />
      <Checkbox.Group
        label="Scopes"
        value={[...scopes]}
        onChange={(values) => setScopes(values.filter(isScope))}
      >
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" mt="xs">
          {serviceScopes.map((scope) => (
            <Checkbox key={scope} value={scope} label={scope} />
          ))}
        </SimpleGrid>
      </Checkbox.Group>
    </ConfirmDialog>
  );
}

/** Replaces a service key, with a time in which both work. */
export function RotateServiceKey({ serviceKey: { id, name }, show, close }: DialogProps) {
  const [hours, setHours] = useState(24);
  return (
    <ConfirmDialog
      title={`Rotate ${name}`}
      effect={`A new key takes its place. The old one works for ${hours} more hours.`}
      action="Rotate"
      change={async (idempotencyKey) => {
        const input = { serviceKeyId: id, overlapSeconds: hours * 3600 };
        show(await send(api.serviceKey.rotate.mutationOptions(once(idempotencyKey)), input));
      }}
      done={`${name} was rotated.`}
      close={close}
    >
      <NumberInput
        label="Hours"
        description="For how long the old key works too."
        min={0}
        max={168}
        clampBehavior="strict"
        allowDecimal={false}
        value={hours}
        onChange={(value) => setHours(typeof value === 'number' ? value : 0)}
      />
    </ConfirmDialog>
  );
}

/** Ends a service key for good. */
export function RevokeServiceKey({ serviceKey: { id, name }, close }: Omit<DialogProps, 'show'>) {
  return (
    <ConfirmDialog
      title={`Revoke ${name}`}
      effect="Every call with this key is refused from now on, and it cannot be undone."
      action="Revoke"
      isDangerous
      change={(idempotencyKey) =>
        send(api.serviceKey.revoke.mutationOptions(once(idempotencyKey)), { serviceKeyId: id })
      }
      done={`${name} is revoked.`}
      close={close}
    />
  );
}
