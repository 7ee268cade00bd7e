import { readFileSync } from 'node:fs';
import { insertStaff } from '@tenantry/db/seed';
import { digestText } from '@tenantry/identity/opaque-token';
import { hashPassword } from '@tenantry/identity/password';
import { openBenchDatabase } from './database.ts';
import { inFolder, startProgram } from './processes.ts';

/** `BENCH_LINES` makes a run shorter or longer. */
const lines = Number(process.env['BENCH_LINES'] ?? 10_000);
/** What an import may take, and what it may need above the memory of the idle process. */
const goal = { seconds: 60, mebibytes: 200 };

interface Server {
  url: string;
  pid: number;
}

/** Measures how long the import of one large file of each format takes, and how much memory the admin process needs for it. */
export async function benchStatements(): Promise<void> {
  await inFolder(async (folder) => {
    const database = await openBenchDatabase(folder);
    const email = 'finance@bench.test';
    const password = 'correct horse battery';
    const staff = {
      email,
      emailDigest: digestText(email),
      role: 'finance',
      passwordHash: await hashPassword(password),
    } as const;
    await insertStaff(database.url('tenantry_owner'), [staff], new Date());
    try {
      console.log(
        `\n${lines} lines\n\n| file | MB | s | again s | MiB above idle |\n|---|---:|---:|---:|---:|`,
      );
      for (const [name, make, mapping] of files) {
        const server = await startProgram<Server>('admin-server.ts', [
          database.url('tenantry_admin'),
          folder,
        ]);
        try {
          await measure(server.urls, { name, file: make(), mapping, email, password });
        } finally {
          await server.stop();
        }
      }
      console.log(`\ngoal: at most ${goal.seconds} s and ${goal.mebibytes} MiB for 10,000 lines`);
    } finally {
      await database.stop();
    }
  });
}

interface Upload {
  name: string;
  file: Buffer<ArrayBuffer>;
  mapping: string | undefined;
  email: string;
  password: string;
}

async function measure(
  { url, pid }: Server,
  { name, file, mapping, email, password }: Upload,
): Promise<void> {
  const session = await fetch(`${url}/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  const { token } = JSON.parse(await session.text());
  const upload = async (): Promise<number> => {
    const form = new FormData();
    if (mapping !== undefined) form.append('mapping', mapping);
    form.append('file', new Blob([file]), name);
    const began = performance.now();
    const answer = await fetch(`${url}/v1/statements`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: form,
    });
    const text = await answer.text();
    if (answer.status !== 201 || JSON.parse(text).lineCount !== lines)
      throw new Error(`${name}: ${text.slice(0, 500)}`);
    return (performance.now() - began) / 1000;
  };
  const idle = mebibytesOf(pid, 'VmRSS');
  const seconds = await upload();
  const again = await upload();
  const above = mebibytesOf(pid, 'VmHWM') - idle;
  const megabytes = file.length / 1e6;
  console.log(
    `| ${name} | ${megabytes.toFixed(1)} | ${seconds.toFixed(1)} | ${again.toFixed(1)} | ${above.toFixed(0)} |`,
  );
}

/** Memory of a process that is resident, now (VmRSS) or at most until now (VmHWM). */
function mebibytesOf(pid: number, figure: 'VmRSS' | 'VmHWM'): number {
  const text = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`^${figure}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0) / 1024;
}

const text = (index: number) => `Payment ${index} of a customer, with a text as long as customers write them`;

function camt(): Buffer<ArrayBuffer> {
  const entry = (_none: unknown, index: number) =>
    `<Ntry><Amt Ccy="EUR">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-03-02</Dt></BookgDt>` +
    `<ValDt><Dt>2026-03-02</Dt></ValDt><AcctSvcrRef>EX20260302${index}</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd>` +
    `<SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd><NtryDtls><TxDtls><Refs><EndToEndId>E2E-${index}</EndToEndId></Refs>` +
    `<Amt Ccy="EUR">1.00</Amt><RltdPties><Dbtr><Pty><Nm>Customer ${index}</Nm></Pty></Dbtr><DbtrAcct><Id><IBAN>DE47999900020000654321</IBAN></Id></DbtrAcct>` +
    `<Cdtr><Pty><Nm>Tenantry Example</Nm></Pty></Cdtr><CdtrAcct><Id><IBAN>DE65999900010000123456</IBAN></Id></CdtrAcct></RltdPties>` +
    `<RmtInf><Ustrd>${text(index)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>\n`;
  const balance = (code: string, amount: string) =>
    `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-02</Dt></Dt></Bal>\n`;
  return Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>1</Id>\n` +
      `<Acct><Id><IBAN>DE65999900010000123456</IBAN></Id><Ccy>EUR</Ccy></Acct>\n${balance('OPBD', '0.00')}${balance('CLBD', `${lines}.00`)}` +
      `${Array.from({ length: lines }, entry).join('')}</Stmt></BkToCstmrStmt></Document>\n`,
  );
}

function mt940(): Buffer<ArrayBuffer> {
  const movement = (_none: unknown, index: number) =>
    `:61:2603020302C1,00NTRFNONREF//MT${index}\n:86:166?00GUTSCHRIFT?20EREF+E2E-${index}?21SVWZ+Payment ${index}?31DE47999900020000654321?32Customer ${index}\n`;
  const movements = Array.from({ length: lines }, movement).join('');
  return Buffer.from(
    `:20:X\n:25:DE65999900010000123456\n:60F:C260301EUR0,00\n${movements}:62F:C260302EUR${lines},00\n`,
  );
}

const csvMapping = JSON.stringify({
  delimiter: ';',
  decimal: ',',
  dateForm: 'DD.MM.YYYY',
  account: 'DE65999900010000123456',
  currency: 'EUR',
  columns: {
    bookedOn: 'Day',
    amount: { column: 'Amount' },
    name: 'Name',
    remittance: ['Text'],
    bankId: 'Id',
  },
});

function csv(): Buffer<ArrayBuffer> {
  const row = (_none: unknown, index: number) =>
    `02.03.2026;1,00;Customer ${index};"${text(index)}";CSV${index}\n`;
  return Buffer.from(`Day;Amount;Name;Text;Id\n${Array.from({ length: lines }, row).join('')}`);
}

const files: readonly [name: string, make: () => Buffer<ArrayBuffer>, mapping: string | undefined][] = [
  ['camt.053', camt, undefined],
  ['MT940', mt940, undefined],
  ['CSV', csv, csvMapping],
];
