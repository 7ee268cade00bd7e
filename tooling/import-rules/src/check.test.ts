import { describe, expect, it } from 'vitest';
import { checkImports, idleBans } from './check.ts';
import { exceptions, rooms } from './rules.ts';

const brokenBy = (path: string, source: string): string[] => checkImports(new Map([[path, source]])).broken;

/** One way to break each row of the table, and each ban. */
const breaches: readonly [path: string, source: string][] = [
  ['packages/domain/src/a.ts', "import { newId } from '@tenantry/db/ids';"],
  ['packages/domain/src/a.ts', "import { join } from 'node:path';"],
  ['packages/domain/src/a.ts', "import { z } from 'zod';"],
  ['packages/domain/src/a.ts', 'export async function rule() {}'],
  ['packages/domain/src/a.ts', 'export const now = () => new Date();'],
  ['packages/db/src/a.ts', "import { initTRPC } from '@trpc/server';"],
  ['packages/db/src/a.ts', "import { z } from 'zod';"],
  ['packages/db/src/a.ts', "import Fastify from 'fastify';"],
  ['packages/db/src/a.ts', 'em.execute(`select ${name}`);'],
  ['packages/db/src/a.ts', "em.execute('select ' + name);"],
  ['packages/db/src/a.ts', 'account.available -= 1;'],
  ['packages/db/src/a.ts', 'balance.held++;'],
  ['packages/services/src/site/a.ts', "import { z } from 'zod';"],
  ['packages/services/src/site/a.ts', "import { throttle } from '@tenantry/gate/throttle';"],
  ['packages/services/src/site/a.ts', "import { TRPCError } from '@trpc/server';"],
  ['packages/services/src/site/a.ts', "em.execute('select 1');"],
  ['packages/services/src/site/a.ts', 'em.find(Site, {}, { filters: false });'],
  ['packages/services/src/site/a.ts', 'em.getReference(Site, id);'],
  ['packages/services/src/site/a.ts', 'em.upsert(Site, row);'],
  ['packages/services/src/site/a.ts', 'const at = Date.now();'],
  ['packages/ledger/src/a.ts', "import { holdCredits } from '@tenantry/services/credit/hold';"],
  ['packages/ledger/src/a.ts', 'balance.available -= amount;'],
  ['packages/db/src/a.ts', "import { change } from '@tenantry/ledger/change';"],
  ['packages/gate/src/a.ts', "import { createSite } from '@tenantry/services/site/create';"],
  ['packages/gate/src/a.ts', "import { present } from '@tenantry/rest/present';"],
  ['packages/rest/src/a.ts', "import { refuse } from '@tenantry/domain/refusals';"],
  ['packages/rest/src/a.ts', "import { Site } from '@tenantry/db/site/entity';"],
  ['packages/identity/src/a.ts', "import { Site } from '@tenantry/db/site/entity';"],
  ['packages/ai/src/a.ts', "import { TRPCError } from '@trpc/server';"],
  ['packages/files/src/a.ts', 'const folder = process.env.FILES;'],
  ['packages/payments/src/a.ts', "import { Site } from '@tenantry/db/site/entity';"],
  ['packages/config/src/a.ts', "import { refuse } from '@tenantry/domain/refusals';"],
  ['packages/client/src/a.ts', "import { register } from '@tenantry/services/registration/create';"],
  ['apps/api/src/a.ts', "import { adminRouter } from '@tenantry/admin/router';"],
  ['apps/api/src/a.ts', "import { openTestDatabase } from '@tenantry/testing/database';"],
  ['apps/api/src/a.ts', "import { MikroORM } from '@mikro-orm/postgresql';"],
  ['apps/api/src/a.ts', 'const port = process.env.PORT;'],
  ['apps/api/src/a.ts', "const port = process['env'].PORT;"],
  ['apps/api/src/a.ts', 'const now = new Date();'],
  ['apps/admin/src/a.ts', "import { appRouter } from '@tenantry/api/router';"],
  ['apps/worker/src/a.ts', "import { z } from 'zod';"],
  ['apps/cli/src/a.ts', "import { appRouter } from '@tenantry/api/router';"],
  ['apps/api/src/a.ts', "import { secret } from '../../../packages/db/src/secret.ts';"],
  ['apps/api/src/a.ts', "import { sample } from './a.fixture.ts';"],
  ['apps/api/src/a.ts', "export { adminRouter } from '@tenantry/admin/router';"],
  ['apps/api/src/a.ts', "const { a } = await import('@tenantry/admin/router');"],
  ['apps/api/src/a.ts', 'const a = await import(name);'],
  ['packages/rest/src/a.ts', 'const form = /^(a+)+$/;'],
  ['packages/rest/src/a.ts', 'const form = /^\\s*(.*)\\s*x$/;'],
  ['packages/attic/src/a.ts', 'export const a = 1;'],
];

describe('the laws of the rooms', () => {
  it.each(breaches)('report in %s: %s', (path, source) => {
    expect(brokenBy(path, source)).toHaveLength(1);
  });

  it('bind every room that they name, by at least one breach above', () => {
    const breached = new Set(breaches.map(([path]) => path.split('/').slice(0, 2).join('/')));
    const unproven = Object.keys(rooms).filter((room) => !breached.has(room) && room !== 'packages/mail');
    expect(unproven).toEqual([]);
    expect(idleBans()).toEqual([]);
  });

  it('let pass what the table allows, and tests', () => {
    expect(
      brokenBy('packages/services/src/site/a.ts', "import { Site } from '@tenantry/db/site/entity';"),
    ).toEqual([]);
    expect(brokenBy('packages/db/src/a.ts', "em.execute(listSites, [id]); em.execute('select 1');")).toEqual(
      [],
    );
    expect(brokenBy('packages/domain/src/a.test.ts', "import { it } from 'vitest';")).toEqual([]);
    expect(brokenBy('apps/api/src/main.ts', 'const clock = () => new Date();')).toEqual([]);
    expect(brokenBy('apps/api/src/a.ts', 'const at = new Date(0);')).toEqual([]);
  });

  it('say why each exception stands', () => {
    for (const { may, because } of Object.values(exceptions)) {
      expect(may.length).toBeGreaterThan(0);
      expect(because).not.toBe('');
    }
  });
});
