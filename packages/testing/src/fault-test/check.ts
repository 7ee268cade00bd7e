import type { TestDatabase } from '../database.ts';
import type { Asked } from './attempt.ts';

/** A stored hold, with what the journal moved for it. */
interface Hold {
  id: string;
  name: string;
  amount: number;
  status: string;
  settled: number;
  reserved: number;
  spent: number;
}

/** Describes each difference between the answers that clients got and the books. */
export interface Verdict {
  lost: string[];
  doubled: string[];
  /** Effects of refused calls, and provider calls without a hold. */
  strange: string[];
}

const holdsSql = `select h.id, h.metadata->>'name' as name, h.amount::float8, h.status, coalesce(h.settled_amount, 0)::float8 as settled,
  coalesce(sum(e.amount) filter (where e.kind = 'hold'), 0)::float8 as reserved,
  coalesce(sum(e.amount) filter (where e.to_book = 'spent'), 0)::float8 as spent
  from credit_hold h left join ledger_entry e on e.account_id = h.account_id and e.hold_id = h.id group by h.account_id, h.id`;
const sitesSql = 'select name, count(*)::int as count from site group by name';

/** Compares the logs of all clients, and the prompts that the provider got, with what is stored. */
export async function checkOutcomes(
  database: TestDatabase,
  log: readonly Asked[],
  prompts: readonly string[],
): Promise<Verdict> {
  const holds = (await database.query(holdsSql)).map(holdOf);
  const sites = new Map(
    (await database.query(sitesSql)).map((row) => [String(row['name']), Number(row['count'])]),
  );
  const byId = new Map(holds.map((hold) => [hold.id, hold]));
  const byName = Map.groupBy(holds, ({ name }) => name);
  const verdict: Verdict = { lost: [], doubled: [], strange: [] };
  for (const asked of log) {
    const { callInfo, name, outcome, holdId = '' } = asked;
    const own = byName.get(name) ?? [];
    const effects =
      callInfo === 'site'
        ? (sites.get(name) ?? 0)
        : callInfo === 'hold'
          ? own.length
          : callInfo === 'settle' || callInfo === 'release'
            ? Number(byId.get(holdId)?.status === (callInfo === 'settle' ? 'settled' : 'released'))
            : own.filter(({ status }) => status === 'settled').length;
    if (outcome === 'acknowledged' && effects === 0) verdict.lost.push(`${name} was acknowledged`);
    if (effects > 1) verdict.doubled.push(`${name} has ${effects} effects`);
    if (outcome === 'refused' && effects > 0) verdict.strange.push(`${name} was refused, but took effect`);
    if (outcome === 'acknowledged') verdict.lost.push(...untrue(asked, own, byId.get(holdId)));
  }
  for (const hold of holds) {
    const due = hold.status === 'settled' ? hold.settled : 0;
    if (hold.reserved !== hold.amount) verdict.doubled.push(`hold ${hold.id} was reserved ${hold.reserved}`);
    if (hold.spent !== due) verdict.doubled.push(`hold ${hold.id} was charged ${hold.spent}, not ${due}`);
  }
  for (const [prompt, calls] of Map.groupBy(prompts, String)) {
    const name = /^Write of (.*)\.$/.exec(prompt)?.[1] ?? prompt;
    const committed = byName.get(name)?.length ?? 0;
    if (calls.length > committed)
      verdict.strange.push(`${name} reached the provider ${calls.length} times with ${committed} holds`);
  }
  return verdict;
}

/** Describes each value of an answer that is not in the books. */
function untrue(
  { callInfo, name, body, answer }: Asked,
  own: readonly Hold[],
  named: Hold | undefined,
): string[] {
  const says = (what: string, is: unknown, answered: unknown) =>
    is === answered ? [] : [`${name} was answered ${what} ${String(answered)}, but it is ${String(is)}`];
  if (callInfo === 'hold')
    return [...says('id', own[0]?.id, answer['id']), ...says('amount', own[0]?.amount, answer['amount'])];
  if (callInfo === 'settle') return says('amount', named?.settled, body['amount']);
  if (callInfo !== 'run' && callInfo !== 'stream') return [];
  const settled = own.find(({ status }) => status === 'settled');
  const charged = (answer['credits'] as { charged?: number } | undefined)?.charged;
  return [...says('run', settled?.id, answer['runId']), ...says('charge', settled?.settled, charged)];
}

function holdOf(row: Record<string, unknown>): Hold {
  const [id, name, status] = [row['id'], row['name'], row['status']].map(String) as [string, string, string];
  const number = (column: string) => Number(row[column]);
  return {
    id,
    name,
    status,
    amount: number('amount'),
    settled: number('settled'),
    reserved: number('reserved'),
    spent: number('spent'),
  };
}
