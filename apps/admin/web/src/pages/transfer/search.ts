import { eventStatuses } from '@tenantry/domain/statement/event';
import { paymentStatuses } from '@tenantry/domain/payment/status';
import * as z from 'zod/mini';

const tabs = ['waiting', 'lines', 'statements'] as const;
export type TransferTab = (typeof tabs)[number];

const text = z.catch(z.optional(z.string()), undefined);

/** What the address of the page says: the tab, and in it what is listed and chosen. */
export const transferSearch = z.object({
  tab: z.catch(z.optional(z.enum(tabs)), undefined),
  /** The payments that are listed; those that wait unless given. */
  status: z.catch(z.optional(z.enum(paymentStatuses)), undefined),
  /** The payment that is looked at. */
  payment: text,
  /** The lines that are listed; those that wait unless given. */
  lines: z.catch(z.optional(z.enum(eventStatuses)), undefined),
  /** The file whose lines are listed. */
  statement: text,
});
