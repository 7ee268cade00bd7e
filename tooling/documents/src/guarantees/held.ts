import type { TestTitle } from '../titles.ts';
import { citedBy } from './citations.ts';
import type { Finding } from './findings.ts';
import type { Guarantee } from './guarantee.ts';

/** Tests by the parts of titles that name them. Reports a part that fits no test or several. */
function testsNamed(
  parts: readonly string[],
  titles: readonly TestTitle[],
  report: (fault: string) => void,
): TestTitle[] {
  return parts.flatMap((part) => {
    const fitting = titles.filter(({ title }) => title.includes(part));
    if (fitting.length !== 1) report(`“${part}” is part of ${fitting.length} titles of tests, not of one`);
    return fitting;
  });
}

/** The tests that hold each guarantee, by id: those that cite it and those that it names. */
export function testsHolding(
  guarantees: readonly Guarantee[],
  titles: readonly TestTitle[],
  report: (fault: string) => void,
): Map<string, TestTitle[]> {
  const held = new Map<string, TestTitle[]>();
  for (const { id, tests = [] } of guarantees) {
    if (held.has(id)) report(`${id} is stated twice`);
    held.set(
      id,
      testsNamed(tests, titles, (fault) => report(`${id}: ${fault}`)),
    );
  }
  for (const test of titles)
    for (const id of new Set(citedBy(test.title))) {
      const tests = held.get(id);
      if (tests === undefined) report(`${test.file}: “${test.title}” cites ${id}, which is not stated`);
      else if (!tests.includes(test)) tests.push(test);
    }
  for (const { id, untested } of guarantees) {
    const count = held.get(id)?.length ?? 0;
    if (count === 0 && untested === undefined) report(`${id} has no test and no reason for that`);
    if (count > 0 && untested !== undefined) report(`${id} has a test now; remove why it has none`);
  }
  return held;
}

/** The tests of a finding. A finding without a test is reported. */
export function testsOfFinding(
  { title, tests }: Finding,
  titles: readonly TestTitle[],
  report: (fault: string) => void,
): TestTitle[] {
  if (tests.length === 0) report(`the finding “${title}” has no test`);
  return testsNamed(tests, titles, (fault) => report(`the finding “${title}”: ${fault}`));
}
