import { describe, expect, it } from 'vitest';
import { invitationStatus } from './status.ts';

const now = new Date('2026-03-01T00:00:00Z');
const before = new Date(now.getTime() - 1);
const after = new Date(now.getTime() + 1);
const dates = { acceptedAt: null, revokedAt: null, expiresAt: after };

describe('the status of an invitation', () => {
  it('is open until it expires, and no longer at that moment', () => {
    expect(invitationStatus(dates, now)).toBe('open');
    expect(invitationStatus({ ...dates, expiresAt: now }, now)).toBe('expired');
  });

  it('stays accepted or revoked after its time', () => {
    expect(invitationStatus({ ...dates, acceptedAt: before, expiresAt: before }, now)).toBe('accepted');
    expect(invitationStatus({ ...dates, revokedAt: before, expiresAt: before }, now)).toBe('revoked');
  });
});
