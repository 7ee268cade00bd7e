import type { StaffAccountDetail, SubscriptionExtension } from '@tenantry/client';
import { Credits } from '@tenantry/ui/amount';
import { Fault } from '@tenantry/ui/problem';
import { ReasonDialog } from '@tenantry/ui/reason-dialog';
import { Time } from '@tenantry/ui/time';
import { NumberInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../api.ts';
import { once, send } from '../../../change.ts';

/** The most days that are added at once; the server refuses more. */
const daysMax = 90;

/** Makes a trial or grace longer. It shows what the days bring, by the computation that the change makes. */
export function Extend({
  account,
  close,
}: {
  readonly account: StaffAccountDetail;
  readonly close: () => void;
}) {
  const { id: accountId, name } = account;
  const [given, setGiven] = useState<number | string>(7);
  const days = Number(given);
  const isValid = Number.isInteger(days) && days >= 1 && days <= daysMax;
  const preview = useQuery({
    ...api.subscription.previewExtension.queryOptions({ accountId, days }),
    enabled: isValid,
    placeholderData: keepPreviousData,
  });
  return (
    <ReasonDialog
      title={`Give ${name} more time`}
      effect={
        preview.data === undefined ? 'Computing what the days bring …' : <Effect extension={preview.data} />
      }
      action="Extend"
      isReady={isValid && preview.isSuccess && !preview.isPlaceholderData}
      change={({ reason, idempotencyKey }) =>
        send(api.subscription.extend.mutationOptions(once(idempotencyKey)), { accountId, days, reason })
      }
      done={`${name} has ${days} more days.`}
      close={close}
    >
      <NumberInput
        label="Days"
        required
        allowDecimal={false}
        min={1}
        max={daysMax}
        value={given}
        onChange={setGiven}
        data-autofocus
      />
      {preview.isError ? <Fault fault={preview.error} /> : null}
    </ReasonDialog>
  );
}

function Effect({
  extension: { kind, from, until, planCredits, standing },
}: {
  readonly extension: SubscriptionExtension;
}) {
  const isOver = new Date(from) <= new Date();
  return (
    <>
      {kind === 'trial' ? 'The trial' : 'Grace'} {isOver ? 'ended' : 'would end'} <Time at={from} />, and ends{' '}
      <b>
        <Time at={until} />
      </b>{' '}
      instead. The account is {standing.state === 'refused' ? 'still refused' : 'usable'} until then, with{' '}
      <Credits value={planCredits} /> credits of the plan. Nothing is paid by it.
    </>
  );
}
