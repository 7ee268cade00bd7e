import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import type { Answer } from '../../caller.ts';
import { callProcedure, transports, verdictOf } from '../../procedures.ts';
import { type Part, csvParts, orderPlan, uploadStatement } from '../../statements.ts';
import { registerOwner, signInStaff } from '../../users.ts';

let app: TestApp;
let finance: string;
beforeAll(async () => {
  app = await openTestApp();
  finance = await signInStaff(app, 'finance');
});
afterAll(() => app.close());

const upload = (parts: readonly Part[], { bearer = finance, headers = {} } = {}) =>
  uploadStatement(app, parts, { bearer, headers });
const csv = (text: string, amount?: string) =>
  csvParts({ text, ...(amount === undefined ? {} : { amount }) });
const linesOf = async (statementId: string): Promise<Answer['body'][]> => {
  const path = `/v1/statement-lines?statementId=${statementId}`;
  return (await app.admin.rest('GET', path, { bearer: finance })).body.items;
};

describe.each(transports)('a statement over %s', (transport) => {
  const call = (name: string, input: Record<string, unknown>, bearer = finance) =>
    callProcedure(app.admin, transport, {
      app: 'admin',
      name,
      input,
      headers: { authorization: `Bearer ${bearer}` },
    });

  it('is imported, and its line is booked as the payment that it names', async () => {
    const owner = await registerOwner(app);
    const invoice = await orderPlan(app, owner);
    const imported = await upload(csv(`Reference ${invoice.reference}`));
    expect(imported.status, JSON.stringify(imported.body)).toBe(201);
    expect(imported.body).toMatchObject({ format: 'csv', lineCount: 1, newLineCount: 1, warnings: [] });
    const { id: statementId } = imported.body;
    expect((await call('statement.get', { statementId })).body).toEqual(imported.body);
    expect((await call('statement.list', { limit: 1 })).body.items).toEqual([imported.body]);
    const [line] = (await call('statementLine.list', { statementId })).body.items;
    expect(line.proposals[0]).toMatchObject({ accountId: owner.accountId, invoiceId: invoice.id });
    const input = { lineId: line.id, accountId: owner.accountId, invoiceId: invoice.id };
    expect((await call('statementLine.confirm', input)).body).toMatchObject({
      lineId: line.id,
      payment: { status: 'succeeded', total: { amount: 2900, currency: 'USD' } },
      subscription: { status: 'active' },
      credits: { available: 5000 },
    });
    expect(verdictOf(await call('statementLine.confirm', input))).toBe('409 conflict');
    const processed = await call('statementLine.list', { statementId, status: 'processed' });
    expect(processed.body.items).toMatchObject([
      { id: line.id, outcome: { accountId: owner.accountId, invoiceId: invoice.id }, proposals: [] },
    ]);
    const [audit] = await app.database.query(
      `select actor, subject_id, facts from audit_entry where account_id = $1 and action = 'statementLine.confirm'`,
      [owner.accountId],
    );
    expect(audit).toMatchObject({ subject_id: line.id, facts: { invoiceId: invoice.id } });
  });

  it('has a line that is ignored for a reason', async () => {
    const { id: statementId } = (await upload(csv('interest', '1.00'))).body;
    const [line] = await linesOf(statementId);
    const ignore = { lineId: line.id, reason: 'Interest of the bank.' };
    expect((await call('statementLine.ignore', ignore)).body).toEqual({ id: line.id });
    expect(verdictOf(await call('statementLine.ignore', ignore))).toBe('409 conflict');
    expect(verdictOf(await call('statementLine.ignore', { ...ignore, reason: ' ' }))).toBe(
      '400 invalid_input',
    );
    const [event] = await app.database.query(
      `select facts from security_event where action = 'statementLine.ignore' and facts ->> 'subject' = $1`,
      [line.id],
    );
    expect(event).toMatchObject({ facts: { subject: line.id, reason: 'Interest of the bank.' } });
  });

  it('is for staff who confirm money alone', async () => {
    const [line] = await linesOf((await upload(csv('whose'))).body.id);
    const inputs: [string, Record<string, unknown>][] = [
      ['statement.list', {}],
      ['statement.get', { statementId: line.id }],
      ['statementLine.list', {}],
      ['statementLine.confirm', { lineId: line.id, accountId: line.id }],
      ['statementLine.ignore', { lineId: line.id, reason: 'x' }],
    ];
    for (const role of ['support', 'platform_admin'] as const) {
      const bearer = await signInStaff(app, role);
      for (const [name, input] of inputs) {
        const verdict = verdictOf(await call(name, input, bearer));
        // An account that does not exist is told first; whether one exists, every role may see.
        expect(verdict, name).toBe(name === 'statementLine.confirm' ? '404 not_found' : '403 role_forbids');
      }
      expect(verdictOf(await upload(csv('whose'), { bearer }))).toBe('403 role_forbids');
    }
    const owner = await registerOwner(app);
    const [other] = await linesOf((await upload(csv('of nobody'))).body.id);
    const confirm = (accountId: string, bearer?: string) =>
      call('statementLine.confirm', { lineId: other.id, accountId }, bearer);
    expect(verdictOf(await confirm(owner.accountId, await signInStaff(app, 'support')))).toBe(
      '403 role_forbids',
    );
    expect(verdictOf(await upload(csv('whose'), { bearer: owner.token }))).toBe('401 unauthenticated');
  });

  it('is booked for no account whose member the staff are', async () => {
    const owner = await registerOwner(app);
    const invoice = await orderPlan(app, owner);
    const [line] = await linesOf((await upload(csv(invoice.reference))).body.id);
    const own = await signInStaff(app, 'finance', owner.email);
    const confirm = { lineId: line.id, accountId: owner.accountId };
    expect(verdictOf(await call('statementLine.confirm', confirm, own))).toBe('403 role_forbids');
    expect((await call('statementLine.confirm', confirm)).status).toBe(200);
  });
});

