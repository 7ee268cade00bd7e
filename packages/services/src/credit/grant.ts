import type { LedgerService } from '@tenantry/ledger/service';
import type { GrantKind } from '@tenantry/domain/credit/books';
import { type NewGrant, addGrant } from '@tenantry/domain/credit/grants';

/** Gives an account a grant. The reference is unique by account and kind: a second grant of one fails on its constraint. */
export const grantCredits: LedgerService<NewGrant & { kind: GrantKind }, null> = {
  reads: () => ({}),
  decide: ({ view }, grant) => ({ books: addGrant(view.books, grant), answer: null }),
};
