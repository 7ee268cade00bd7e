import type { CreditProposal } from '@tenantry/client';
import { Credits } from '@tenantry/ui/amount';
import { formatNumber } from '@tenantry/ui/format/number';
import { formatWords } from '@tenantry/ui/format/words';
import { ReasonDialog } from '@tenantry/ui/reason-dialog';
import { type Column, DataTable } from '@tenantry/ui/table';
import { Time } from '@tenantry/ui/time';
import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { once, send } from '../../change.ts';
import { usePower, useSession } from '../../session.ts';
import type { Names } from './names.ts';
import { Section } from './section.tsx';

interface ProposalsProps {
  readonly accountId: string;
  readonly names: Names;
}

/** Corrections of credits that wait for a second member of staff; nothing while none does. */
export function Proposals({ accountId, names }: ProposalsProps) {
  const query = useQuery(api.creditProposal.list.queryOptions({ accountId, status: 'waiting' }));
  const [decided, setDecided] = useState<{ proposal: CreditProposal; verb: 'approve' | 'reject' }>();
  const mayDecide = usePower('credit:adjust');
  const { staff } = useSession();
  if (query.data === undefined || query.data.items.length === 0) return null;
  const columns: readonly Column<CreditProposal>[] = [
    { name: 'amount', heading: 'Amount', cell: ({ amount }) => <Credits value={amount} isChange /> },
    { name: 'kind', heading: 'Kind', cell: ({ kind }) => formatWords(kind) },
    { name: 'reason', heading: 'Reason', cell: ({ reason }) => reason },
    { name: 'by', heading: 'Asked by', cell: ({ proposedBy }) => names.actor(proposedBy) },
    { name: 'at', heading: 'When', cell: ({ proposedAt }) => <Time at={proposedAt} as="distance" /> },
    {
      name: 'decide',
      heading: 'Decide',
      cell: (proposal) => (
        <Group gap={4} wrap="nowrap">
          {mayDecide && proposal.proposedBy !== `staff:${staff.id}` ? (
            <Button size="compact-xs" onClick={() => setDecided({ proposal, verb: 'approve' })}>
              Approve
            </Button>
          ) : null}
          {mayDecide ? (
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => setDecided({ proposal, verb: 'reject' })}
            >
              {proposal.proposedBy === `staff:${staff.id}` ? 'Take back' : 'Reject'}
            </Button>
          ) : null}
        </Group>
      ),
    },
  ];
  return (
    <Section title="Waiting for a second approver">
      <DataTable
        label="Proposals"
        columns={columns}
        rows={query.data.items}
        rowKey={({ id }) => id}
        empty="None waits"
      />
      {decided === undefined ? null : (
        <Decision accountId={accountId} {...decided} close={() => setDecided(undefined)} />
      )}
    </Section>
  );
}

interface DecisionProps {
  readonly accountId: string;
  readonly proposal: CreditProposal;
  readonly verb: 'approve' | 'reject';
  readonly close: () => void;
}

function Decision({
  accountId,
  proposal: { id: proposalId, amount, reason: asked },
  verb,
  close,
}: DecisionProps) {
  const what = `${amount < 0 ? 'taking' : 'giving'} ${formatNumber(Math.abs(amount))} credits`;
  return (
    <ReasonDialog
      title={verb === 'approve' ? `Approve ${what}` : `Reject ${what}`}
      effect={
        verb === 'approve'
          ? `The credits move now. They were asked for: “${asked}”`
          : `No credit moves. They were asked for: “${asked}”`
      }
      action={verb === 'approve' ? 'Approve' : 'Reject'}
      isDangerous={verb === 'reject'}
      change={({ reason, idempotencyKey }) =>
        send(api.creditProposal[verb].mutationOptions(once(idempotencyKey)), {
          accountId,
          proposalId,
          reason,
        })
      }
      done={verb === 'approve' ? `Approved: ${what}.` : `Rejected: ${what}.`}
      close={close}
    />
  );
}
