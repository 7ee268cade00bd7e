import { rows } from '../sql.ts';
import type { Database, Transaction } from '../transaction.ts';
import { type Recorded, contentOf, recordHash, stripes } from './chain.ts';

/** The first record of a chain that does not follow, or another difference of the chain and its head. */
export interface AuditFault {
  /** The account of the chain, or the number of a chain of security events. */
  readonly chain: string;
  /** The place and the id of the first broken record, where there is one. */
  readonly sequence?: number;
  readonly id?: string;
  readonly fault: string;
}

/** What a verification of the records saw. */
export interface AuditVerification {
  readonly chains: number;
  readonly records: number;
  /** Records from before there were chains, which nothing proves. */
  readonly unchained: number;
  readonly faults: readonly AuditFault[];
}

interface Head {
  sequence: number;
  hash: string;
}
type Row = Omit<Recorded, 'at'> & { at: string; sequence: number; hash: string };

const at = `to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at`;
const auditRows = `select account_id as "accountId", id, ${at}, action, actor, request_id as "requestId", subject_id as "subjectId",
facts, sequence::float8 as sequence, hash from audit_entry where account_id = $1 and sequence > $2 order by sequence limit 1000`;
const eventRows = `select null as "accountId", id, ${at}, action, actor, request_id as "requestId", null as "subjectId",
facts, sequence::float8 as sequence, hash from security_event where stripe = $1 and sequence > $2 order by sequence limit 1000`;

/** Walks one chain from its first record, in one snapshot. Answers its first fault, and how many records it saw. */
async function verifyChain(
  tx: Transaction,
  { sql, key, head }: { sql: string; key: string | number; head: Head | undefined },
): Promise<{ records: number; fault: AuditFault | undefined }> {
  const chain = String(key);
  let [before, records] = ['', 0];
  for (let page: Row[] = []; records === 0 || page.length === 1000; ) {
    page = await rows<Row>(tx, sql, [key, records]);
    for (const row of page) {
      records += 1;
      const wrong = faultOf(row, records, before);
      if (wrong !== undefined)
        return { records, fault: { chain, sequence: records, id: row.id, fault: wrong } };
      before = row.hash;
    }
    if (page.length === 0) break;
  }
  return { records, fault: faultOfHead(chain, { sequence: records, hash: before }, head) };
}

function faultOf(row: Row, place: number, before: string): string | undefined {
  if (row.sequence !== place) return `is record ${row.sequence}: record ${place} is missing`;
  // A record is written to the millisecond.
  const time = new Date(row.at);
  const isExact = row.at.endsWith('000Z');
  const expected = recordHash(before, place, contentOf({ ...row, at: time }));
  return isExact && expected === row.hash ? undefined : 'was changed, or follows one that was';
}

function faultOfHead(chain: string, found: Head, head: Head | undefined): AuditFault | undefined {
  if (head?.sequence === found.sequence && head.hash === found.hash) return undefined;
  const expected =
    head === undefined ? 'the head of the chain is missing' : `the chain has ${head.sequence} records`;
  return { chain, fault: `${expected}, and ${found.sequence} were found` };
}

const auditChains = `select account.id, head.sequence::float8 as sequence, head.hash,
exists (select from audit_entry entry where entry.account_id = account.id) as "hasEntries"
from account left join audit_head head on head.account_id = account.id
where account.id > $1 and ($2::uuid is null or account.id = $2) order by account.id limit 500`;
const eventHead = 'select sequence::float8 as sequence, hash from security_event_head where stripe = $1';
const unchained = `select ((select count(*) from audit_entry where sequence is null) +
(select count(*) from security_event where sequence is null))::float8 as records`;

type AuditChain = { id: string; hasEntries: boolean } & (Head | { sequence: null; hash: null });

async function pageOfChains(
  database: Database,
  after: string,
  only: string | undefined,
): Promise<AuditChain[]> {
  return database.withoutAccount.read({}, (tx) => rows<AuditChain>(tx, auditChains, [after, only ?? null]));
}

/** One snapshot of the database, without the bound of a login role on the time of a call. */
function inSnapshot<T>(database: Database, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return database.withoutAccount.read({}, async (tx) => {
    await rows(tx, 'set local statement_timeout = 0');
    return work(tx);
  });
}

/**
 * Recomputes the chains of the audit entries of every account, or of one, and those of the security events. A chain that
 * grows meanwhile is read again. Answers the first broken record of each chain.
 */
export async function verifyAudit(
  database: Database,
  accountId: string | undefined,
): Promise<AuditVerification> {
  const seen = { chains: 0, records: 0, faults: new Array<AuditFault>() };
  const walk = async (
    sql: string,
    key: string | number,
    readHead: (tx: Transaction) => Promise<Head | undefined>,
  ) => {
    const look = () =>
      inSnapshot(database, async (tx) => verifyChain(tx, { sql, key, head: await readHead(tx) }));
    let found = await look();
    // A record that came between the head and the end of the chain is no fault.
    for (
      let again = 0;
      again < 3 && found.fault !== undefined && found.fault.sequence === undefined;
      again += 1
    )
      found = await look();
    seen.chains += 1;
    seen.records += found.records;
    if (found.fault !== undefined) seen.faults.push(found.fault);
  };
  const headOf = (id: string) => async (tx: Transaction) =>
    (
      await rows<Head>(
        tx,
        'select sequence::float8 as sequence, hash from audit_head where account_id = $1',
        [id],
      )
    )[0];
  for (let after = '00000000-0000-0000-0000-000000000000', isMore = true; isMore; ) {
    const page = await pageOfChains(database, after, accountId);
    for (const { id, hasEntries, sequence } of page) {
      if (!hasEntries) seen.faults.push({ chain: id, fault: 'has no record, though its making was one' });
      else if (sequence !== null) await walk(auditRows, id, headOf(id));
      else await walk(auditRows, id, async () => ({ sequence: 0, hash: '' }));
    }
    after = page.at(-1)?.id ?? after;
    isMore = page.length === 500;
  }
  for (let stripe = 0; accountId === undefined && stripe < stripes; stripe += 1)
    await walk(
      eventRows,
      stripe,
      async (tx) => (await rows<Head>(tx, eventHead, [stripe]))[0] ?? { sequence: 0, hash: '' },
    );
  const [left] = await database.withoutAccount.read({}, (tx) => rows<{ records: number }>(tx, unchained));
  return { ...seen, unchained: left?.records ?? 0 };
}
