import type { RefusalCode } from '@tenantry/domain/refusals';
import { type Refusal, isRefusal } from '@tenantry/domain/refusals';
import { change } from '@tenantry/ledger/change';
import { newestEntry } from '@tenantry/ledger/read/entries';
import type { LedgerService } from '@tenantry/ledger/service';
import type { Context } from '../context.ts';
import { type CreditView, getCredits } from '../credit/get.ts';
import { entryView } from '../credit/view.ts';

/** The entry of a correction, and the credits after it. */
export interface Correction {
  entry: ReturnType<typeof entryView>;
  credits: CreditView;
}

/** Corrects the books by a service that makes one entry, the last of its change. */
export async function correctBooks<Input, Code extends RefusalCode>(
  { tx }: Pick<Context, 'tx'>,
  service: LedgerService<Input, null, Code>,
  input: Input,
): Promise<Correction | Refusal<Code>> {
  const refusal = await change(tx, service, input);
  if (isRefusal(refusal)) return refusal;
  return { entry: entryView(await newestEntry(tx)), credits: await getCredits({ tx }) };
}
