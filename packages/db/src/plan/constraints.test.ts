import { type TestDatabase, openTestDatabase } from '@tenantry/testing/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listOwnNames } from '../catalogue/queries.ts';
import { listPlans } from './queries.ts';

let app: TestDatabase;
beforeAll(async () => {
  app = await openTestDatabase();
});
afterAll(() => app.close());

const set = (column: 'features' | 'own_limits', value: unknown) =>
  app.query(`update plan set ${column} = $1::jsonb where slug = 'growth'`, [JSON.stringify(value)]);

describe('features and limits that the product declares for itself', () => {
  it('are read with the plan', async () => {
    await set('features', ['sites', 'exports', 'api-access']);
    await set('own_limits', { projects: 0, reportsPerDay: 7 });
    const plans = await app.api.withoutAccount.read({}, listPlans);
    expect(plans.find(({ slug }) => slug === 'growth')).toMatchObject({
      features: ['sites', 'exports', 'api-access'],
      ownLimits: { projects: 0, reportsPerDay: 7 },
    });
  });

  it.each([
    ['not a list', { sites: true }],
    ['a number', [7]],
    ['null', [null]],
    ['an empty name', ['']],
    ['a name with a space', ['two words']],
    ['a name of 51 characters', ['x'.repeat(51)]],
  ])('are refused as features: %s', async (_title, features) => {
    await expect(set('features', features)).rejects.toThrow('plan_features_check');
  });

  it.each([
    ['a list', [1]],
    ['below 0', { projects: -1 }],
    ['not whole', { projects: 1.5 }],
    ['text', { projects: '7' }],
    ['null', { projects: null }],
    ['a name with a capital at its start', { Projects: 1 }],
    ['an empty name', { '': 1 }],
  ])('are refused as limits: %s', async (_title, limits) => {
    await expect(set('own_limits', limits)).rejects.toThrow('plan_own_limits_check');
  });

  it('are named by the catalogue, which staff may apply, and neither the API nor the worker may add a name', async () => {
    await app.query("insert into own_feature values ('exports', 'Files to take away')");
    await app.query("insert into own_limit values ('projects', 'Projects at one time')");
    const names = await app.api.withoutAccount.read({}, listOwnNames);
    expect(names).toEqual({ features: ['exports'], limits: ['projects'] });
    const grants = await app.query(
      `select grantee, privilege_type from information_schema.role_table_grants
       where table_name in ('own_feature', 'own_limit') and grantee not in ('tenantry_owner', 'tenantry_admin') and privilege_type <> 'SELECT'`,
    );
    expect(grants).toEqual([]);
  });
});
