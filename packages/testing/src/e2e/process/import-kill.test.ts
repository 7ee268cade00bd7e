import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FailpointName } from '@tenantry/db/failpoint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { faultsOfBooks } from '../../ledger-faults.ts';
import { runProgram } from '../../process.ts';
import { csvParts, orderPlan, uploadStatement } from '../../statements.ts';
import { registerOwner, signInStaff } from '../../users.ts';

/** Where an import dies: before and after the file is stored, and before and after each line is booked. */
const points: readonly FailpointName[] = [
  'statement_written',
  'statement_committed',
  'line_written',
  'line_committed',
];
/** Each of a file's three certain lines is the one at which an import dies; of storing there is one in each import. */
const passes = [1, 2, 3] as const;

let app: TestApp;
let finance: string;
let staff: { staffId: string; sessionId: string };
beforeAll(async () => {
  app = await openTestApp({ statementAutoConfirm: 'exact' });
  finance = await signInStaff(app, 'finance');
  const [row] = await app.database.query('select id, staff_id from staff_session');
  staff = { staffId: String(row?.['staff_id']), sessionId: String(row?.['id']) };
});
afterAll(() => app.close());

/** A file that pays the invoices of three new accounts, and has a line of nobody. */
async function makeFile(name: string) {
  const owners = await Promise.all(passes.map(() => registerOwner(app)));
  const invoices = await Promise.all(owners.map((owner) => orderPlan(app, owner)));
  const texts = [...invoices.map(({ reference }) => reference), `of nobody ${name}`];
  const parts = csvParts(...texts.map((text) => ({ text })));
  const path = join(app.filesFolder, `${name}.csv`);
  await writeFile(path, parts.at(-1)?.[1] ?? '');
  return { path, parts, texts, accountIds: owners.map(({ accountId }) => accountId) };
}
type StatementFile = Awaited<ReturnType<typeof makeFile>>;

/** Imports a file in a process of its own that dies at a pass of a point. */
function importAndDie({ path }: StatementFile, point: FailpointName, nth: number) {
  const { staffId, sessionId } = staff;
  const words = ['--url', app.database.url('tenantry_admin'), '--file', path];
  const by = ['--staff', staffId, '--session', sessionId];
  return runProgram('fault-test/import.ts', [...words, ...by, '--point', point, '--nth', String(nth)]);
}

/** Imports a file by the admin app. */
async function importWhole({ parts }: StatementFile) {
  const imported = await uploadStatement(app, parts, { bearer: finance });
  expect(imported.status, JSON.stringify(imported.body)).toBe(201);
}

/** Lines that are stored, lines that are booked, and what the accounts of a file have: payments, grants, paid invoices, audits. */
async function effectsOf({ texts, accountIds }: StatementFile) {
  const [row] = await app.database.query(
    `select (select count(*) from provider_event where payload ->> 'remittance' = any ($1))::int as lines,
     (select count(*) from provider_event where payload ->> 'remittance' = any ($1) and status = 'processed')::int as booked,
     (select count(*) from payment where account_id = any ($2) and status = 'succeeded')::int as payments,
     (select count(*) from credit_grant where account_id = any ($2) and reference like 'period:%')::int as grants,
     (select count(*) from invoice where account_id = any ($2) and status = 'paid')::int as invoices,
     (select count(*) from audit_entry where account_id = any ($2) and action = 'statementLine.confirm')::int as audits`,
    [texts, accountIds],
  );
  return row;
}
const effects = (lines: number, booked: number) => ({
  lines,
  booked,
  payments: booked,
  grants: booked,
  invoices: booked,
  audits: booked,
});

/** How many lines are stored and booked after an import has died at a pass of a point. */
function leftAt(point: FailpointName, pass: number) {
  if (point === 'statement_written') return effects(0, 0);
  if (point === 'statement_committed') return effects(4, 0);
  return effects(4, point === 'line_written' ? pass - 1 : pass);
}

describe('an import of a statement that is killed', () => {
  it('at every step has booked each line whole or not at all, and the same file ends the work once', async () => {
    for (const point of points)
      for (const pass of passes) {
        const file = await makeFile(`${point}-${pass}`);
        const nth = point.startsWith('line') ? pass : 1;
        expect(await importAndDie(file, point, nth), point).toBe('SIGKILL');
        expect(await effectsOf(file), `${point} ${pass}`).toEqual(leftAt(point, pass));
        for (let again = 0; again < 2; again += 1) {
          await importWhole(file);
          expect(await effectsOf(file)).toEqual(effects(4, 3));
        }
        for (const accountId of file.accountIds)
          expect(await faultsOfBooks(app.database, accountId)).toEqual([]);
      }
    console.log(`${points.length * passes.length} kills of an import: 0 lines lost, 0 booked twice`);
  }, 120_000);
});
