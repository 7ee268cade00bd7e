import pg from 'pg';
import { usedOn } from './limits.ts';
import {
  type Model,
  type ModelGrant,
  type ModelHold,
  creditsMax,
  fork,
  heldOf,
  monthName,
  pass,
  rename,
} from './model.ts';

/** What is stored of an account's credits, as one snapshot tells it. */
export interface Observed {
  figures: Record<'granted' | 'available' | 'held' | 'spent' | 'expired' | 'sequence', string>;
  headHash: string;
  grants: {
    id: string;
    kind: ModelGrant['kind'];
    free: string;
    held: string;
    endsAt: number | null;
    reference: string;
  }[];
  holds: (Pick<ModelHold, 'id' | 'status' | 'endsAt' | 'operation' | 'siteId' | 'isEstimated' | 'madeAt'> & {
    amount: string;
    paid: string;
    parts: { grantId: string; amount: number }[];
  })[];
  journal: Record<string, string | null>;
  resolutions: { id: string; held: string; left: string; spent: string; ways: number }[];
  limits: { siteId: string; max: string; day: number; amount: string }[];
  marks: { place: string; fingerprint: string; body: string | null; endsAt: number }[];
}

const moment = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`;
const movedInto = (book: string) =>
  `'${book}', (coalesce(sum(amount) filter (where to_book = '${book}'), 0)
    - coalesce(sum(amount) filter (where from_book = '${book}'), 0))::text`;

const snapshot = `select account_id as "accountId", json_build_object('granted', granted::text, 'available', available::text, 'held', held::text,
    'spent', spent::text, 'expired', expired::text, 'sequence', sequence::text) as figures, head_hash as "headHash",
  (select coalesce(json_agg(json_build_object('id', id, 'kind', kind, 'free', available::text, 'held', held::text, 'reference', reference,
    'endsAt', ${moment('expires_at')}) order by id), '[]') from credit_grant where account_id = b.account_id) as grants,
  (select coalesce(json_agg(json_build_object('id', id, 'status', status, 'amount', amount::text, 'operation', operation,
    'siteId', site_id, 'isEstimated', estimated, 'madeAt', ${moment('created_at')}, 'paid', coalesce(settled_amount, 0)::text, 'endsAt', ${moment('expires_at')}, 'parts', backings)
    order by id), '[]') from credit_hold where account_id = b.account_id) as holds,
  (select json_build_object('entries', count(*)::text, 'last', coalesce(max(sequence), 0)::text,
    'lowest', least(min(available_after), 0)::text, 'availableAfter', (array_agg(available_after order by sequence desc))[1]::text,
    'headHash', (array_agg(hash order by sequence desc))[1], ${['available', 'held', 'spent', 'expired'].map(movedInto).join(', ')},
    'granted', (coalesce(sum(amount) filter (where from_book = 'granted'), 0)
      - coalesce(sum(amount) filter (where to_book = 'granted'), 0))::text)
    from ledger_entry where account_id = b.account_id) as journal,
  (select coalesce(json_agg(r), '[]') from (select hold_id as id, coalesce(sum(amount) filter (where to_book = 'held'), 0)::text as held,
    coalesce(sum(amount) filter (where from_book = 'held'), 0)::text as left,
    (coalesce(sum(amount) filter (where to_book = 'spent'), 0)
      - coalesce(sum(amount) filter (where from_book = 'spent' and kind = 'true_up'), 0))::text as spent,
    count(distinct kind) filter (where kind in ('settle', 'release', 'hold_expiry')) as ways
    from ledger_entry where account_id = b.account_id and hold_id is not null group by hold_id) r) as resolutions,
  (select coalesce(json_agg(json_build_object('siteId', site_id, 'max', credits_per_day_max::text, 'amount', used::text,
    'day', day - date '1970-01-01')), '[]') from credit_limit where account_id = b.account_id) as limits,
  (select coalesce(json_agg(json_build_object('place', procedure || ' ' || key, 'fingerprint', fingerprint, 'body', body,
    'endsAt', ${moment('expires_at')})), '[]') from idempotency_record where account_id = b.account_id) as marks
  from credit_balance b where account_id = any ($1)`;

/** Looks at everything stored of some accounts' credits in one query, and answers it by account. */
export type Observe = (accountIds: readonly string[]) => Promise<ReadonlyMap<string, Observed>>;

/** Opens a connection that sees every account and keeps the query prepared. */
export async function openEye(url: string): Promise<{ observe: Observe; close(): Promise<void> }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const observe: Observe = async (accountIds) => {
    const query = { name: 'observe', text: snapshot, values: [accountIds] };
    const { rows } = await client.query<Observed & { accountId: string }>(query);
    return new Map(rows.map((row) => [row.accountId, row]));
  };
  return { observe, close: () => client.end() };
}

/** What breaks a law of the ledger in what is stored, whatever led there (I1, I3, I4, I19). */
export function brokenLaws(seen: Observed): string[] {
  const { figures, grants, holds, journal, resolutions } = seen;
  const n = (text: string | null | undefined) => BigInt(text ?? 0);
  const sum = (amounts: readonly bigint[]) => amounts.reduce((left, right) => left + right, 0n);
  const open = holds.filter(({ status }) => status === 'open');
  const lent = (id: string) =>
    sum(
      open.flatMap(({ parts }) =>
        parts.filter((part) => part.grantId === id).map((part) => BigInt(part.amount)),
      ),
    );
  const books = ['granted', 'available', 'held', 'spent', 'expired'] as const;
  const whole = n(figures.available) + n(figures.held) + n(figures.spent) + n(figures.expired);
  const told = new Map(resolutions.map((one) => [one.id, one]));
  const laws: [string, boolean][] = [
    ['what was granted is somewhere', n(figures.granted) === whole],
    [
      'no book is below zero or beyond count',
      books.every((book) => n(figures[book]) >= 0n && n(figures[book]) <= creditsMax),
    ],
    ['available was never below zero', n(journal['lowest']) === 0n],
    ...books.map((book): [string, boolean] => [
      `${book} is what the journal moved`,
      figures[book] === journal[book],
    ]),
    [
      'the sequence has no gap',
      figures.sequence === journal['entries'] && figures.sequence === journal['last'],
    ],
    [
      'the last entry is the head',
      seen.headHash === journal['headHash'] && figures.available === journal['availableAfter'],
    ],
    ['held is the sum of open holds', n(figures.held) === sum(open.map(({ amount }) => n(amount)))],
    ['available is in the grants', n(figures.available) === sum(grants.map(({ free }) => n(free)))],
    ...grants.flatMap(({ id, free, held }): [string, boolean][] => [
      [`grant ${id} is not below zero`, n(free) >= 0n && n(held) >= 0n],
      [`grant ${id} holds what it lends`, n(held) === lent(id)],
    ]),
    ...holds.flatMap(({ id, amount, status, paid }): [string, boolean][] => [
      [`hold ${id} took what it holds`, told.get(id)?.held === amount],
      [`hold ${id} left as it was resolved`, told.get(id)?.left === (status === 'open' ? '0' : amount)],
      [`hold ${id} was resolved once`, (told.get(id)?.ways ?? 0) === (status === 'open' ? 0 : 1)],
      [`hold ${id} was paid as it says`, told.get(id)?.spent === paid],
    ]),
  ];
  return laws.filter(([, holds]) => !holds).map(([law]) => `broken: ${law}`);
}

/** Where what is stored, once time is counted, differs from the model (I4, I7, I11, I13, I23). */
export function differences(seen: Observed, model: Model): string[] {
  const told = shown(pastOf(seen, model));
  return Object.entries(shown(model)).flatMap(([name, should]) =>
    told[name] === should ? [] : [`${name} is ${told[name]}, and in the model ${should}`],
  );
}

/** What is stored as a model, with time let come to now. */
function pastOf({ figures, grants, holds, limits, marks }: Observed, { now, ...rest }: Model): Model {
  const stored: Model = {
    ...fork({ now, ...rest }),
    granted: BigInt(figures.granted),
    spent: BigInt(figures.spent),
    expired: BigInt(figures.expired),
    grants: grants.map(({ free, held: _held, reference: _reference, ...facts }) => ({
      ...facts,
      free: BigInt(free),
    })),
    year: rest.year === null ? null : { ...rest.year, next: writtenMonths(grants, rest.year.start) },
    holds: holds.map(({ amount, paid, parts, ...facts }) => ({
      ...facts,
      amount: BigInt(amount),
      paid: BigInt(paid),
      parts: parts.map((part) => [part.grantId, BigInt(part.amount)] as const),
    })),
    limits: new Map(
      limits.map(({ siteId, max, day, amount }) => [
        siteId,
        { max: BigInt(max), uses: [{ day, amount: BigInt(amount) }] },
      ]),
    ),
    calls: new Map(marks.map(({ place, body, ...mark }) => [place, { ...mark, body: body ?? 'none' }])),
  };
  pass(stored, now);
  return stored;
}

const monthOf = /^period:(?<start>[^Z]+Z):(?<month>\d+)$/;

/** How many months of a paid year the books have: the first comes with the payment. */
function writtenMonths(grants: Observed['grants'], start: number): number {
  const period = `period:${new Date(start).toISOString()}:`;
  return 1 + grants.filter(({ reference }) => reference.startsWith(period)).length;
}

/** Calls months that are written down by their ids. */
export function learnMonths(model: Model, { grants }: Observed): void {
  for (const { id, reference } of grants) {
    const { start, month } = monthOf.exec(reference)?.groups ?? {};
    if (start !== undefined) rename(model, monthName(Date.parse(start), Number(month)), id);
  }
}

function shown(model: Model): Record<string, string> {
  const { now, granted, spent, expired, grants, holds, limits, calls } = model;
  const inOrder = (texts: string[]) => texts.toSorted((left, right) => (left < right ? -1 : 1));
  const lines = (texts: string[]) => inOrder(texts).join('\n');
  const known = [...calls].filter(([, { endsAt }]) => endsAt > now);
  const lent = new Set(
    holds.flatMap(({ status, parts }) => (status === 'open' ? parts.map(([id]) => id) : [])),
  );
  // When a grant ends of which nothing is left is nobody's concern.
  const isUsedUp = ({ id, free }: ModelGrant) => free === 0n && !lent.has(id);
  return {
    totals: `${granted} granted, ${heldOf(model)} held, ${spent} spent, ${expired} expired`,
    grants: lines(
      grants.map(
        (one) => `${one.id} ${one.kind} ${isUsedUp(one) ? 'used up' : `${one.free} until ${one.endsAt}`}`,
      ),
    ),
    holds: lines(
      holds.map(({ id, status, amount, paid, endsAt, parts, operation, siteId, isEstimated }) =>
        [
          id,
          status,
          amount,
          paid,
          isEstimated,
          endsAt,
          operation,
          siteId,
          ...inOrder(parts.map((part) => part.join(' lends '))),
        ].join(' '),
      ),
    ),
    limits: lines([...limits].map(([id, limit]) => `${id} ${usedOn(limit, now)} of ${limit.max}`)),
    calls: lines(known.map(([place, call]) => `${place} ${call.fingerprint} ${call.endsAt} ${call.body}`)),
  };
}
