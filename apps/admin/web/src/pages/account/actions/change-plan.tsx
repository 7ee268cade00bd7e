import type { StaffAccountDetail, SubscriptionPreview } from '@tenantry/client';
import { Credits, Money } from '@tenantry/ui/amount';
import { Facts } from '@tenantry/ui/facts';
import { formatWords } from '@tenantry/ui/format/words';
import { Fault } from '@tenantry/ui/problem';
import { ReasonDialog } from '@tenantry/ui/reason-dialog';
import { Time } from '@tenantry/ui/time';
import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../api.ts';
import { once, send } from '../../../change.ts';

/** Asks for another plan. It shows money, credits and dates by the computation that the change makes. */
export function ChangePlan({
  account,
  close,
}: {
  readonly account: StaffAccountDetail;
  readonly close: () => void;
}) {
  const { id: accountId, name, subscription } = account;
  const [planSlug, setPlanSlug] = useState('');
  const [asked] = useDebouncedValue(planSlug.trim().toLowerCase(), 300);
  const wish = { accountId, planSlug: asked, paymentMethod: 'bank_transfer' } as const;
  const preview = useQuery({ ...api.subscription.preview.queryOptions(wish), enabled: asked !== '' });
  const isCurrent = asked === planSlug.trim().toLowerCase();
  return (
    <ReasonDialog
      title={`Change the plan of ${name}`}
      effect={
        preview.data === undefined ? (
          `It is on ${subscription.plan.name} now. Name a plan to see what the change costs and when it begins.`
        ) : (
          <Effect preview={preview.data} />
        )
      }
      action="Issue the invoice"
      isReady={isCurrent && preview.isSuccess}
      change={({ reason, idempotencyKey }) =>
        send(api.subscription.change.mutationOptions(once(idempotencyKey)), { ...wish, reason })
      }
      done={`The invoice for ${asked} is issued; the plan begins when it is paid.`}
      close={close}
    >
      <TextInput
        label="Plan"
        description="Its slug, such as growth."
        required
        value={planSlug}
        onChange={(event) => setPlanSlug(event.currentTarget.value)}
        data-autofocus
      />
      {preview.isError ? <Fault fault={preview.error} /> : null}
    </ReasonDialog>
  );
}

function Effect({ preview }: { readonly preview: SubscriptionPreview }) {
  const { kind, plan, startsAt, price, unused, total, credits, dueAt, overLimits } = preview;
  return (
    <Facts
      facts={[
        ['Plan', `${plan.name} (version ${plan.version})`],
        [
          'Kind',
          kind === 'upgrade' ? 'Upgrade: takes the place of the running period' : 'A period of its own',
        ],
        ['Begins', startsAt === null ? 'When the invoice is paid' : <Time key="begins" at={startsAt} />],
        ['Price', <Money key="price" {...price} />],
        [
          'Unused part',
          unused.amount === 0 ? undefined : (
            <Money key="unused" amount={-unused.amount} currency={unused.currency} />
          ),
        ],
        [
          'To be paid',
          <b key="total">
            <Money {...total} />
          </b>,
        ],
        ['Due', <Time key="due" at={dueAt} as="day" />],
        ['Credits', <Credits key="credits" value={credits} />],
        ['Over the limits', overLimits.length === 0 ? undefined : overLimits.map(formatWords).join(', ')],
      ]}
    />
  );
}
