import { describe, expect, it } from 'vitest';
import { circleLine, circlesAmong } from './graph.ts';

const packages = new Map([['@tenantry/db', 'packages/db']]);
const circlesOf = (modules: Record<string, string>): string[] =>
  circlesAmong(new Map(Object.entries(modules)), packages).map(circleLine);

describe('circles of imports', () => {
  it('are found between two modules of one package', () => {
    expect(
      circlesOf({
        'packages/db/src/a.ts': "import { b } from './b.ts';",
        'packages/db/src/b.ts': "export { a } from './a.ts';",
      }),
    ).toEqual(['packages/db/src/a.ts → packages/db/src/b.ts → packages/db/src/a.ts']);
  });

  it('are found across packages, by type imports and by dynamic imports', () => {
    expect(
      circlesOf({
        'packages/db/src/site/entity.ts': "import type { C } from '../../../testing/src/c.ts';",
        'packages/testing/src/c.ts': "export const c = () => import('./d.ts');",
        'packages/testing/src/d.ts': "import { Site } from '@tenantry/db/site/entity';",
      }),
    ).toHaveLength(1);
  });

  it('are found where a module imports itself', () => {
    expect(circlesOf({ 'packages/db/src/a.ts': "import { b } from './a.ts';" })).toEqual([
      'packages/db/src/a.ts → packages/db/src/a.ts',
    ]);
  });

  it('are not seen in a graph that two ways lead through', () => {
    expect(
      circlesOf({
        'packages/db/src/a.ts': "import './b.ts'; import './c.ts';",
        'packages/db/src/b.ts': "import './d.ts';",
        'packages/db/src/c.ts': "import './d.ts';",
        'packages/db/src/d.ts': 'export const d = 1;',
      }),
    ).toEqual([]);
  });

  it('are reported once for each group, by the shortest way round', () => {
    expect(
      circlesOf({
        'packages/db/src/a.ts': "import './b.ts'; import './c.ts';",
        'packages/db/src/b.ts': "import './c.ts';",
        'packages/db/src/c.ts': "import './a.ts';",
      }),
    ).toEqual(['packages/db/src/a.ts → packages/db/src/c.ts → packages/db/src/a.ts']);
  });
});