describe('an uploaded statement', () => {
  it('answers the same to the same Idempotency-Key, and refuses another file under it', async () => {
    const headers = { 'idempotency-key': 'statement-1' };
    const parts = csv('once');
    const first = await upload(parts, { headers });
    const again = await upload(parts, { headers });
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(verdictOf(await upload(csv('another'), { headers }))).toBe('422 idempotency_mismatch');
  });

  it('is refused with the line and the reason', async () => {
    const [mapping] = csv('x');
    const refused = await upload([
      mapping ?? ['', ''],
      ['file', Buffer.from('Day,Amount,Text\n2026-01-01,1e9,x\n')],
    ]);
    expect(verdictOf(refused)).toBe('400 invalid_input');
    expect(refused.body.errors).toEqual([
      { path: 'file', message: expect.stringMatching(/^line 2: has an amount that is no number/) },
    ]);
    const bomb = Buffer.from('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>');
    expect((await upload([['file', bomb]])).body.errors[0].message).toMatch(/^line 1: has a document type/);
  });

  it.each<[string, readonly Part[], string, string]>([
    ['no file', [['mapping', '{}']], '400 invalid_input', 'file'],
    [
      'two files',
      [
        ['file', Buffer.from('a')],
        ['file', Buffer.from('b')],
      ],
      '400 invalid_input',
      'file',
    ],
    ['two mappings', [...csv('x'), ['mapping', '{}']], '400 invalid_input', 'mapping'],
    [
      'a mapping that is a file',
      [
        ['mapping', Buffer.from('{}')],
        ['file', Buffer.from('a')],
      ],
      '400 invalid_input',
      'mapping',
    ],
    [
      'a mapping that is no JSON',
      [
        ['mapping', 'x'],
        ['file', Buffer.from('a')],
      ],
      '400 invalid_input',
      'mapping',
    ],
    [
      'a mapping with an unknown key',
      [
        ['mapping', '{"x":1}'],
        ['file', Buffer.from('a')],
      ],
      '400 invalid_input',
      'mapping',
    ],
    [
      'a mapping that is too long',
      [
        ['mapping', ' '.repeat(20_000)],
        ['file', Buffer.from('a')],
      ],
      '400 invalid_input',
      'mapping',
    ],
    [
      'another part',
      [
        ['other', 'x'],
        ['file', Buffer.from('a')],
      ],
      '400 invalid_input',
      'other',
    ],
  ])('is refused with %s', async (_what, parts, verdict, path) => {
    const answer = await upload(parts);
    expect(verdictOf(answer), JSON.stringify(answer.body)).toBe(verdict);
    expect(String(answer.body.errors[0].path).split('.')[0]).toBe(path);
  });

  it('is refused above the size of a file, with the connection still usable', async () => {
    expect(verdictOf(await upload([['file', Buffer.alloc(32_000_001, ':')]]))).toBe('413 payload_too_large');
    expect((await upload(csv('after'))).status).toBe(201);
  });
});
