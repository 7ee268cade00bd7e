import { newId } from '@tenantry/db/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PersonContext } from '../context.ts';
import { type ServiceTest, codeOf, now, openServiceTest, accepted } from '../service.fixture.ts';
import { importStatement } from './import.ts';
import { getStatement, listStatements } from './list.ts';
import { credit, statement, statementsOf } from './statement.fixture.ts';

let services: ServiceTest;
beforeAll(async () => {
  services = await openServiceTest();
});
afterAll(() => services.close());

const { byStaff, load, linesOf } = statementsOf(() => services);

describe('importing a statement', () => {
  it('keeps its lines, and says what it holds', async () => {
    const movements = [
      credit('A'),
      ':61:260302D9,00NTRFNONREF\n:86:FEE',
      ':61:260302RC1,00NTRFNONREF\n:86:BACK',
    ];
    const file = await load(statement(movements, { closing: '19,00' }));
    expect(file).toMatchObject({ format: 'mt940', lineCount: 3, newLineCount: 3, importedAt: now });
    expect((await linesOf(file.id)).map(({ remittance }) => remittance).toSorted()).toEqual(['A', 'BACK']);
    expect(await linesOf(file.id, 'noted')).toMatchObject([
      { remittance: 'FEE', total: { amount: 900, currency: 'USD' } },
    ]);
    expect(accepted(await getStatement(byStaff(), { statementId: file.id }))).toEqual(file);
    expect((await listStatements(byStaff(), { limit: 1 })).items).toEqual([file]);
  });

  it('answers the same for the same file, and keeps its lines once', async () => {
    const bytes = statement([credit('AGAIN')], { closing: '29,00' });
    const first = await load(bytes);
    expect(await load(bytes)).toEqual(first);
    expect(await linesOf(first.id)).toHaveLength(1);
  });

  it('knows a line of an earlier file, and counts those that are alike within one', async () => {
    const [shared, alike] = [credit('SHARED'), ':61:260302C29,00NTRFNONREF\n:86:ALIKE'];
    const first = await load(statement([shared, alike, alike], { closing: '87,00' }));
    const more = statement([alike, shared, alike, credit('NEW')], { closing: '116,00' });
    const second = await load(more);
    expect([first.newLineCount, second.newLineCount, second.lineCount]).toEqual([3, 1, 4]);
    expect(await linesOf(second.id)).toHaveLength(4);
  });

  it('keeps lines once when the same file, and one that overlaps, come at the same time (J42)', async () => {
    const movements = Array.from({ length: 60 }, (_none, index) =>
      credit(`RACE ${index}`, { amount: '1,00' }),
    );
    const whole = statement(movements, { closing: '60,00' });
    const overlapping = statement(movements.toReversed().slice(0, 40), { closing: '40,00' });
    const files = await Promise.all(
      [whole, overlapping, whole, overlapping, whole].map((bytes) => load(bytes)),
    );
    expect(new Set(files.map(({ id }) => id)).size).toBe(2);
    const known = await services.database.query(
      `select count(*)::int as count from provider_event where payload ->> 'remittance' like 'RACE %'`,
    );
    expect(known).toEqual([{ count: 60 }]);
  });

  it('writes nothing of a file that is refused, with its line and the reason (J41)', async () => {
    const before = await services.database.query('select count(*)::int as count from provider_event');
    const bytes = statement([credit('REFUSED')], { closing: '30,00' });
    const refused = await importStatement(byStaff(), { file: bytes, mapping: undefined });
    expect(refused).toMatchObject({
      refused: 'invalid_input',
      facts: { errors: [{ path: 'file', message: expect.stringMatching(/^line 6: closes with 3000/) }] },
    });
    expect(await services.database.query('select count(*)::int as count from provider_event')).toEqual(
      before,
    );
  });

  it('writes nothing of a file whose transaction fails (J41)', async () => {
    const bytes = statement([credit('FAILED')], { closing: '29,00' });
    const failing: PersonContext<'approvals' | 'statements'> = {
      ...byStaff(),
      commit: (work) =>
        services.database.admin.withoutAccount.write({}, async (tx) => {
          await work(tx);
          throw new Error('The process ends here.');
        }),
    };
    await expect(importStatement(failing, { file: bytes, mapping: undefined })).rejects.toThrow('ends here');
    expect((await load(bytes)).newLineCount).toBe(1);
  });

  it('finds no file that was not imported', async () => {
    expect(codeOf(await getStatement(byStaff(), { statementId: newId() }))).toBe('not_found');
  });
});
