import { Radio, Stack } from '@mantine/core';
import type { CataloguePlan } from '@tenantry/client';
import { Loaded } from '@tenantry/ui/state';
import { ReasonDialog } from '@tenantry/ui/reason-dialog';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, client, queryClient } from '../../api.ts';
import type { Draft } from './draft.ts';
import { useFilePlan } from './plan-file.ts';
import { Preview } from './preview.tsx';

type ApplyInput = Parameters<typeof client.catalogue.applyFile.mutate>[0];
type Move = NonNullable<ApplyInput['move']>;

interface ApplyDialogProps {
  readonly draft: Draft;
  readonly close: () => void;
  /** Told once the change is made. */
  readonly applied: () => void;
}

/** Shows what a change of the catalogue does and whom it touches, asks for a reason, and makes it. */
export function ApplyDialog({ draft, close, applied }: ApplyDialogProps) {
  const { text, fingerprint } = draft;
  const plan = useFilePlan(text);
  const [move, setMove] = useState<Move>('none');
  const apply = useMutation({
    mutationFn: async ({ idempotencyKey, ...input }: ApplyInput & { idempotencyKey: string }) =>
      client.catalogue.applyFile.mutate(input, { context: { idempotencyKey } }),
  });
  const isStale = plan.data !== undefined && plan.data.fingerprint !== fingerprint;
  const isReady =
    plan.data !== undefined && plan.data.faults.length === 0 && plan.data.changes.length > 0 && !isStale;
  return (
    <ReasonDialog
      title={draft.title}
      action="Apply"
      done="The catalogue is changed."
      isReady={isReady}
      isDangerous={plan.data?.changes.some(isSevere) ?? false}
      effect={
        <Loaded query={plan} lines={3}>
          {(data) => <Preview plan={data} isStale={isStale} />}
        </Loaded>
      }
      close={close}
      change={async ({ reason, idempotencyKey }) => {
        await apply.mutateAsync({ text, fingerprint, move, reason, idempotencyKey });
        applied();
        await Promise.all([
          queryClient.invalidateQueries(api.catalogue.pathFilter()),
          queryClient.invalidateQueries(api.plan.pathFilter()),
          queryClient.invalidateQueries(api.operation.pathFilter()),
        ]);
      }}
    >
      {plan.data === undefined || !isReady ? undefined : (
        <MoveChoice plan={plan.data} move={move} choose={setMove} />
      )}
    </ReasonDialog>
  );
}

type Change = CataloguePlan['changes'][number];
/** Stops something that customers use. */
const isSevere = ({ part, change, details }: Change): boolean =>
  (part === 'operations' && change === 'remove') || details.some((detail) => detail.endsWith('→ withdrawn'));

/** Asks when accounts of a changed plan go to its new version, where there are any. */
function MoveChoice({
  plan: { changes, unmovable },
  move,
  choose,
}: {
  readonly plan: CataloguePlan;
  readonly move: Move;
  readonly choose: (move: Move) => void;
}) {
  const held = changes.filter(
    (change) => change.part === 'plans' && change.change === 'version' && change.accounts > 0,
  );
  if (held.length === 0) return null;
  const cannot = unmovable.map(({ plan, versions }) => `${plan} (version ${versions.join(', ')})`).join('; ');
  return (
    <Radio.Group
      label="Accounts that have the plan"
      description={
        cannot === ''
          ? 'They keep their version, unless you move them.'
          : `They keep their version. Accounts of ${cannot} cannot be moved: the currency or the cycle is another, or one of both versions costs nothing.`
      }
      value={move}
      onChange={(value) => choose(value === 'renewal' || value === 'now' ? value : 'none')}
    >
      <Stack gap="xs" mt="xs">
        <Radio value="none" label="Stay on their version" />
        <Radio value="renewal" label="Get the new version when they renew" disabled={cannot !== ''} />
        <Radio value="now" label="Get the new version now" disabled={cannot !== ''} />
      </Stack>
    </Radio.Group>
  );
}
