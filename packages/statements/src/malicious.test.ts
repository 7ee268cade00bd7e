import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { statementBytesMax } from './bounds.ts';
import { sampleMappings, shown } from './lines.fixture.ts';
import { parseStatementFile } from './parse.ts';

const account = 'DE65999900010000123456';
const namespace = 'urn:iso:std:iso:20022:tech:xsd:camt.053.001.08';

const balance = (code: string, amount: string, currency = 'EUR') =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="${currency}">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-02</Dt></Dt></Bal>`;
const entry = (amount: string, { currency = 'EUR', mark = 'CRDT', day = '2026-03-02', more = '' } = {}) =>
  `<Ntry><Amt Ccy="${currency}">${amount}</Amt><CdtDbtInd>${mark}</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>${day}</Dt></BookgDt>${more}</Ntry>`;

/** A camt.053 file; entries begin at line 5. */
const camt = (entries: string, { prolog = '', own = account, closing = '189.00', ns = namespace } = {}) =>
  `<?xml version="1.0" encoding="UTF-8"?>${prolog}
<Document xmlns="${ns}"><BkToCstmrStmt><Stmt>
<Id>1</Id><Acct><Id><IBAN>${own}</IBAN></Id></Acct>
${balance('OPBD', '100.00')}${balance('CLBD', closing)}
${entries}
</Stmt></BkToCstmrStmt></Document>`;

/** An MT940 message; the movement is line 4. */
const mt940 = (movement: string, { end = ':62F:C260302EUR189,00', opening = ':60F:C260301EUR100,00' } = {}) =>
  [':20:X', `:25:${account}`, opening, movement, ':86:TEXT', end, ''].join('\n');

const csv = (...rows: string[]) => ['Date,Description,Debit,Credit,Reference', ...rows].join('\n');

const bomb = `<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">${'bcdefghij'
  .split('')
  .map((name, index) => `<!ENTITY ${name} "${`&${'abcdefghi'[index]};`.repeat(10)}">`)
  .join('')}]>`;
const deep = `${'<Sub>'.repeat(60)}${'</Sub>'.repeat(60)}`;
const wide = `<NtryDtls>${'<TxDtls/>'.repeat(260_000)}</NtryDtls>`;
const zip = Buffer.from('504b0304140000000800', 'hex');

type Refused = [what: string, file: string | Uint8Array, line: number, reason: RegExp];

const refusedXml: Refused[] = [
  ['entities that multiply', camt(entry('89.00'), { prolog: bomb }), 1, /document type/],
  [
    'an entity from another file',
    camt(entry('89.00', { more: '&x;' }), {
      prolog: '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    }),
    1,
    /document type/,
  ],
  [
    'a document type at another place',
    camt(entry('89.00', { more: '<!DOCTYPE x SYSTEM "http://192.0.2.1/x">' })),
    5,
    /not well-formed|document type/,
  ],
  [
    'an entity that nothing declares',
    camt(entry('89.00', { more: '<AddtlNtryInf>&x;</AddtlNtryInf>' })),
    5,
    /undefined entity/,
  ],
  ['the end in the middle', camt(entry('89.00')).slice(0, -50), 5, /not well-formed/],
  ['elements that cross', camt('<Ntry><Amt></Ntry></Amt>'), 5, /not well-formed/],
  [
    'another charset than it declares',
    Buffer.from(camt(entry('89.00', { more: '<AddtlNtryInf>Zürich</AddtlNtryInf>' })), 'latin1'),
    1,
    /bytes .* not utf-8/,
  ],
  ['a charset that nobody reads', camt(entry('89.00')).replace('UTF-8', 'utf-7'), 1, /charset/],
  ['a NUL', camt(entry('89.00', { more: '<AddtlNtryInf>\0</AddtlNtryInf>' })), 5, /NUL/],
  ['too deep a nesting', camt(entry('89.00', { more: deep })), 5, /nests more than/],
  ['an entry without an end of parts', camt(entry('89.00', { more: wide })), 5, /more than 250000 parts/],
  ['a notification', camt(entry('89.00'), { ns: namespace.replace('053', '054') }), 2, /camt\.054/],
  ['another XML file', '<html><body/></html>', 1, /no camt\.053/],
  [
    'wrong check digits of its account',
    camt(entry('89.00'), { own: 'DE66999900010000123456' }),
    3,
    /check digits/,
  ],
  ['a negative amount', camt(entry('-89.00')), 5, /no plain number: "-89.00"/],
  ['an exponent', camt(entry('1e9')), 5, /no plain number: "1e9"/],
  ['no number', camt(entry('NaN')), 5, /no plain number: "NaN"/],
  ['a comma for a point', camt(entry('89,00')), 5, /no plain number/],
  ['more digits than the currency has', camt(entry('89.005')), 5, /EUR cannot have/],
  ['more money than can be counted', camt(entry('90071992547409.93')), 5, /EUR cannot have/],
  ['two currencies', camt(entry('89.00', { currency: 'USD' })), 5, /"USD", and its statement in "EUR"/],
  ['no currency', camt(entry('89.00', { currency: 'euro' })), 5, /no currency/],
  ['a day that does not exist', camt(entry('89.00', { day: '2026-02-30' })), 5, /does not exist/],
  ['no day', camt(entry('89.00', { day: 'soon' })), 5, /no date/],
  ['a third direction', camt(entry('89.00', { mark: 'BOTH' })), 5, /neither credit nor debit/],
  [
    'a closing balance that its lines do not lead to',
    camt(entry('89.00'), { closing: '190.00' }),
    6,
    /closes with 19000, but its lines lead from 10000 to 18900/,
  ],
  ['a line that stands twice', camt(entry('89.00') + entry('89.00')), 6, /closes with 18900/],
  [
    'a field without an end',
    camt(entry('89.00', { more: `<AddtlNtryInf>${'x'.repeat(10_001)}</AddtlNtryInf>` })),
    5,
    /more than 10000 characters/,
  ],
];

const refusedMt940: Refused[] = [
  ['no closing balance', mt940(':61:260302C89,00NTRFNONREF', { end: '-' }), 3, /without a closing balance/],
  [
    'the next message before its end',
    mt940(':61:260302C89,00NTRFNONREF', { end: ':20:Y' }),
    6,
    /without a closing balance/,
  ],
  ['a wrong closing balance', mt940(':61:260302C88,00NTRFNONREF'), 6, /closes with 18900/],
  [
    'a credit taken back as if it were one',
    mt940(':61:260302RC89,00NTRFNONREF'),
    6,
    /closes with 18900, but its lines lead from 10000 to 1100/,
  ],
  [
    'another currency at its end',
    mt940(':61:260302C89,00NTRFNONREF', { end: ':62F:C260302USD189,00' }),
    6,
    /"USD", and its statement in "EUR"/,
  ],
  [
    'a movement before the opening balance',
    mt940(':61:260302C89,00NTRFNONREF', { opening: ':28C:1' }),
    4,
    /outside a statement/,
  ],
  ['a movement without an amount', mt940(':61:260302CNTRFNONREF'), 4, /field 61/],
  ['a negative amount', mt940(':61:260302C-89,00NTRFNONREF'), 4, /field 61/],
  ['a point for a comma', mt940(':61:260302C89.00NTRFNONREF'), 4, /field 61/],
  ['a month that does not exist', mt940(':61:261302C89,00NTRFNONREF'), 4, /does not exist/],
  ['text before its first field', `hello\n${mt940(':61:260302C89,00NTRFNONREF')}`, 1, /belongs to no field/],
  [
    'a page that opens with another balance',
    `${mt940(':61:260302C89,00NTRFNONREF', { end: ':62M:C260302EUR189,00' })}:20:Y\n:25:${account}\n:60M:C260302EUR188,00\n:62F:C260302EUR188,00\n`,
    9,
    /opens a page/,
  ],
  [
    'a line without an end',
    mt940(`:61:260302C89,00NTRF${'x'.repeat(10_001)}`),
    4,
    /more than 10000 characters/,
  ],
  ['a field without an end', mt940(`:61:260302C89,00NTRFNONREF${'\nx'.repeat(300)}`), 204, /201st line/],
];

const refusedCsv: Refused[] = [
  ['a quote that is not closed', csv('03/02/2026,"ADA,,89.00,'), 2, /quote is not closed/],
  ['a quote within a text', csv('03/02/2026,A"DA",,89.00,'), 2, /quote opens within/],
  ['a formula for an amount', csv('03/02/2026,ADA,,=80+9,'), 2, /no number/],
  ['an exponent', csv('03/02/2026,ADA,,1e9,'), 2, /no number/],
  ['no number', csv('03/02/2026,ADA,,NaN,'), 2, /no number/],
  ['a negative credit', csv('03/02/2026,ADA,,-89.00,'), 2, /sign beside/],
  ['both directions', csv('03/02/2026,ADA,1.00,89.00,'), 2, /both columns, or in neither/],
  ['groups of two digits', csv('03/02/2026,ADA,,"1,0,89.00",'), 2, /no number/],
  [
    'another form of its days',
    csv('03/02/2026,ADA,,89.00,', '2026-03-02,ADA,,89.00,'),
    3,
    /not MM\/DD\/YYYY/,
  ],
  ['a 13th month', csv('13/02/2026,ADA,,89.00,'), 2, /does not exist/],
  [
    'no column of that name',
    csv('03/02/2026,ADA,,89.00,').replace('Credit', 'Kredit'),
    1,
    /does not name the column "Credit"/,
  ],
  ['nothing', '\n', 2, /names the columns/],
  ['a NUL', csv('03/02/2026,ADA\0,,89.00,'), 2, /NUL/],
  ['another charset', Buffer.from(csv('03/02/2026,Zürich,,89.00,'), 'latin1'), 1, /not utf-8/],
  ['a row without an end', csv(`03/02/2026,"${'x'.repeat(50_000)}`), 2, /row has more than 40000 characters/],
  ['300 columns', csv(`03/02/2026,ADA,,89.00${',x'.repeat(300)}`), 2, /more than 200 columns/],
];

