import { describe, expect, it } from 'vitest';
import { titlesIn } from '../titles.ts';
import { citedBy, withoutCodes } from './citations.ts';
import type { Guarantee } from './guarantee.ts';
import { testsHolding, testsOfFinding } from './held.ts';
import { guaranteeGroups } from './list.ts';

describe('the ids that a title cites', () => {
  it.each([
    ['throws (A1)', ['A1']],
    ['throws (A1, B2)', ['A1', 'B2']],
    ['is right (I1–I3, I7)', ['I1', 'I2', 'I3', 'I7']],
    ['pays (I10): over REST', ['I10']],
    ['is of one account (rule 10)', []],
    ['follows RFC A1', []],
    ['never exceeds (I1, F4)', ['I1', 'Q4']],
    ['is revoked (F4)', ['F4']],
    ['leaves nothing (F24)', ['Q24']],
  ])('%s', (title, ids) => {
    expect(citedBy(title)).toEqual(ids);
  });

  it('are left out where the title is shown', () => {
    expect(withoutCodes('pays (I10): over %s (A1)')).toBe('pays: over %s');
  });
});

describe('the titles of a file', () => {
  const source = `
    describe('a key', () => {
      describe.each([1])('of %s', () => { it('is read (F4)', async () => {}); });
      for (const one of list) it.each([one])(\`ends after \${one} days\`, () => {});
    });
    test('alone', () => {});
    expect(it).toBe('a title');`;

  it('begin with the titles of the groups around them', () => {
    expect(titlesIn('a.test.ts', source).map(({ title }) => title)).toEqual([
      'a key of %s is read (F4)',
      'a key ends after … days',
      'alone',
    ]);
  });
});

describe('a guarantee', () => {
  const titles = [
    { file: 'a.test.ts', title: 'throws (A1)' },
    { file: 'a.test.ts', title: 'counts own rows' },
  ];
  const faultsOf = (...guarantees: Guarantee[]): string[] => {
    const faults: string[] = [];
    testsHolding(guarantees, titles, (fault) => faults.push(fault));
    return faults;
  };
  const cited = { id: 'A1', statement: 'It throws.' };

  it('is held by a test that cites it or that it names', () => {
    expect(faultsOf(cited, { id: 'A2', statement: 'It counts.', tests: ['own rows'] })).toEqual([]);
  });

  it('without a test needs a reason, and with a test has none', () => {
    expect(faultsOf(cited, { id: 'A2', statement: 'It counts.' })).toHaveLength(1);
    expect(faultsOf(cited, { id: 'A2', statement: 'It counts.', untested: 'hard to count' })).toEqual([]);
    expect(faultsOf({ ...cited, untested: 'hard to throw' })).toHaveLength(1);
  });

  it('that a test cites must be stated, once', () => {
    expect(faultsOf({ id: 'A2', statement: 'It counts.', tests: ['own rows'] })).toHaveLength(1);
    expect(faultsOf(cited, cited)).toHaveLength(1);
  });

  it('names tests that exist, each by a part of one title', () => {
    expect(faultsOf({ ...cited, tests: ['no such test'] })).toHaveLength(1);
    expect(faultsOf({ ...cited, tests: ['o'] })).toHaveLength(1);
  });

  it('has one sentence, and an id of the letter of its group', () => {
    for (const { guarantees } of guaranteeGroups) {
      expect(new Set(guarantees.map(({ id }) => id.charAt(0))).size).toBe(1);
      for (const { statement } of guarantees) expect(statement).toMatch(/^\S.*[^.]\.$/);
    }
  });

  it('of a finding needs a test too', () => {
    const faults: string[] = [];
    testsOfFinding({ title: 'a', answer: 'b', tests: [] }, titles, (fault) => faults.push(fault));
    expect(faults).toHaveLength(1);
  });
});
