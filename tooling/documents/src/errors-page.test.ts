import { adminRouter } from '@tenantry/admin/router';
import { appRouter } from '@tenantry/api/router';
import { refusalGuide } from '@tenantry/domain/refusal-guide';
import { problemCodes, refusalTitle } from '@tenantry/domain/refusals';
import { restProcedures } from '@tenantry/rest/procedures';
import { describe, expect, it } from 'vitest';
import { errorsPage } from './errors-page.ts';

const sections = errorsPage().split('\n### ').slice(1);

describe('the page of errors', () => {
  it('tells of every code who sees it, why, and what to do', () => {
    expect(sections.map((section) => /^`(\w+)`/.exec(section)?.[1] ?? '').toSorted()).toEqual(
      problemCodes.toSorted(),
    );
    for (const section of sections)
      for (const part of ['Who sees it.', 'Why.', 'What to do.'])
        expect(section).toMatch(new RegExp(`\\*\\*${part}\\*\\* \\S.{15,}\\.\n?`));
  });

  it('names operations that exist and no others', () => {
    const routes = [appRouter, adminRouter].flatMap((router) =>
      restProcedures(router).map(({ route: { method, path } }) => `${method} /v1${path}`),
    );
    const named = Object.values(refusalGuide).flatMap(({ why, remedy }) => [
      ...`${why} ${remedy}`.matchAll(/(?:GET|POST|PATCH|DELETE) \/v1[\w/{}-]+/g),
    ]);
    expect(named.length).toBeGreaterThan(10);
    expect(named.map(([text]) => text).filter((text) => !routes.includes(text))).toEqual([]);
  });

  it('has a sentence of its own for every code', () => {
    expect(new Set(Object.values(refusalTitle)).size).toBe(Object.keys(refusalTitle).length);
  });
});
