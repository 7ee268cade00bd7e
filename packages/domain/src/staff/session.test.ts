import { describe, expect, it } from 'vitest';
import { hasStaffSessionEnded, isUseToRecord, staffSessionEnd } from './session.ts';

const createdAt = new Date('2026-03-01T08:00:00Z');
const at = (minutes: number) => new Date(createdAt.getTime() + minutes * 60_000);
const session = (lastUsed: number | null) => ({
  createdAt,
  expiresAt: staffSessionEnd(createdAt),
  lastUsedAt: lastUsed === null ? null : at(lastUsed),
});

describe('a session of staff', () => {
  it('ends an hour after its last use, to the minute', () => {
    expect(hasStaffSessionEnded(session(null), at(59.99))).toBe(false);
    expect(hasStaffSessionEnded(session(null), at(60))).toBe(true);
    expect(hasStaffSessionEnded(session(45), at(104.99))).toBe(false);
    expect(hasStaffSessionEnded(session(45), at(105))).toBe(true);
  });

  it('ends after twelve hours, however often it is used', () => {
    expect(hasStaffSessionEnded(session(719), at(719.99))).toBe(false);
    expect(hasStaffSessionEnded(session(719.99), at(720))).toBe(true);
  });

  it('has its use written down at most once a minute', () => {
    expect(isUseToRecord(session(null), at(0.5))).toBe(false);
    expect(isUseToRecord(session(null), at(1))).toBe(true);
    expect(isUseToRecord(session(5), at(5.9))).toBe(false);
    expect(isUseToRecord(session(5), at(6))).toBe(true);
  });
});
