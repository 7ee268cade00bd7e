import { runCommand } from '@tenantry/config/process';
import { lowerFrom, raiseTo, readStages, stageNames } from '@tenantry/db/igny8/stage';
import { type Command, Option } from 'commander';

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

/** Adds the commands on databases of igny8. */
export function addIgny8Commands(program: Command): void {
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
