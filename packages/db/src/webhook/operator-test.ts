import type { AttemptOutcome } from '@tenantry/domain/outbox/delivery';
import { rows, statement } from '../sql.ts';
import type { Transaction } from '../transaction.ts';

/** A test of an endpoint of the operator, and what came of it: one request, which the worker makes. */
export interface OperatorTest {
  id: string;
  endpointId: string;
  createdBy: string;
  createdAt: Date;
  /** When the request ended; null while it waits for the worker. */
  finishedAt: Date | null;
  outcome: AttemptOutcome | null;
  status: number | null;
  durationMilliseconds: number | null;
  answer: string | null;
}

const insert = `insert into operator_webhook_test (id, endpoint_id, created_by, created_at, next_attempt_at)
  values ($1::uuid, $2::uuid, $3, $4::timestamptz, $4::timestamptz)`;

/** Puts a test of an endpoint before the worker. */
export async function insertOperatorTest(
  tx: Transaction,
  {
    id,
    endpointId,
    createdBy,
    createdAt,
  }: Pick<OperatorTest, 'id' | 'endpointId' | 'createdBy' | 'createdAt'>,
): Promise<void> {
  await rows(tx, insert, [id, endpointId, createdBy, createdAt.toISOString()]);
}

const milliseconds = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`;
const newest = `select id, endpoint_id as "endpointId", created_by as "createdBy", ${milliseconds('created_at')} as "createdAt",
    ${milliseconds('finished_at')} as "finishedAt", outcome, status, duration_milliseconds as "durationMilliseconds", answer
  from operator_webhook_test where endpoint_id = $1::uuid order by id desc limit $2`;

type FoundTest = Omit<OperatorTest, 'createdAt' | 'finishedAt'> & {
  createdAt: number;
  finishedAt: number | null;
};

/** The newest tests of an endpoint, newest first. */
export async function listOperatorTests(
  tx: Transaction,
  endpointId: string,
  testsMax: number,
): Promise<OperatorTest[]> {
  const found = await rows<FoundTest>(tx, newest, [endpointId, testsMax]);
  return found.map((row) => ({
    ...row,
    createdAt: new Date(row.createdAt),
    finishedAt: row.finishedAt === null ? null : new Date(row.finishedAt),
  }));
}

/** A test that a worker has taken, with where it goes. */
export interface TakenTest extends Pick<OperatorTest, 'id' | 'endpointId' | 'createdAt'> {
  url: string;
  secret: string;
  previousSecret: string | null;
}

const take = statement(
  'operator_tests_take',
  `with due as materialized (select id from operator_webhook_test where next_attempt_at <= $1::timestamptz
    order by next_attempt_at limit $3 for update skip locked),
  taken as (update operator_webhook_test t set next_attempt_at = $1::timestamptz + make_interval(secs => $2)
    from due where t.id = due.id returning t.id, t.endpoint_id, t.created_at)
  select taken.id, taken.endpoint_id as "endpointId", ${milliseconds('taken.created_at')} as "createdAt",
    e.url, e.secret, case when e.previous_secret_until > $1::timestamptz then e.previous_secret end as "previousSecret"
  from taken join operator_webhook_endpoint e on e.id = taken.endpoint_id`,
);

const drop = `delete from operator_webhook_test t using operator_webhook_endpoint e
  where t.next_attempt_at <= $1::timestamptz and e.id = t.endpoint_id and not e.enabled`;

/** Takes tests that wait, and drops those of endpoints that were disabled since. One of a dead worker is due again when its lease ends. */
export async function takeOperatorTests(
  tx: Transaction,
  { now, leaseSeconds, testsMax }: { now: Date; leaseSeconds: number; testsMax: number },
): Promise<TakenTest[]> {
  await rows(tx, drop, [now.toISOString()]);
  const found = await rows<Omit<TakenTest, 'createdAt'> & { createdAt: number }>(tx, take, [
    now.toISOString(),
    leaseSeconds,
    testsMax,
  ]);
  return found.map((row) => ({ ...row, createdAt: new Date(row.createdAt) }));
}

const end = `update operator_webhook_test set next_attempt_at = null, finished_at = $2::timestamptz, outcome = $3, status = $4,
  duration_milliseconds = $5, answer = $6 where id = $1::uuid and finished_at is null`;

/** Writes down what came of a test, once. */
export async function endOperatorTest(
  tx: Transaction,
  id: string,
  done: {
    at: Date;
    outcome: AttemptOutcome;
    status: number | null;
    durationMilliseconds: number | null;
    answer: string | null;
  },
): Promise<void> {
  const { at, outcome, status, durationMilliseconds, answer } = done;
  await rows(tx, end, [id, at.toISOString(), outcome, status, durationMilliseconds, answer]);
}

const forget = 'delete from operator_webhook_test where finished_at < $1::timestamptz';

/** Deletes tests that ended before a time. */
export async function forgetOperatorTests(tx: Transaction, before: Date): Promise<void> {
  await rows(tx, forget, [before.toISOString()]);
}
