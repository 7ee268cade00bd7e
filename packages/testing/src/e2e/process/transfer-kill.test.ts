import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { type SubmittedTransfer, submitTransfer } from '../../bank-transfers.ts';
import type { Caller } from '../../caller.ts';
import { faultsOfBooks } from '../../ledger-faults.ts';
import { startAdminProcess } from '../../process.ts';
import { openWire } from '../../statement-recorder.ts';
import { signInStaff } from '../../users.ts';
import { verdictOf } from '../../procedures.ts';

/** How many of the statements of a confirmation a process dies at; all of them on demand. */
const points = Number(process.env['TRANSFER_KILLS'] ?? 10);
const rounds = Number(process.env['TRANSFER_KILL_ROUNDS'] ?? 1);

let app: TestApp;
let finance: string;
beforeAll(async () => {
  app = await openTestApp();
  finance = await signInStaff(app, 'finance');
});
afterAll(() => app.close());

const confirm = (caller: Caller, { confirmation: body }: SubmittedTransfer) =>
  caller.rest('POST', '/v1/billing/confirm-bank-transfer', { body, bearer: finance });

/** Everything that a confirmed transfer of an account has written, counted. */
async function effectsOf({ owner: { accountId } }: SubmittedTransfer) {
  const [row] = await app.database.query(
    `select (select count(*) from credit_grant where account_id = $1 and reference like 'period:%')::int as grants,
     (select count(*) from subscription_period where account_id = $1)::int as periods,
     (select count(*) from payment where account_id = $1 and status = 'succeeded')::int as payments,
     (select count(*) from invoice where account_id = $1 and status = 'paid')::int as invoices,
     (select count(*) from money_entry where account_id = $1)::int as moves,
     (select count(*) from external_reference where account_id = $1)::int as references,
     (select count(*) from outbox_message where account_id = $1 and topic in ('invoice.paid', 'payment.succeeded'))::int as messages,
     (select count(*) from audit_entry where account_id = $1 and action = 'billing.confirmBankTransfer')::int as audits`,
    [accountId],
  );
  return row;
}
const nothing = {
  grants: 0,
  periods: 0,
  payments: 0,
  invoices: 0,
  moves: 0,
  references: 0,
  messages: 0,
  audits: 0,
};
const once = {
  grants: 1,
  periods: 1,
  payments: 1,
  invoices: 1,
  moves: 2,
  references: 1,
  messages: 2,
  audits: 1,
};

/** Confirms a transfer in a process of its own that dies as it sends its `nth` statement; answers the statements. */
async function confirmAndDie(transfer: SubmittedTransfer, nth: number): Promise<string[]> {
  const sent: string[] = [];
  let isArmed = false;
  let die = () => {};
  const wire = await openWire(app.database.url('tenantry_admin'), ({ text }) => {
    if (!isArmed) return;
    sent.push(text);
    if (sent.length === nth) die();
  });
  const admin = await startAdminProcess(app, wire.url);
  die = () => admin.signal('SIGKILL');
  isArmed = true;
  await confirm(admin, transfer).catch(() => undefined);
  isArmed = false;
  admin.signal('SIGKILL');
  await admin.ended;
  await wire.close();
  return sent;
}

/** The numbers of the statements at which processes die, spread over all of them, the first and the last included. */
function spread(statements: number): number[] {
  const count = Math.min(points, statements);
  return Array.from(
    { length: count },
    (_, index) => 1 + Math.round((index * (statements - 1)) / Math.max(1, count - 1)),
  );
}

describe('a process that is killed while it books a transfer', () => {
  it('leaves all of it or nothing, and booking again makes it whole once (J11)', async () => {
    const whole = await submitTransfer(app);
    const statements = await confirmAndDie(whole, Number.MAX_SAFE_INTEGER);
    expect(await effectsOf(whole)).toEqual(once);
    expect(statements.length).toBeGreaterThan(20);
    const left: Record<string, number> = { nothing: 0, whole: 0 };
    for (let round = 0; round < rounds; round += 1)
      for (const nth of spread(statements.length)) {
        const transfer = await submitTransfer(app);
        await confirmAndDie(transfer, nth);
        const effects = await effectsOf(transfer);
        const isWhole = effects?.['payments'] === 1;
        left[isWhole ? 'whole' : 'nothing'] = (left[isWhole ? 'whole' : 'nothing'] ?? 0) + 1;
        expect(effects, `killed at ${nth}: ${statements[nth - 1]}`).toEqual(isWhole ? once : nothing);
        expect(verdictOf(await confirm(app.admin, transfer))).toBe('ok');
        expect(await effectsOf(transfer)).toEqual(once);
        expect(await faultsOfBooks(app.database, transfer.owner.accountId)).toEqual([]);
      }
    console.log(
      `killed at ${rounds} × ${Math.min(points, statements.length)} statements: ${JSON.stringify(left)}`,
    );
    expect(left['nothing']).toBeGreaterThan(0);
  }, 1_800_000);
});