const refusedFiles: Refused[] = [
  ['nothing', '', 1, /empty/],
  ['an archive that is called XML', zip, 1, /archive/],
  ['a packed file', gzipSync(camt(entry('89.00'))), 1, /archive/],
  ['a CSV file without a mapping', csv('03/02/2026,ADA,,89.00,'), 1, /needs a mapping/],
  ['a line of as many bytes as a file may have', Buffer.alloc(statementBytesMax, 'x'), 1, /needs a mapping/],
  [
    'a message of one such line',
    Buffer.concat([Buffer.from(':20:'), Buffer.alloc(statementBytesMax, 'x')]),
    1,
    /more than 10000 characters/,
  ],
];

const bytesOf = (file: string | Uint8Array) => (typeof file === 'string' ? Buffer.from(file) : file);

describe.each([
  ['camt.053', refusedXml, undefined],
  ['MT940', refusedMt940, undefined],
  ['CSV', refusedCsv, sampleMappings.american],
  ['unknown', refusedFiles, undefined],
])('a malicious or damaged file: %s', (_format, refused, mapping) => {
  it.each(refused)('is refused with line and reason: %s', async (_what, file, lineNumber, reason) => {
    const message: unknown = expect.stringMatching(reason);
    expect(await parseStatementFile(bytesOf(file), mapping)).toEqual({ fault: { lineNumber, message } });
  });
});

