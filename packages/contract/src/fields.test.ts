import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { id, moment } from './fields.ts';
import { pageInput } from './page.ts';

const own = '0198f0c0-5e1a-7c3d-8a11-2f6b0c9d4e01';

describe('an id in an input', () => {
  it('is taken in either case and parsed to lower case', () => {
    expect(id.parse(own.toUpperCase())).toBe(own);
    expect(id.optional().parse(own.toUpperCase())).toBe(own);
  });

  it('is described like an id in an output', () => {
    expect(z.toJSONSchema(id, { io: 'input' })).toEqual(z.toJSONSchema(z.uuid()));
  });
});

describe('a time in an input', () => {
  it.each(['0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z', '2026-03-01T10:30:00+01:00'])(
    'may be %s',
    (at) => {
      expect(moment.safeParse(at).success).toBe(true);
    },
  );

  it.each(['0000-12-31T23:59:59Z', '0001-01-01T00:00:00+00:01', '9999-12-31T23:59:59-00:01', '2026-03-01'])(
    'is not %s',
    (at) => {
      expect(moment.safeParse(at).success).toBe(false);
    },
  );
});

describe('a cursor', () => {
  const cursor = (key: string) => Buffer.from(key).toString('base64url');
  const takes = (given: string) => pageInput.safeParse({ cursor: given }).success;

  it('is an id or a sequence number in base64url', () => {
    expect([own, '1', '42', '9007199254740991'].map((key) => takes(cursor(key)))).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  it.each(['', '0', '-1', '1e3', 'x', own.toUpperCase(), `${own}0`, '12345678901234567'])(
    'is not of %j',
    (key) => {
      expect(takes(cursor(key))).toBe(false);
    },
  );

  it('has one spelling', () => {
    expect(takes(`${cursor('42')}=`)).toBe(false);
    expect(takes(`${cursor('1').slice(0, 1)}R`)).toBe(false);
    expect(takes('A')).toBe(false);
    expect(takes('é')).toBe(false);
  });
});
