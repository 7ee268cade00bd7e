import { type TestDatabase, openTestDatabase } from '@tenantry/testing/database';
import { asOwner, perToken, perUnit, withdraw, writeOperations } from '@tenantry/testing/operations';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openOrm } from '../orm.ts';
import { newId } from '../ids.ts';
import { listOperations } from './queries.ts';
import { writeOperations as writeAll } from './write.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const listed = async (name: string) =>
  (await asOwner(database, listOperations)).find((price) => price.name === name);

describe('the price of an operation', () => {
  it('gets the next version when any of it changes, and keeps every version before', async () => {
    const first = perUnit('translate', 3);
    const forms = [
      first,
      { ...first, creditsMin: 4 },
      { ...first, model: 'large' },
      { ...first, promptTemplate: 'Translate {{text}}.' },
      perToken('translate', [3, 1, 15]),
      perToken('translate', [3, 2, 15]),
    ];
    for (const [before, terms] of forms.entries()) {
      const version = before + 1;
      expect(await writeOperations(database, [terms])).toMatchObject([{ version, isChanged: true }]);
      expect(await writeOperations(database, [terms])).toMatchObject([{ version, isChanged: false }]);
      expect(await listed('translate')).toEqual({ ...terms, version });
    }
    const kept = await database.query(
      "select credits_per_unit from operation_price where name = 'translate' order by price_version",
    );
    expect(kept.map((row) => row['credits_per_unit'])).toEqual([3, 3, 3, 3, null, null]);
  });

  it('is not listed once it is withdrawn, and is back when it is written again', async () => {
    const terms = perUnit('transcribe', 2, 'minute');
    await writeOperations(database, [terms]);
    expect(await withdraw(database, 'transcribe')).toBe(true);
    expect(await withdraw(database, 'transcribe')).toBe(false);
    expect(await withdraw(database, 'levitate')).toBe(false);
    expect(await listed('transcribe')).toBeUndefined();
    expect(await writeOperations(database, [terms])).toMatchObject([{ version: 1, isChanged: true }]);
    expect(await listed('transcribe')).toMatchObject({ version: 1 });
  });

  it('gets one version for each change of writers who come at once', async () => {
    const written = await Promise.all(
      [1, 2, 3, 4, 5].map((credits) => writeOperations(database, [perUnit('race', credits)])),
    );
    expect(
      written
        .flat()
        .map(({ version }) => version)
        .toSorted((left, right) => left - right),
    ).toEqual([1, 2, 3, 4, 5]);
    expect(await listed('race')).toMatchObject({ version: 5 });
  });

  it('leaves nothing of a transaction that fails', async () => {
    const failed = asOwner(database, async (tx) => {
      await writeAll(tx, [perUnit('half', 1)]);
      throw new Error('stop');
    });
    await expect(failed).rejects.toThrow('stop');
    expect(await listed('half')).toBeUndefined();
  });

  it.each([
    ['a negative price', perUnit('bad', -1)],
    ['a unit without a name', perUnit('bad', 1, '')],
    ['a size of nothing', { ...perUnit('bad', 1), unitSize: 0 }],
    ['a cached token above the others', perToken('bad', [1, 2, 3])],
    ['rates of tokens for another unit', { ...perToken('bad', [1, 1, 1]), unit: 'page' }],
    ['a default above the most', { ...perUnit('bad', 1), outputTokensDefault: 501, outputTokensMax: 500 }],
    ['an empty template', { ...perUnit('bad', 1), promptTemplate: '' }],
  ])('cannot be %s', async (_what, terms) => {
    await expect(writeOperations(database, [terms])).rejects.toThrow('constraint');
    expect(await listed('bad')).toBeUndefined();
  });

  it('cannot have a prompt template with a variable that no run can name', async () => {
    const terms = { ...perUnit('bad', 1), promptTemplate: 'Write about {{ text }}.' };
    await expect(writeOperations(database, [terms])).rejects.toThrow('{{ text }} is no variable');
    expect(await listed('bad')).toBeUndefined();
  });

  it.each(['update operation_price set credits_min = 9', 'delete from operation_price'])(
    'cannot be changed even by the owner: %s',
    async (sql) => {
      await expect(database.query(sql)).rejects.toThrow('never changed');
    },
  );

  it('is written by the owner alone', async () => {
    const orm = await openOrm(database.url('tenantry_api'), 1);
    const terms = perUnit('mine', 0);
    await expect(orm.em.transactional((em) => writeAll({ em }, [terms]))).rejects.toThrow('permission');
    await orm.close(true);
  });
});

describe('the migration of prices', () => {
  it('makes what operations cost their first version, which every hold was quoted', async () => {
    const old = await openTestDatabase();
    const orm = await openOrm(old.url('tenantry_owner'), 1);
    await orm.migrator.down({ to: '0030-unused-rights' });
    const accountId = newId();
    await old.query("insert into account (id, name, created_at) values ($1, 'An account', now())", [
      accountId,
    ]);
    await old.query(
      `insert into operation (name, kind, unit, unit_size, credits_per_unit, credits_min, output_tokens_default)
       values ('scan', 'image', 'page', 3, 4, 5, 600)`,
    );
    const hold = `insert into credit_hold (account_id, id, amount, status, operation, expires_at, created_at)
      values ($1, $2, 5, 'open', $3, now(), now())`;
    await old.query(hold, [accountId, newId(), 'scan']);
    await old.query(hold, [accountId, newId(), null]);
    await orm.migrator.up();
    const priced = await old.query(
      'select h.operation, price.unit_size, price.credits_per_unit, price.output_tokens_default, price.output_tokens_max from credit_hold h left join operation_price price on price.name = h.operation and price.price_version = h.price_version order by 1',
    );
    expect(priced).toEqual([
      {
        operation: 'scan',
        unit_size: 3,
        credits_per_unit: 4,
        output_tokens_default: 600,
        output_tokens_max: 32_000,
      },
      expect.objectContaining({ operation: null, unit_size: null }),
    ]);
    // A new hold has to name its version.
    await expect(old.query(hold, [accountId, newId(), 'scan'])).rejects.toThrow('price_version');
    await orm.migrator.down({ to: '0030-unused-rights' });
    const [back] = await old.query(
      "select kind, unit, unit_size, credits_per_unit from operation where name = 'scan'",
    );
    expect(back).toEqual({ kind: 'image', unit: 'page', unit_size: 3, credits_per_unit: 4 });
    await orm.migrator.up();
    await orm.close(true);
    await old.close();
  }, 60_000);
});
