import { describe, expect, it } from 'vitest';
import { standingCodes } from '../standing.ts';
import { addDays } from '../time.ts';
import { whyActorMayNot, whyCredentialEnds, whyStandingRefuses } from './explanation.ts';

const now = new Date('2026-03-02T12:00:00Z');
const decided = { at: now, by: 'staff:1', reason: 'The card holder disputes the charge.' };

describe('the fact for which the standing refuses', () => {
  const facts = {
    subscription: { status: 'active', paidThrough: now, graceUntil: addDays(now, 20) },
    plan: { slug: 'growth', graceDays: 7 },
    decided,
  } as const;

  it('names the end of what was paid, and the end of grace as staff extended it', () => {
    expect(whyStandingRefuses('payment_overdue', facts)).toBe(
      'The subscription is past due since 2026-03-02T12:00:00.000Z, and grace ended at 2026-03-22T12:00:00.000Z.',
    );
  });

  it('names who suspended the account, when and why', () => {
    expect(whyStandingRefuses('account_suspended', facts)).toBe(
      'The account was suspended at 2026-03-02T12:00:00.000Z by staff:1: The card holder disputes the charge.',
    );
    const { decided: _decided, ...unknown } = facts;
    expect(whyStandingRefuses('account_suspended', unknown)).toBe('The account was suspended.');
  });

  it.each(standingCodes)('is a sentence for %s', (code) => {
    expect(whyStandingRefuses(code, facts)).toMatch(/^The .*\.$/);
  });
});

describe('the fact for which an actor may not', () => {
  const plain = { system: false, sandbox: false };
  const needed = { scope: 'credit:spend', person: false, role: 'viewer' } as const;

  it.each([
    [
      'a key without the scope',
      { scopes: ['site:read'] },
      needed,
      'The key lacks the scope credit:spend. It holds: site:read.',
    ],
    [
      'a key where a person must call',
      { scopes: ['credit:spend'] },
      { ...needed, person: true },
      'A signed-in person alone may call it; no key may.',
    ],
    ['a role without the scope', { role: 'viewer' }, needed, 'The role viewer lacks the scope credit:spend.'],
    [
      'a role that is too low',
      { role: 'admin' },
      { ...needed, role: 'owner' },
      'The role admin is lower than owner, which it needs.',
    ],
    [
      'a scope of sandboxes',
      { role: 'owner' },
      { ...needed, scope: 'clock:write' },
      'The scope clock:write means nothing in an account of this kind.',
    ],
  ] as const)('tells of %s', (_what, actor, terms, sentence) => {
    expect(whyActorMayNot(actor, plain, terms)).toBe(sentence);
  });

  it('throws where nothing forbids it', () => {
    expect(() => whyActorMayNot({ role: 'owner' }, plain, needed)).toThrow('The role owner may do this');
  });
});

describe('the fact for which a credential ends', () => {
  const facts = { revokedAt: now, expiresAt: addDays(now, 1), allowedAddresses: ['192.0.2.0/24'] };

  it.each([
    [
      'key',
      'revoked',
      { ...facts, revoked: decided },
      'The key was revoked at 2026-03-02T12:00:00.000Z by staff:1: The card holder disputes the charge.',
    ],
    [
      'session',
      'revoked',
      facts,
      'The newest session of the member was revoked at 2026-03-02T12:00:00.000Z.',
    ],
    ['key', 'expired', facts, 'The key expired at 2026-03-03T12:00:00.000Z.'],
    [
      'key',
      'address_not_allowed',
      facts,
      'The address is not one of those that the key may be used from: 192.0.2.0/24.',
    ],
  ] as const)('of a %s that is %s', (kind, fault, given, sentence) => {
    expect(whyCredentialEnds(kind, fault, given)).toBe(sentence);
  });
});
