import { readApiConfig } from '@tenantry/config/api';
import { runDeadlineSecondsMax } from '@tenantry/config/read';
import {
  claimSeconds,
  databaseAnswerMilliseconds,
  databaseTimeouts,
  earlierCallMilliseconds,
  serverTimeouts,
} from '@tenantry/domain/timeouts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const needs = fc.record({
  runDeadlineSeconds: fc.integer({ min: 0, max: runDeadlineSecondsMax }),
  uploadBytesMax: fc.integer({ min: 0, max: 100_000_000 }),
});

describe('the timeouts of a server', () => {
  it('cover what they bound, whatever the settings', () => {
    fc.assert(
      fc.property(needs, ({ runDeadlineSeconds, uploadBytesMax }) => {
        const timeouts = serverTimeouts({ runDeadlineSeconds, uploadBytesMax });
        // A run waits for an earlier call, holds, is answered at its deadline, and settles.
        const run = earlierCallMilliseconds + runDeadlineSeconds * 1000 + 2 * databaseAnswerMilliseconds;
        expect(timeouts.silenceMilliseconds).toBeGreaterThan(run);
        expect(timeouts.silenceMilliseconds).toBeGreaterThanOrEqual(60_000);
        // A megabit a second is enough for the largest upload, and no request outlives the half minute of small ones.
        expect(timeouts.requestMilliseconds).toBeGreaterThanOrEqual(uploadBytesMax / 125);
        expect(timeouts.requestMilliseconds).toBeGreaterThan(timeouts.headersMilliseconds);
        expect(timeouts.requestMilliseconds).toBeGreaterThan(timeouts.bodyMilliseconds);
        expect(timeouts.bodyMilliseconds).toBeLessThan(30_000);
        expect(timeouts.headersMilliseconds).toBeLessThan(timeouts.bodyMilliseconds);
        expect(timeouts.keepAliveMilliseconds).toBeGreaterThan(60_000);
        // No second run begins under the key of one that is still being answered.
        expect(claimSeconds.call * 1000).toBeGreaterThan(timeouts.silenceMilliseconds);
      }),
    );
  });

  it('let PostgreSQL end a statement before its connection is given up', () => {
    expect(databaseTimeouts.lockMilliseconds).toBeLessThan(databaseTimeouts.statementMilliseconds);
    expect(databaseTimeouts.statementMilliseconds).toBeLessThan(databaseTimeouts.silenceMilliseconds);
    expect(databaseTimeouts.silenceMilliseconds).toBeLessThan(databaseTimeouts.idleInTransactionMilliseconds);
    expect(databaseTimeouts.readyMilliseconds).toBeLessThan(databaseAnswerMilliseconds);
    expect(claimSeconds.person * 1000).toBeGreaterThan(3 * databaseAnswerMilliseconds);
  });

  it('bound the deadline that a setting may give a run', () => {
    const read = (seconds: string) =>
      readApiConfig({
        MODE: 'demo',
        DATABASE_URL: 'postgresql://tenantry_api:x@localhost/x',
        ACCESS_TOKEN_SECRET: 'a'.repeat(32),
        API_KEY_PEPPER: 'b'.repeat(32),
        SECOND_FACTOR_KEYS: `one:${'c'.repeat(32)}`,
        FILES_FOLDER: '/tmp/files',
        AI_BASE_URL: 'http://127.0.0.1/v1',
        AI_DEADLINE_SECONDS: seconds,
      }).ai?.deadlineSeconds;
    expect(read('240')).toBe(240);
    expect(() => read('241')).toThrow('AI_DEADLINE_SECONDS is too large');
    expect(() => read('0')).toThrow('AI_DEADLINE_SECONDS is too small');
  });
});
