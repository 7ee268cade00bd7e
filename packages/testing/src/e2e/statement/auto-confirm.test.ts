import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { csvMapping, csvParts, orderPlan, uploadStatement } from '../../statements.ts';
import { verdictOf } from '../../procedures.ts';
import { registerOwner, signInStaff } from '../../users.ts';

let app: TestApp;
let finance: string;
beforeAll(async () => {
  app = await openTestApp({ statementAutoConfirm: 'exact', secondApproverAmounts: { USD: 5000 } });
  finance = await signInStaff(app, 'finance');
});
afterAll(() => app.close());

/** Imports credits, and answers the status of each line of the file by its text. */
async function importCredits(credits: readonly { text: string; amount?: string }[], bearer = finance) {
  const parts = csvParts(...credits);
  const imported = await uploadStatement(app, parts, { bearer });
  expect(imported.status, JSON.stringify(imported.body)).toBe(201);
  const again = () => uploadStatement(app, parts, { bearer: finance });
  return { id: String(imported.body.id), again };
}

const statusesOf = async (statementId: string) =>
  Object.fromEntries(
    (
      await app.database.query(
        `select payload ->> 'remittance' as text, status from provider_event event
        join statement_file_line line on line.event_id = event.id where line.file_id = $1`,
        [statementId],
      )
    ).map(({ text, status }) => [text, status]),
  );

describe('an import that confirms what is certain', () => {
  it('leaves a line to staff that another format told before, and says which', async () => {
    const owner = await registerOwner(app);
    const { reference } = await orderPlan(app, owner);
    const other = [
      ':20:X',
      ':25:12345678',
      ':60M:C270105USD0,00',
      ':61:270105C29,00NTRFNONREF//7700000000000001',
    ];
    const mt940 = Buffer.from([...other, ':86:A transfer', ':62M:C270105USD29,00', ''].join('\n'));
    const first = await uploadStatement(app, [['file', mt940]], { bearer: finance });
    expect(first.status, JSON.stringify(first.body)).toBe(201);
    const rows = `2027-01-05,29.00,${reference}\n`;
    const csv = Buffer.from(`Day,Amount,Text\n${rows}`);
    const parts = [
      ['mapping', JSON.stringify(csvMapping)],
      ['file', csv],
    ] as const;
    const second = await uploadStatement(app, parts, { bearer: finance });
    expect(await statusesOf(second.body.id)).toEqual({ [reference]: 'waiting' });
    const list = (id: string) =>
      app.admin.rest('GET', `/v1/statement-lines?statementId=${id}`, { bearer: finance });
    const [before, again] = [
      (await list(first.body.id)).body.items[0],
      (await list(second.body.id)).body.items[0],
    ];
    expect(again.mayBeSameAs).toEqual([{ lineId: before.id, status: 'waiting' }]);
    expect(before.mayBeSameAs).toEqual([{ lineId: again.id, status: 'waiting' }]);
  });

  it('books the lines with reference, amount and currency of one invoice, and no others (J43)', async () => {
    const owners = await Promise.all([1, 2, 3, 4, 5].map(() => registerOwner(app)));
    const references = await Promise.all(
      owners.map(async (owner) => (await orderPlan(app, owner)).reference),
    );
    const [exact = '', less = '', more = '', one = '', other = ''] = references;
    const { id } = await importCredits([
      { text: `Thanks ${exact.toLowerCase()}` },
      { text: less, amount: '28.99' },
      { text: more, amount: '29.01' },
      { text: `${one} ${other}` },
      { text: 'Account 1' },
      { text: `back ${exact}`, amount: '-29.00' },
    ]);
    expect(await statusesOf(id)).toEqual({
      [`Thanks ${exact.toLowerCase()}`]: 'processed',
      [less]: 'waiting',
      [more]: 'waiting',
      [`${one} ${other}`]: 'waiting',
      'Account 1': 'waiting',
      [`back ${exact}`]: 'noted',
    });
    const [audit] = await app.database.query(
      `select actor, facts from audit_entry where account_id = $1 and action = 'statementLine.confirm'`,
      [owners[0]?.accountId],
    );
    expect(audit).toMatchObject({ actor: expect.stringMatching(/^staff:/), facts: { automatic: 'true' } });
    const account = await app.rest('GET', '/v1/subscription', { bearer: owners[0]?.token ?? '' });
    expect(account.body).toMatchObject({ status: 'active', plan: { slug: 'starter' } });
  });

  it('books one payment of an invoice that two lines pay', async () => {
    const owner = await registerOwner(app);
    const { reference } = await orderPlan(app, owner);
    const { id } = await importCredits([{ text: reference }, { text: `${reference} again` }]);
    expect(new Set(Object.values(await statusesOf(id)))).toEqual(new Set(['processed', 'waiting']));
  });

  it('leaves the line of their own account to others, and books it when the file comes again', async () => {
    const owner = await registerOwner(app);
    const { reference } = await orderPlan(app, owner);
    const own = await signInStaff(app, 'finance', owner.email);
    const { id, again } = await importCredits([{ text: reference }], own);
    expect(await statusesOf(id)).toEqual({ [reference]: 'waiting' });
    expect((await again()).body.id).toBe(id);
    expect(await statusesOf(id)).toEqual({ [reference]: 'processed' });
  });

  it('leaves money above the limit to two members of staff', async () => {
    const owner = await registerOwner(app);
    const { reference } = await orderPlan(app, owner, 'growth');
    const { id, again } = await importCredits([{ text: reference, amount: '89.00' }]);
    expect(await statusesOf(id)).toEqual({ [reference]: 'waiting' });
    const second = await signInStaff(app, 'finance');
    const [line] = (await app.admin.rest('GET', `/v1/statement-lines?statementId=${id}`, { bearer: second }))
      .body.items;
    const body = { accountId: owner.accountId };
    const act = (verb: string, bearer: string) =>
      app.admin.rest('POST', `/v1/statement-lines/${line.id}/${verb}`, { bearer, body });
    expect(verdictOf(await act('confirm', finance))).toBe('409 payment_state');
    expect((await act('approve', second)).body).toMatchObject({ payment: { status: 'pending_approval' } });
    // The same file again still leaves it to whoever looks at it.
    await again();
    expect(await statusesOf(id)).toEqual({ [reference]: 'waiting' });
    expect(verdictOf(await act('confirm', second))).toBe('409 payment_state');
    expect((await act('confirm', finance)).status).toBe(200);
  });

  it('books a line once when its file comes several times at once', async () => {
    const owner = await registerOwner(app);
    const { reference } = await orderPlan(app, owner);
    const parts = csvParts({ text: reference });
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => uploadStatement(app, parts, { bearer: finance })),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    const payments = await app.database.query(
      "select status from payment where account_id = $1 and status = 'succeeded'",
      [owner.accountId],
    );
    expect(payments).toHaveLength(1);
  });
});
