import { readFile } from 'node:fs/promises';
import { csvMappingText } from '@tenantry/contract/csv-mapping';
import { points } from '@tenantry/domain/statement/match';
import { parseStatementFile } from '@tenantry/statements/parse';
import { describe, expect, it } from 'vitest';

const page = await readFile(new URL('../../../../../docs/statements.md', import.meta.url), 'utf8');

/** The first block of the page in a language. */
function block(language: string): string {
  const text = page.split(`\`\`\`${language}\n`)[1]?.split('```')[0];
  if (text === undefined) throw new Error(`The page has no block of ${language}.`);
  return text;
}

describe('the page on statements', () => {
  it('shows a mapping that reads the file beside it', async () => {
    const mapping = csvMappingText.parse(block('json'));
    expect(await parseStatementFile(Buffer.from(block('csv')), mapping)).toMatchObject({
      lines: [
        {
          lineNumber: 3,
          bookedOn: '2026-03-02',
          amount: 108_900,
          direction: 'credit',
          name: 'Müller & Söhne',
          counterpartyAccount: 'DE47999900020000654321',
          remittance: 'RF50TNTRY0001',
        },
        { lineNumber: 4, bookedOn: '2026-03-03', valueOn: null, amount: 4510, direction: 'debit' },
      ],
    });
  });

  it('says what each reason adds to the score', () => {
    for (const [reason, score] of Object.entries(points))
      if (score > 0) expect(page).toContain(`| \`${reason}\` | ${score} |`);
  });
});
