import type { AccountTransaction } from '@tenantry/db/transaction';
import type { RefusalCode } from '@tenantry/domain/refusals';
import { type Refusal, isRefusal } from '@tenantry/domain/refusals';
import { change } from '@tenantry/ledger/change';
import { type LedgerEntry, newestEntry } from '@tenantry/ledger/read/entries';
import type { LedgerService } from '@tenantry/ledger/service';
import { type CreditView, getCredits } from '../credit/get.ts';
import { entryView } from '../credit/view.ts';

/** The entry that a correction is, and the credits that it leaves. */
export interface Correction {
  entry: ReturnType<typeof entryView>;
  credits: CreditView;
}

/** Corrects the books by a service that makes one entry, the last of its change. */
export async function correctBooks<Input, Code extends RefusalCode>(
  tx: AccountTransaction,
  service: LedgerService<Input, null, Code>,
  input: Input,
): Promise<Correction | Refusal<Code>> {
  const refused = await change(tx, service, input);
  return isRefusal(refused) ? refused : correctionOf(tx, await newestEntry(tx));
}

/** A correction as staff see it. */
export async function correctionOf(tx: AccountTransaction, entry: LedgerEntry): Promise<Correction> {
  return { entry: entryView(entry), credits: await getCredits(tx) };
}
