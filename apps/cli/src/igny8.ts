import { readImportConfig } from '@tenantry/config/cli';
import { currentEnvironment, runCommand } from '@tenantry/config/process';
import { lowerFrom, raiseTo, readStages, stageNames } from '@tenantry/db/igny8/stage';
import { type Command, Option } from 'commander';
import { catalogueWithPlans, importIgny8 } from './import-igny8.ts';
import { reportLines } from './import-report.ts';

/** The URL of a source. Throws for a text that is none; the text may hold a password, so the message does not repeat it. */
function sourceUrl(text: string): string {
  const protocol = URL.canParse(text) ? new URL(text).protocol : '';
  if (protocol !== 'postgresql:' && protocol !== 'postgres:')
    throw new Error('--source must be a postgresql:// URL; PGPASSWORD may hold its password');
  return text;
}

const sourceOption = () =>
  new Option('--source <url>', 'the database of igny8, a postgresql:// URL').makeOptionMandatory();

interface PrepareOptions {
  source: string;
  up?: string;
  down?: string;
}

async function prepare({ source, up, down }: PrepareOptions): Promise<string[]> {
  const url = sourceUrl(source);
  if (up !== undefined) return raiseTo(url, up);
  if (down !== undefined) return lowerFrom(url, down);
  const states = await readStages(url);
  return states.map(({ name, isDone }) => `${name}: ${isDone ? 'done' : 'not done'}`);
}

interface ImportWords {
  source: string;
  apply: boolean;
  json: boolean;
  plan?: string[];
  catalogue?: string;
}

/** The pairs `old=new` of slugs. Throws for a text that is none. */
function planSlugsOf(pairs: readonly string[]): Map<string, string> {
  return new Map(
    pairs.map((pair): [string, string] => {
      const [from = '', to = '', ...more] = pair.split('=');
      if (from === '' || to === '' || more.length > 0)
        throw new Error(
          `--plan takes the slug there and the slug here, as old=new; ${JSON.stringify(pair)} is not that`,
        );
      return [from, to];
    }),
  );
}

/** Prints the catalogue, or imports and sets the status: 1 while something must be looked at. */
async function runImport(
  { source, apply, json, plan = [], catalogue }: ImportWords,
  now: Date,
): Promise<void> {
  const url = sourceUrl(source);
  const config = readImportConfig(currentEnvironment());
  const planSlugs = planSlugsOf(plan);
  if (catalogue !== undefined) {
    process.stdout.write(await catalogueWithPlans(config, url, { currency: catalogue, planSlugs }));
    return;
  }
  const report = await importIgny8(config, url, { isApplied: apply, planSlugs, now });
  for (const line of json ? [JSON.stringify(report)] : reportLines(report)) console.log(line);
  if (report.faults.length > 0) process.exitCode = 1;
}

function addImportCommand(program: Command, clock: () => Date): void {
  program
    .command('import-igny8')
    .description(
      'bring the accounts of a database of igny8 here; without --apply a rehearsal that writes nothing',
    )
    .addOption(sourceOption())
    .option('--apply', 'write; each account once, however often it is run', false)
    .option('--json', 'print the report as JSON', false)
    .option('--plan <old=new...>', 'the plan of the catalogue that stands for a plan of the source')
    .option(
      '--catalogue <currency>',
      'print the catalogue with the plans that it lacks, priced in a currency',
    )
    .action((words: ImportWords) => runCommand(() => runImport(words, clock())));
}

/** Adds the commands on databases of igny8. */
export function addIgny8Commands(program: Command, clock: () => Date): void {
  addImportCommand(program, clock);
  program
    .command('prepare-igny8')
    .description('take a database of igny8, while it runs, to payments that are not by Stripe, and back')
    .addOption(sourceOption())
    .addOption(new Option('--up <stage>', 'do every stage up to this one').choices(stageNames))
    .addOption(
      new Option('--down <stage>', 'take back this stage and those after it')
        .choices(stageNames)
        .conflicts('up'),
    )
    .action((options: PrepareOptions) =>
      runCommand(async () => {
        for (const line of await prepare(options)) console.log(line);
      }),
    );
}
