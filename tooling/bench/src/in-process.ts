import { newId } from '@tenantry/db/ids';
import { type Ledger, openLedger } from '@tenantry/ledger/group-commit';
import type { CallInfo } from '@tenantry/db/transaction';
import { isRefusal } from '@tenantry/domain/refusals';
import { holdCredits } from '@tenantry/services/credit/hold';
import { accountId } from './accounts.ts';
import type { BenchDatabase } from './database.ts';
import type { Rate } from './rounds.ts';

const actor = { kind: 'user', userId: newId(), sessionId: newId(), via: 'session' } as const;
const hold = { amount: 1, ttlSeconds: 900, metadata: {} };

/** The actor, request id and time of one call in a bench. */
export const benchCallInfo = (): CallInfo => ({ actor, requestId: newId(), now: new Date() });

/** Opens the ledger of a database in this process, with the connections that a server has. */
export function openBenchLedger(database: BenchDatabase, connectionsMax: number): Ledger {
  const onFault = (fault: Error) => console.error(fault.message);
  return openLedger(database.url('tenantry_api'), { connectionsMax, clock: () => new Date(), onFault });
}

/** Holds one credit of an account. With a key it also stores its answer. Throws when the hold is refused. */
export async function holdOne(ledger: Ledger, account: string, isKeyed: boolean): Promise<void> {
  const callInfo = benchCallInfo();
  const { requestId } = callInfo;
  const place = { procedure: 'credit.hold', key: requestId, fingerprint: '0'.repeat(64), requestId };
  const stored = (answer: unknown) => ({ body: JSON.stringify(answer), sites: null });
  const key = isKeyed ? ({ ...place, phase: 'once', stored } as const) : undefined;
  const answer = await ledger.change(account, { service: holdCredits, input: hold, callInfo, key });
  if (isRefusal(answer)) throw new Error(`The hold was refused: ${answer.refused}`);
}

/** Makes holds on random accounts, with a number of calls in flight. Answers holds per second. */
export async function holdInProcess(
  ledger: Ledger,
  { inFlight, accounts, isKeyed = false }: { inFlight: number; accounts: number; isKeyed?: boolean },
  seconds: number,
): Promise<Rate> {
  const began = performance.now();
  const until = began + seconds * 1000;
  let held = 0;
  const caller = async () => {
    while (performance.now() < until) {
      await holdOne(ledger, accountId(1 + Math.floor(Math.random() * accounts)), isKeyed);
      held += 1;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, caller));
  return { perSecond: (held * 1000) / (performance.now() - began) };
}
