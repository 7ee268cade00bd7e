import { listPaymentQueue } from '@tenantry/db/staff/queries';
import { commitByCommand } from '../service-key/commit.ts';
import { storeStatement } from '../statement/import.ts';
import { type World, accepted, callOf } from './world.ts';

/** A movement on the account of the operator. */
interface Movement {
  name: string;
  text: string;
  /** In minor units; below zero for money that goes out. */
  amount: number;
}

/**
 * Imports the statement of the last day, as finance: lines that match the transfers that wait, wholly and nearly, one of
 * money that came twice, one of a payer whom nobody knows, a fee of the bank, and one without a reference.
 */
export async function importLastStatement(world: World, at: Date): Promise<void> {
  const { database, staff, readStatement } = world;
  const call = callOf(staff.finance, at);
  const waiting = await database.withoutAccount.read({}, (tx) =>
    listPaymentQueue(tx, { limit: 50, status: 'pending_approval', order: 'oldest' }, at),
  );
  const booked = await database.withoutAccount.read({}, (tx) =>
    listPaymentQueue(tx, { limit: 1, status: 'succeeded', order: 'newest' }, at),
  );
  const movements = [
    ...waiting.items.flatMap((payment, index) => movementOf(payment, index)),
    ...booked.items.map(({ payerName: name, reference: text, amount }) => ({ name, text, amount })),
    { name: 'K. Unknown', text: 'for the website', amount: 4200 },
    { name: 'Example Bank', text: 'Fee of the month', amount: -1250 },
  ];
  const commit = commitByCommand(database, call, 'statement.import');
  const file = Buffer.from(camtOf(movements, at));
  accepted(
    'statement',
    await storeStatement({ ...call, commit, read: readStatement }, { file, mapping: undefined }),
  );
}

/** What the bank says of a transfer that waits: of three, one came as reported, one without its reference, one not yet. */
function movementOf(
  { payerName: name, reference, amount }: { payerName: string; reference: string; amount: number },
  index: number,
): Movement[] {
  if (index % 3 === 2) return [];
  return [{ name, amount, text: index % 3 === 0 ? reference : 'Invoice, thank you' }];
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** A statement as camt.053, whose closing balance is right. */
function camtOf(movements: readonly Movement[], at: Date): string {
  const day = at.toISOString().slice(0, 10);
  const opening = 1_842_300;
  const closing = movements.reduce((sum, { amount }) => sum + amount, opening);
  const balance = (code: string, amount: number) =>
    `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp>${amountOf(amount)}<Dt><Dt>${day}</Dt></Dt></Bal>`;
  const entries = movements.map((one, index) => entryOf(one, `${day.replaceAll('-', '')}${index + 1}`, day));
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
<GrpHdr><MsgId>DEMO-${day}</MsgId><CreDtTm>${at.toISOString()}</CreDtTm></GrpHdr>
<Stmt><Id>DEMO-${day}</Id><ElctrncSeqNb>1</ElctrncSeqNb><CreDtTm>${at.toISOString()}</CreDtTm>
<Acct><Id><Othr><Id>0000000000</Id></Othr></Id><Ccy>USD</Ccy></Acct>
${balance('OPBD', opening)}${balance('CLBD', closing)}
${entries.join('\n')}
</Stmt></BkToCstmrStmt></Document>`;
}

const amountOf = (amount: number) =>
  `<Amt Ccy="USD">${(Math.abs(amount) / 100).toFixed(2)}</Amt><CdtDbtInd>${amount < 0 ? 'DBIT' : 'CRDT'}</CdtDbtInd>`;

const entryOf = ({ name, text, amount }: Movement, bankId: string, day: string) =>
  `<Ntry>${amountOf(amount)}<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${day}</Dt></BookgDt><ValDt><Dt>${day}</Dt></ValDt><AcctSvcrRef>${bankId}</AcctSvcrRef>
<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>
<NtryDtls><TxDtls><Refs><AcctSvcrRef>${bankId}</AcctSvcrRef></Refs>${amountOf(amount)}<RltdPties>${amount < 0 ? '' : `<Dbtr><Pty><Nm>${escaped(name)}</Nm></Pty></Dbtr>`}</RltdPties>
<RmtInf><Ustrd>${escaped(text)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`;
