import { statement } from '@tenantry/db/sql';
import { emptyReplay, type Replay, replayEntry } from '@tenantry/domain/credit/replay';
import { chainHash } from './chain.ts';
import { readJournal } from './journal.ts';
import type { LedgerPort } from './port.ts';

export type { LedgerPort } from './port.ts';

/** A difference between the stored books of an account and its journal, or a fault in the journal. */
export interface LedgerFault {
  accountId: string;
  /** The first faulty entry, when the fault is in the journal itself. */
  sequence?: number;
  entryId?: string;
  fault: string;
}

const balance = statement(
  'verify_balance',
  `select granted::float8 as granted, available::float8 as available, held::float8 as held, spent::float8 as spent,
  expired::float8 as expired, sequence::float8 as sequence, head_hash as "headHash" from credit_balance where account_id = $1`,
);
const grants = statement(
  'verify_grants',
  `select id, available::float8 as available, held::float8 as held from credit_grant where account_id = $1`,
);
const holds = statement(
  'verify_holds',
  `select id, amount::float8 as amount, status, coalesce(settled_amount, 0)::float8 as settled, estimated from credit_hold
  where account_id = $1`,
);

interface BalanceFacts extends Record<string, number | string> {
  headHash: string;
}
interface GrantFacts {
  id: string;
  available: number;
  held: number;
}
interface HoldFacts {
  id: string;
  amount: number;
  status: string;
  settled: number;
  estimated: boolean;
}

/**
 * Recomputes the books of an account from its journal. It checks the chain, the sequence and the balance after each
 * entry, then the stored balance, grants and holds. Answers the first faulty entry alone, or every difference of the
 * stored books. Reads one snapshot.
 */
export async function verifyAccount(port: LedgerPort, accountId: string): Promise<LedgerFault[]> {
  const [stored] = await port.send<BalanceFacts>(balance, [accountId]);
  if (stored === undefined) return [{ accountId, fault: 'there are no books' }];
  const replay = emptyReplay();
  let head = '';
  for await (const entry of readJournal(port, accountId)) {
    const hash = chainHash(head, entry);
    const fault = hash === entry.hash ? replayEntry(replay, entry) : 'breaks the chain';
    if (fault !== undefined) return [{ accountId, sequence: entry.sequence, entryId: entry.id, fault }];
    head = hash;
  }
  const storedGrants = await port.send<GrantFacts>(grants, [accountId]);
  const storedHolds = await port.send<HoldFacts>(holds, [accountId]);
  const faults = [
    ...faultsOfBalance(replay, head, stored),
    ...(replay.hasGrants ? faultsOfGrants(replay, storedGrants) : []),
    ...faultsOfHolds(replay, storedHolds),
  ];
  return faults.map((fault) => ({ accountId, fault }));
}

function faultsOfBalance(replay: Replay, head: string, stored: BalanceFacts): string[] {
  const made = { ...replay.balance, sequence: replay.sequence, headHash: head };
  return Object.entries(made)
    .filter(([name, value]) => stored[name] !== value)
    .map(([name, value]) => `${name} is ${stored[name]}, and by the journal ${value}`);
}

function faultsOfGrants({ grants: made }: Replay, stored: readonly GrantFacts[]): string[] {
  const known = new Set(stored.map(({ id }) => id));
  const missing = [...made.keys()].filter((id) => !known.has(id)).map((id) => `grant ${id} is missing`);
  const wrong = stored.flatMap(({ id, available, held }) => {
    const grant = made.get(id) ?? { available: 0, held: 0 };
    const isRight = grant.available === available && grant.held === held;
    return isRight
      ? []
      : [
          `grant ${id} has ${available} and ${held} held, and by the journal ${grant.available} and ${grant.held}`,
        ];
  });
  return [...missing, ...wrong];
}

function faultsOfHolds({ holds: made }: Replay, stored: readonly HoldFacts[]): string[] {
  const known = new Set(stored.map(({ id }) => id));
  const missing = [...made.keys()].filter((id) => !known.has(id)).map((id) => `hold ${id} is missing`);
  const wrong = stored.flatMap(({ id, amount, status, settled, estimated }) => {
    const hold = made.get(id) ?? { held: 0, spent: 0, isEstimated: false };
    if (estimated && !hold.isEstimated) return [`hold ${id} is an estimate, and by the journal none`];
    const isRight = hold.held === (status === 'open' ? amount : 0) && hold.spent === settled;
    return isRight
      ? []
      : [
          `hold ${id} is ${status} at ${settled}, and by the journal holds ${hold.held} and paid ${hold.spent}`,
        ];
  });
  return [...missing, ...wrong];
}
