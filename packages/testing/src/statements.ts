import type { ImportStatementInput } from '@tenantry/contract/statement';
import type { TestApp } from './app.ts';
import type { Answer } from './caller.ts';
import type { Owner } from './users.ts';

/** A part of a multipart body: a text, or the bytes of a file. */
export type Part = readonly [name: string, content: string | Uint8Array<ArrayBuffer>];

/** Sends a multipart body to the import of statements, as staff. */
export async function uploadStatement(
  app: TestApp,
  parts: readonly Part[],
  { bearer, headers = {} }: { bearer: string; headers?: Record<string, string> },
): Promise<Answer> {
  const form = new FormData();
  for (const [name, content] of parts)
    if (typeof content === 'string') form.append(name, content);
    else form.append(name, new Blob([content]), 'statement.xml');
  const response = await fetch(`${app.admin.url}/v1/statements`, {
    method: 'POST',
    headers: { authorization: `Bearer ${bearer}`, ...headers },
    body: form,
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

/** How the columns of the CSV files of tests are read. */
export const csvMapping: NonNullable<ImportStatementInput['mapping']> = {
  delimiter: ',',
  decimal: '.',
  dateForm: 'YYYY-MM-DD',
  charset: 'utf-8',
  hasHeader: true,
  skippedRows: 0,
  account: '12345678',
  currency: 'USD',
  columns: { bookedOn: 'Day', amount: { column: 'Amount' }, remittance: ['Text'] },
};

let days = 0;

/** The parts of an upload: a CSV file with credits of one day, which no other file of the test process has. */
export function csvParts(...credits: readonly { text: string; amount?: string }[]): readonly Part[] {
  days += 1;
  const day = new Date(Date.UTC(2026, 0, days)).toISOString().slice(0, 10);
  const rows = credits.map(({ text, amount = '29.00' }) => `${day},${amount},${text}\n`);
  return [
    ['mapping', JSON.stringify(csvMapping)],
    ['file', Buffer.from(`Day,Amount,Text\n${rows.join('')}`)],
  ];
}

/** Orders a plan by bank transfer; answers its invoice: 29.00 USD of `starter`, 89.00 USD of `growth`. */
export async function orderPlan(
  app: TestApp,
  owner: Owner,
  planSlug = 'starter',
): Promise<{ id: string; reference: string }> {
  const body = { planSlug, paymentMethod: 'bank_transfer' };
  return (await app.rest('POST', '/v1/subscription/change', { body, bearer: owner.token })).body.invoice;
}
