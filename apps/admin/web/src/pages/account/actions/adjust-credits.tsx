import type { AdjustmentPreview, StaffAccountDetail } from '@tenantry/client';
import { Credits } from '@tenantry/ui/amount';
import { formatNumber } from '@tenantry/ui/format/number';
import { Fault } from '@tenantry/ui/problem';
import { type ReasonedChange, ReasonDialog } from '@tenantry/ui/reason-dialog';
import { Group, NumberInput, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../api.ts';
import { once, send } from '../../../change.ts';

const kinds = ['adjustment', 'promo', 'purchase'] as const;
type Kind = (typeof kinds)[number];
const labels: Readonly<Record<Kind, string>> = {
  adjustment: 'Goodwill or correction',
  promo: 'Promotion',
  purchase: 'Bought elsewhere',
};

/**
 * Gives or takes credits. It shows what they become, by the rule that the change asks, and asks a second member of staff
 * where the amount is above the bound.
 */
export function AdjustCredits({
  account,
  close,
}: {
  readonly account: StaffAccountDetail;
  readonly close: () => void;
}) {
  const { id: accountId, name } = account;
  const [given, setGiven] = useState<number | string>('');
  const [kind, setKind] = useState<Kind>('adjustment');
  const [reference, setReference] = useState('');
  const amount = Number(given);
  const isNumber = given !== '' && Number.isInteger(amount) && amount !== 0;
  const [asked] = useDebouncedValue(isNumber ? amount : 0, 250);
  const preview = useQuery({
    ...api.credit.previewAdjustment.queryOptions({ accountId, amount: asked, kind }),
    enabled: asked !== 0,
  });
  const needsSecond = preview.data?.needsSecondApprover === true;
  const words = `${amount < 0 ? 'taken from' : 'given to'} ${name}`;
  const change = ({ reason, idempotencyKey }: ReasonedChange) => {
    const named = reference.trim() === '' ? {} : { reference: reference.trim() };
    const input = { accountId, amount, kind, reason, ...named };
    return needsSecond
      ? send(api.creditProposal.create.mutationOptions(once(idempotencyKey)), input)
      : send(api.credit.adjust.mutationOptions(once(idempotencyKey)), input);
  };
  return (
    <ReasonDialog
      title={`Give credits to ${name}, or take them`}
      effect={
        preview.data === undefined || !isNumber ? (
          'An amount below zero takes credits. Name one to see what the account has then.'
        ) : (
          <Effect preview={preview.data} />
        )
      }
      action={needsSecond ? 'Ask for approval' : amount < 0 ? 'Take credits' : 'Give credits'}
      isDangerous={amount < 0}
      isReady={isNumber && asked === amount && preview.isSuccess}
      change={change}
      done={
        needsSecond
          ? 'Another member of staff has to approve it.'
          : `${formatNumber(Math.abs(amount))} credits are ${words}.`
      }
      close={close}
    >
      <Group grow align="flex-start">
        <NumberInput
          label="Credits"
          required
          allowDecimal={false}
          value={given}
          onChange={setGiven}
          data-autofocus
        />
        <Select
          label="What they are"
          data={kinds.map((value) => ({ value, label: labels[value] }))}
          value={kind}
          allowDeselect={false}
          onChange={(value) => setKind(kinds.find((one) => one === value) ?? 'adjustment')}
        />
      </Group>
      <TextInput
        label="Reference"
        description="Such as a ticket: it is corrected once for one reference. May be left out."
        maxLength={100}
        value={reference}
        onChange={(event) => setReference(event.currentTarget.value)}
      />
      {preview.isError ? <Fault fault={preview.error} /> : null}
    </ReasonDialog>
  );
}

function Effect({
  preview: { before, after, needsSecondApprover, bound },
}: {
  readonly preview: AdjustmentPreview;
}) {
  return (
    <>
      Available: <Credits value={before.available} /> →{' '}
      <b>
        <Credits value={after.available} />
      </b>
      {needsSecondApprover && bound !== null ? (
        <>
          . Above <Credits value={bound} /> within a day a second member of staff decides: no credit moves
          until they approve.
        </>
      ) : (
        '. They move at once.'
      )}
    </>
  );
}
