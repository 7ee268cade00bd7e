import { type OldProduct, openOldProduct } from '@tenantry/testing/igny8/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runTenantry } from './run.fixture.ts';

let old: OldProduct;
beforeAll(async () => {
  old = await openOldProduct();
});
afterAll(() => old.close());

const prepare = (...words: string[]) => runTenantry(['prepare-igny8', '--source', old.url, ...words], {});

describe('tenantry prepare-igny8', () => {
  it('says which stages a database has, does them, and takes them back', async () => {
    const none = 'add-columns: not done\nbackfill: not done\npartial-index: not done\nrelax: not done';
    expect(await prepare()).toEqual({ code: 0, text: none });
    expect(await prepare('--up', 'relax')).toMatchObject({
      code: 0,
      text: expect.stringContaining('relax: a sub'),
    });
    const all = 'add-columns: done\nbackfill: done\npartial-index: done\nrelax: done';
    expect(await prepare()).toEqual({ code: 0, text: all });
    expect((await prepare('--down', 'add-columns')).code).toBe(0);
    expect(await prepare()).toEqual({ code: 0, text: none });
  });

  it.each([
    [['--up', 'everything'], 'Allowed choices are add-columns, backfill, partial-index, relax'],
    [['--up', 'relax', '--down', 'relax'], 'cannot be used with'],
  ])('refuses %j', async (words, fault) => {
    const { code, text } = await prepare(...words);
    expect(code).toBe(1);
    expect(text).toContain(fault);
  });

  it.each(['mysql://root:a-password@db/igny8', 'a-password'])(
    'refuses the source %s, and does not repeat it',
    async (source) => {
      const { code, text } = await runTenantry(['prepare-igny8', '--source', source], {});
      expect(code).toBe(1);
      expect(text).toContain('--source must be a postgresql:// URL');
      expect(text).not.toContain('a-password');
    },
  );
});
