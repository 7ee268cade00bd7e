import { getAccount } from '@tenantry/db/account/queries';
import { enqueueOutboxMessage } from '@tenantry/db/audit/queries';
import type { Invoice } from '@tenantry/db/billing/entity';
import { insertInvoice } from '@tenantry/db/billing/queries';
import { insertUpgradeCredit } from '@tenantry/db/subscription/life';
import type { CreditedPart } from '@tenantry/domain/billing/buy';
import { readIssuer } from '@tenantry/db/catalogue/read';
import { type InvoiceLine, totalsOf } from '@tenantry/domain/invoice/lines';
import { customerOf } from '@tenantry/domain/invoice/parties';
import type { Context } from '../context.ts';
import { invoiceSeries, issuerFacts } from './issuer.ts';
import { payFromBalance } from './fulfil.ts';
import { openInvoiceData } from '../invoice/message.ts';

/** What an invoice sells: a period of a plan version, a better plan version at once, or a package version. */
export type InvoiceSubject =
  | { kind: 'subscription'; planId: string }
  /** What it takes off the price of the plan is remembered until it is paid. */
  | { kind: 'upgrade'; planId: string; credited: CreditedPart }
  | { kind: 'package'; packageId: string };

/** What an invoice is made from. */
export type InvoiceOrder = InvoiceSubject & {
  /** In minor units of the currency, with the tax in them. */
  lines: readonly InvoiceLine[];
  currency: string;
  /** The period [startsAt, endsAt) that is paid for, where it is known; null for none. */
  period: { startsAt: Date; endsAt: Date } | null;
  dueAt: Date;
};

/**
 * Writes an invoice: the issuer, its payee for the currency and the customer as they are now, the totals of the lines,
 * a reference to pay under, and the next number of the issuer's series. Every invoice is written here. The account is
 * locked, and the series stays locked until the transaction ends, so this comes late in it. The account's balance of the
 * currency pays as much of it as it can, and an invoice that is paid by this, or asks for nothing, is fulfilled.
 */
export async function issueInvoice({ tx }: Pick<Context, 'tx'>, order: InvoiceOrder): Promise<Invoice> {
  const { kind, lines, currency, period, dueAt } = order;
  const issuer = await readIssuer(tx);
  const account = await getAccount(tx);
  const { total, tax } = totalsOf(lines, issuer?.taxRateBasisPoints ?? null);
  const invoice = await insertInvoice(tx, invoiceSeries(issuer, account), {
    kind,
    planId: order.kind === 'package' ? null : order.planId,
    packageId: order.kind === 'package' ? order.packageId : null,
    lines: [...lines],
    issuer: issuerFacts(issuer),
    payee: issuer?.payees[currency] ?? null,
    customer: customerOf(account),
    amount: total,
    taxRateBasisPoints: issuer?.taxRateBasisPoints ?? null,
    taxAmount: tax,
    currency,
    dueAt,
    periodStart: period?.startsAt ?? null,
    periodEnd: period?.endsAt ?? null,
  });
  if (order.kind === 'upgrade') await insertUpgradeCredit(tx, invoice.id, order.credited);
  await enqueueOutboxMessage(tx, 'invoice.issued', openInvoiceData(invoice));
  await payFromBalance({ tx }, currency);
  return invoice;
}
