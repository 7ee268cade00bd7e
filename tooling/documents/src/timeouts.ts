import { timeoutsOfApi } from '@tenantry/api/timeouts';
import { settings } from '@tenantry/config/settings';
import {
  claimSeconds,
  databaseAnswerMilliseconds,
  databaseTimeouts,
  earlierCallMilliseconds,
} from '@tenantry/domain/timeouts';
import { between, table } from './table.ts';

const runDeadlineSeconds = Number(settings.find(({ name }) => name === 'AI_DEADLINE_SECONDS')?.fallback);
const server = timeoutsOfApi({ deadlineSeconds: runDeadlineSeconds });
const runs = 'follows from `AI_DEADLINE_SECONDS`';
const fixed = 'fixed';

/** What is waited for, for how many milliseconds, where the figure comes from, and what happens then. */
const rows: readonly (readonly [string, number, string, string])[] = [
  ['the head of a request', server.headersMilliseconds, fixed, '408 `request_timeout`, connection closed'],
  ['the body of a request', server.bodyMilliseconds, fixed, '408 `request_timeout`, connection closed'],
  [
    'the body of an upload',
    server.requestMilliseconds,
    'the largest proof at 1 Mbit/s',
    '408 `request_timeout`, connection closed',
  ],
  ['one call of the provider', runDeadlineSeconds * 1000, '`AI_DEADLINE_SECONDS`', 'the run fails'],
  ['anything on a connection with a call', server.silenceMilliseconds, runs, 'connection closed'],
  ['the next call on an idle connection', server.keepAliveMilliseconds, fixed, 'connection closed'],
  [
    'an earlier call with the same Idempotency-Key',
    earlierCallMilliseconds,
    fixed,
    '409 `idempotency_in_flight`',
  ],
  ['a call under an Idempotency-Key that never ends', claimSeconds.call * 1000, fixed, 'the key is free'],
  ['the same, of a person or of staff', claimSeconds.person * 1000, fixed, 'the key is free'],
  ['a connection to PostgreSQL', databaseTimeouts.connectMilliseconds, fixed, '503 `unavailable`'],
  ['a lock', databaseTimeouts.lockMilliseconds, fixed, 'the statement fails'],
  ['a statement', databaseTimeouts.statementMilliseconds, fixed, 'PostgreSQL ends it: 503 `unavailable`'],
  [
    'PostgreSQL to say anything',
    databaseTimeouts.silenceMilliseconds,
    fixed,
    'connection closed: 503 `unavailable`',
  ],
  ['PostgreSQL, all in all', databaseAnswerMilliseconds, 'the sum of two above', '503 `unavailable`'],
  ['the readiness probe', databaseTimeouts.readyMilliseconds, fixed, '503'],
];

/** The table of timeouts in `docs/operate.md`, with the figures of the default settings. */
export function timeoutsTable(document: string): string {
  const lines = rows.map(([what, milliseconds, from, then]) => [
    what,
    `${milliseconds / 1000} s`,
    from,
    then,
  ]);
  return between(document, 'timeouts', table(['waited for', 'at most', 'from', 'then'], lines));
}
