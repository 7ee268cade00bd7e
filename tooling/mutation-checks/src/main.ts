import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Checkout, openCheckout } from './checkout.ts';
import { mutants } from './mutants.ts';

/** `npm run mutation-checks -- <pattern> --workers 2`: only mutants whose file, name or test matches the pattern. */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { workers: { type: 'string', default: '2' } },
});
const pattern = new RegExp(positionals[0] ?? '');
const chosen = mutants.filter(({ file, name, test }) => pattern.test(`${file} ${name} ${test}`));
const folder = mkdtempSync(join(tmpdir(), 'tenantry-mutants-'));

/** Works through tasks, each checkout one at a time. Answers come in the order of the tasks. */
async function inCheckouts<Task, Answer>(
  checkouts: readonly Checkout[],
  tasks: readonly Task[],
  work: (checkout: Checkout, task: Task) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  const waiting = [...tasks.entries()];
  const worker = async (checkout: Checkout) => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      answers[next[0]] = await work(checkout, next[1]);
  };
  await Promise.all(checkouts.map(worker));
  return answers;
}

/** Tests that fail or find nothing to run without any mutant; their failure would say nothing about a mutant. */
async function brokenTests(checkouts: readonly Checkout[]): Promise<string[]> {
  const tests = new Map(chosen.map(({ test, title }) => [`${test} ${title}`, { test, title }]));
  const broken = await inCheckouts(checkouts, [...tests], async (checkout, [name, { test, title }]) =>
    (await checkout.passes(test, title)) ? [] : [name],
  );
  return broken.flat();
}

let isGood = false;
const checkouts: Checkout[] = [];
try {
  const workers = Math.min(Number(values.workers), chosen.length);
  for (let index = 0; index < workers; index += 1) checkouts.push(openCheckout(folder, `checkout-${index}`));
  const broken = await brokenTests(checkouts);
  for (const name of broken) console.log(`fails without any mutant: ${name}`);
  console.log('\n| mutant | test | verdict |\n|---|---|---|');
  const verdicts = await inCheckouts(checkouts, chosen, async (checkout, mutant) => {
    const verdict = await checkout.tryMutant(mutant);
    console.log(`| ${mutant.name} | ${mutant.test.split('/').at(-1)}: ${mutant.title} | ${verdict} |`);
    return verdict;
  });
  const killed = verdicts.filter((verdict) => verdict === 'killed').length;
  console.log(`\n${killed} of ${chosen.length} mutants killed`);
  isGood = chosen.length > 0 && killed === chosen.length && broken.length === 0;
} finally {
  for (const checkout of checkouts) checkout.close();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(isGood ? 0 : 1);
