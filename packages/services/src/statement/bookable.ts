import type { ConfirmStatementLineInput } from '@tenantry/contract/statement';
import { findExternalReference } from '@tenantry/db/billing/queries';
import { countBankId, lockStatementLine } from '@tenantry/db/statement/queries';
import { normaliseReference } from '@tenantry/domain/money';
import { refuse } from '@tenantry/domain/refusals';
import { bookingReference } from '@tenantry/domain/statement/event';
import type { Context } from '../context.ts';

/**
 * The bank transfer that a line brings for an account, with the line locked. Refuses `not_found`, `conflict` for a line
 * that was decided on, `invalid_input` for money that went out, and `reference_taken` when staff have booked the bank's id
 * by hand.
 */
export async function transferOfLine({ tx }: Pick<Context, 'tx'>, input: ConfirmStatementLineInput) {
  const { lineId, ...named } = input;
  const event = await lockStatementLine(tx, lineId);
  if (event === null) return refuse('not_found');
  const { payload: line, status, eventId } = event;
  if (line.direction !== 'credit') return refuse('invalid_input', wentOut);
  if (status !== 'waiting') return refuse('conflict');
  const linesWithBankId = await countBankId(tx, line);
  const externalPaymentId = bookingReference(line, { eventId, linesWithBankId });
  // A line is booked once, so a reference that is taken was booked by hand.
  if ((await findExternalReference(tx, normaliseReference(externalPaymentId))) !== null)
    return refuse('reference_taken');
  const { amount, currency, name, counterpartyAccount } = line;
  const payerName = name ?? counterpartyAccount ?? unnamedPayer;
  return { ...named, externalPaymentId, amount, currency, payerName };
}

const wentOut = { errors: [{ path: 'lineId', message: 'is money that went out' }] };

/** Who paid, where the bank names neither a person nor an account. */
const unnamedPayer = 'A payer whom the bank does not name';