describe('a file that looks dangerous and is not', () => {
  const linesOf = async (file: string, mapping = sampleMappings.american) => {
    const read = await parseStatementFile(Buffer.from(file), file.startsWith('<') ? undefined : mapping);
    return 'fault' in read ? [`line ${read.fault.lineNumber}: ${read.fault.message}`] : read.lines.map(shown);
  };

  it('is read where a text looks like a formula', async () => {
    expect(await linesOf(csv(`03/02/2026,"=cmd|' /C calc'!A0",,89.00,`))).toEqual([
      "2 | 2026-03-02 | credit | 8900 USD | - | - | - | - | - | =cmd|' /C calc'!A0",
    ]);
  });

  it('is read without the characters that turn a text around or show nothing', async () => {
    expect(await linesOf(csv('03/02/2026,ADA\u202E\u200B\u0007 EXAMPLE,,89.00,'))).toEqual([
      '2 | 2026-03-02 | credit | 8900 USD | - | - | - | - | - | ADA EXAMPLE',
    ]);
  });

  it('keeps lines apart that have the same id of the bank', async () => {
    const twice = entry('44.50', { more: '<AcctSvcrRef>1</AcctSvcrRef>' });
    const read = await parseStatementFile(Buffer.from(camt(twice + twice)));
    expect('lines' in read ? new Set(read.lines.map(({ eventId }) => eventId)).size : 0).toBe(2);
  });

  it('leaves out what has an amount of zero', async () => {
    expect(await linesOf(camt(entry('89.00') + entry('0.00')))).toHaveLength(1);
  });

  it('is one line where the parts of a batch do not add up', async () => {
    const part = '<TxDtls><Amt Ccy="EUR">40.00</Amt></TxDtls>';
    const batch = entry('89.00', { more: `<NtryDtls>${part}${part}</NtryDtls>` });
    expect(await linesOf(camt(batch))).toEqual(['5 | 2026-03-02 | credit | 8900 EUR | - | - | - | - | - | ']);
  });
});
