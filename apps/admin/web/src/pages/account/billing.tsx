import type { Invoice, Payment } from '@tenantry/client';
import { Money } from '@tenantry/ui/amount';
import { StatusBadge } from '@tenantry/ui/badge';
import { Copy } from '@tenantry/ui/copy';
import { formatWords } from '@tenantry/ui/format/words';
import { Empty } from '@tenantry/ui/state';
import type { Column } from '@tenantry/ui/table';
import { Time } from '@tenantry/ui/time';
import { Anchor, Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../api.ts';
import { PagedTable, usePaged } from '../../paged-table.tsx';
import { usePower } from '../../session.ts';
import { RefundPayment } from './actions/refund-payment.tsx';
import { VoidInvoice } from './actions/void-invoice.tsx';
import { Section } from './section.tsx';

/** The invoices of an account with their PDFs, and its payments. */
export function Billing({ accountId }: { readonly accountId: string }) {
  return (
    <Stack>
      <Section title="Invoices">
        <Invoices accountId={accountId} />
      </Section>
      <Section title="Payments">
        <Payments accountId={accountId} />
      </Section>
    </Stack>
  );
}

function Invoices({ accountId }: { readonly accountId: string }) {
  const query = usePaged((cursor) => api.invoice.list.queryOptions({ accountId, limit: 20, cursor }));
  const [voided, setVoided] = useState<Invoice>();
  const mayVoid = usePower('money:confirm');
  const columns: readonly Column<Invoice>[] = [
    {
      name: 'number',
      heading: 'Number',
      cell: ({ id, number }) => (
        <Anchor
          href={`/v1/invoices/${id}/pdf`}
          target="_blank"
          rel="noreferrer"
          size="sm"
          style={{ whiteSpace: 'nowrap' }}
          aria-label={`${number} as a PDF`}
        >
          {number}
        </Anchor>
      ),
    },
    {
      name: 'for',
      heading: 'For',
      cell: ({ kind, planSlug, packageSlug }) => `${formatWords(kind)} ${planSlug ?? packageSlug ?? ''}`,
    },
    {
      name: 'issued',
      heading: 'Issued',
      cell: ({ createdAt, dueAt }) => (
        <>
          <Time at={createdAt} as="day" />
          <Text size="xs" c="dimmed" component="div">
            due <Time at={dueAt} as="day" />
          </Text>
        </>
      ),
    },
    {
      name: 'reference',
      heading: 'Reference',
      isWideOnly: true,
      cell: ({ reference }) => <Copy value={reference} label="the reference" />,
    },
    { name: 'total', heading: 'Total', isNumber: true, cell: ({ total }) => <Money {...total} /> },
    { name: 'left', heading: 'Left', isNumber: true, cell: ({ due }) => <Money {...due} /> },
    {
      name: 'status',
      heading: 'Status',
      cell: ({ status, voidReason }) => (
        <StatusBadge
          status={status}
          label={voidReason === null ? formatWords(status) : `Void: ${voidReason}`}
        />
      ),
    },
    {
      name: 'void',
      heading: 'Change',
      cell: (invoice) =>
        mayVoid && (invoice.status === 'open' || invoice.status === 'partially_paid') ? (
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => setVoided(invoice)}
            aria-label={`Void ${invoice.number}`}
          >
            Void
          </Button>
        ) : (
          '–'
        ),
    },
  ];
  return (
    <>
      <PagedTable
        label="Invoices"
        query={query}
        columns={columns}
        rowKey={({ id }) => id}
        empty={<Empty title="No invoice yet">A change to a paid plan issues the first one.</Empty>}
      />
      {voided === undefined ? null : <VoidInvoice invoice={voided} close={() => setVoided(undefined)} />}
    </>
  );
}

function Payments({ accountId }: { readonly accountId: string }) {
  const query = usePaged((cursor) =>
    api.payment.listOfAccount.queryOptions({ accountId, limit: 20, cursor }),
  );
  const [refunded, setRefunded] = useState<Payment>();
  const mayRefund = usePower('money:confirm');
  const columns: readonly Column<Payment>[] = [
    { name: 'payer', heading: 'Payer', cell: ({ payerName }) => payerName },
    { name: 'submitted', heading: 'Submitted', cell: ({ createdAt }) => <Time at={createdAt} as="day" /> },
    {
      name: 'confirmed',
      heading: 'Confirmed',
      cell: ({ confirmedAt }) => <Time at={confirmedAt} as="day" />,
    },
    {
      name: 'bank',
      heading: 'Bank reference',
      isWideOnly: true,
      cell: ({ externalPaymentId }) => externalPaymentId ?? '–',
    },
    { name: 'total', heading: 'Amount', isNumber: true, cell: ({ total }) => <Money {...total} /> },
    {
      name: 'refunded',
      heading: 'Refunded',
      isNumber: true,
      cell: ({ refunded: back }) => <Money {...back} />,
    },
    { name: 'status', heading: 'Status', cell: (payment) => <PaymentStatus payment={payment} /> },
    {
      name: 'change',
      heading: 'Change',
      cell: (payment) =>
        mayRefund && payment.status === 'succeeded' ? (
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => setRefunded(payment)}
            aria-label={`Refund the payment of ${payment.payerName}`}
          >
            Refund
          </Button>
        ) : (
          '–'
        ),
    },
  ];
  return (
    <>
      <PagedTable
        label="Payments"
        query={query}
        columns={columns}
        rowKey={({ id }) => id}
        empty={<Empty title="No payment yet">What the account submits, or staff book, appears here.</Empty>}
      />
      {refunded === undefined ? null : (
        <RefundPayment payment={refunded} close={() => setRefunded(undefined)} />
      )}
    </>
  );
}

/** What became of a payment, and why where staff said so. */
function PaymentStatus({ payment: { status, reason } }: { readonly payment: Payment }) {
  return (
    <>
      <StatusBadge status={status} />
      {reason === null ? null : (
        <Text size="xs" c="dimmed" component="div">
          {reason}
        </Text>
      )}
    </>
  );
}
