import { withoutCodes } from './guarantees/citations.ts';
import { findings } from './guarantees/findings.ts';
import { testsHolding, testsOfFinding } from './guarantees/held.ts';
import { guaranteeGroups } from './guarantees/list.ts';
import { made, table } from './table.ts';
import { type TestTitle, testTitles } from './titles.ts';

const link = ({ file, title }: TestTitle): string =>
  `${withoutCodes(title).replaceAll('<', '&lt;')} ([${file.split('/').at(-1)}](../${file}))`;
const links = (tests: readonly TestTitle[]): string => tests.map(link).join('<br>');

const intro = `# Guarantees

Each statement has an id, which the titles of tests cite. \`npm run verify\` fails when a test cites an id that is not stated
here, and when a statement has neither a test nor a reason in the section without tests. A title with \`%s\` or \`…\` is run
with several inputs.
`;

/** Every guarantee with the tests that hold it, and every finding of the audit. Throws when one of them is incomplete. */
export function guaranteesPage(): string {
  const faults: string[] = [];
  const report = (fault: string) => faults.push(fault);
  const titles = testTitles();
  const all = guaranteeGroups.flatMap(({ guarantees }) => guarantees);
  const held = testsHolding(all, titles, report);
  const sections = guaranteeGroups.map(({ subject, guarantees }) => {
    const rows = guarantees
      .filter(({ untested }) => untested === undefined)
      .map(({ id, statement }) => [id, statement, links(held.get(id) ?? [])]);
    return `## ${subject}\n\n${table(['id', 'statement', 'tests'], rows)}\n`;
  });
  const untested = all.flatMap(({ id, statement, untested: reason }) =>
    reason === undefined ? [] : [[id, statement, reason]],
  );
  const answered = findings.map((finding, index) => [
    String(index + 1),
    finding.title,
    finding.answer,
    links(testsOfFinding(finding, titles, report)),
  ]);
  if (faults.length > 0) throw new Error(`docs/guarantees.md cannot be made:\n${faults.join('\n')}`);
  return `${made}${intro}\n${sections.join('\n')}
## Not held by a test yet

${table(['id', 'statement', 'why'], untested)}

## Findings of the audit

An audit of an earlier product found these faults. The tests fail if one of them comes back.

${table(['', 'finding', 'answer', 'tests'], answered)}
`;
}
