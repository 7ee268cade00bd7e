import type { MatchReason } from '@tenantry/domain/statement/match';

const texts: Readonly<Record<MatchReason, string>> = {
  exact_reference: 'the reference is equal',
  bank_reference: 'the bank’s reference is the one that was reported',
  invoice_number: 'the number of the invoice is named',
  amount_equal: 'the amount is equal',
  known_account: 'the payer’s account has paid before',
  payer_alike: 'the payer’s name is alike',
  amount_differs: 'the amount differs',
  currency_differs: 'the currency differs',
  invoice_closed: 'the invoice takes no money any more',
};

/** Why a line may pay an invoice, and what speaks against it, in words. */
export const reasonsText = (reasons: readonly MatchReason[]): string =>
  reasons.map((reason) => texts[reason]).join(', ');
