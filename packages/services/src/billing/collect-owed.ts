import type { Invoice } from '@tenantry/db/billing/entity';
import { insertOwedCredits, owedCredits } from '@tenantry/db/billing/owed';
import { collectOwed } from '@tenantry/domain/credit/withdraw';
import { change } from '@tenantry/ledger/change';
import type { LedgerService } from '@tenantry/ledger/service';
import type { Context } from '../context.ts';

/** Takes the credits that the account owes from those that a paid invoice gave, as far as they go. */
export async function collectOwedCredits(
  { tx }: Pick<Context, 'tx'>,
  { id: invoiceId }: Invoice,
): Promise<void> {
  const owed = await owedCredits(tx);
  if (owed === 0) return;
  const amount = await change(tx, collect, owed);
  if (amount > 0) await insertOwedCredits(tx, { kind: 'collected', amount, invoiceId });
}

const collect: LedgerService<number, number> = {
  reads: () => ({}),
  decide({ view, now }, owed) {
    const { books, collected } = collectOwed(view.books, owed, now);
    return { books, answer: collected };
  },
};
