import { createRequire } from 'node:module';
import core from '@mikro-orm/core/package.json' with { type: 'json' };
import migrations from '@mikro-orm/migrations/package.json' with { type: 'json' };
import postgresql from '@mikro-orm/postgresql/package.json' with { type: 'json' };
import orm from 'mikro-orm/package.json' with { type: 'json' };
import { expect, it } from 'vitest';

it('the ORM’s packages are of the release that `mikro-orm` names, and the driver loads the same core', () => {
  // The packages of different releases share one entity manager only by chance.
  expect([core, migrations, postgresql].map(({ version }) => version)).toEqual([
    orm.version,
    orm.version,
    orm.version,
  ]);
  const here = createRequire(import.meta.url);
  const driver = createRequire(here.resolve('@mikro-orm/postgresql'));
  expect(driver.resolve('@mikro-orm/core')).toBe(here.resolve('@mikro-orm/core'));
});
