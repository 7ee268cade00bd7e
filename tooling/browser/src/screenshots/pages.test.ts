import { describe, expect, it } from 'vitest';
import { isOfPath, nameOfPath, pathsOfRoutes } from './pages.ts';

describe('the pages of which pictures are taken', () => {
  it('are all that the routes of the console name, those with parameters last', () => {
    const paths = pathsOfRoutes();
    expect(paths).toContain('/sign-in');
    expect(paths).toContain('/catalogue');
    const first = paths.findIndex((path) => path.includes('$'));
    expect(first < 0 || paths.slice(first).every((path) => path.includes('$'))).toBe(true);
  });

  it.each([
    ['/accounts/1', '/accounts/$accountId', true],
    ['/accounts/1?tab=keys', '/accounts/$accountId', true],
    ['/accounts', '/accounts/$accountId', false],
    ['/accounts/', '/accounts/$accountId', false],
    ['/payments/1', '/accounts/$accountId', false],
    ['/accounts/1/keys', '/accounts/$accountId', false],
  ])('know whether %s is of %s', (address, path, isOf) => {
    expect(isOfPath(address, path)).toBe(isOf);
  });

  it('are named by their path', () => {
    expect(['/', '/catalogue', '/accounts/$accountId'].map(nameOfPath)).toEqual([
      'start',
      'catalogue',
      'accounts-accountId',
    ]);
  });
});
