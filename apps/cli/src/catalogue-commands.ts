import { readFileSync } from 'node:fs';
import { demoCatalogueFile } from '@tenantry/catalogue/file';
import { readCatalogueConfig } from '@tenantry/config/cli';
import { currentEnvironment, runCommand } from '@tenantry/config/process';
import type { Move } from '@tenantry/db/catalogue/apply';
import { type Command, Option } from 'commander';
import { type Printed, applyFile, checkFile, exportCatalogue, planFile } from './catalogue.ts';

/** Adds `tenantry catalogue export | check | plan | apply`. */
export function addCatalogueCommands(program: Command, clock: () => Date): void {
  const catalogue = program
    .command('catalogue')
    .description('what the product sells: plans, prices, packages and payees, as a file');
  const ownerUrl = () => readCatalogueConfig(currentEnvironment()).ownerUrl;

  catalogue
    .command('export')
    .description('print the catalogue of the database as YAML')
    .option('--into <file>', 'keep the comments and the order of this file')
    .action(({ into }: { into?: string }) =>
      runCommand(async () => void process.stdout.write(await exportCatalogue(ownerUrl(), into))),
    );
  catalogue
    .command('example')
    .description("print the demo's catalogue with its comments, to begin your own with")
    .action(() => runCommand(async () => void process.stdout.write(readFileSync(demoCatalogueFile, 'utf8'))));
  catalogue
    .command('check')
    .description('name every fault of a file with its line, and what it makes impossible')
    .argument('<file>')
    .action((file: string) => runCommand(async () => print(checkFile(file))));
  catalogue
    .command('plan')
    .description('say what a file would change, and how many accounts that touches')
    .argument('<file>')
    .action((file: string) => runCommand(async () => print(await planFile(ownerUrl(), file, clock()))));
  catalogue
    .command('apply')
    .description('make a file true, all of it or nothing')
    .argument('<file>')
    .addOption(
      new Option(
        '--move <when>',
        'move accounts of a plan that changes to its new version; without it they stay on theirs',
      ).choices(['renewal', 'now']),
    )
    .action((file: string, { move }: { move?: Move }) =>
      runCommand(async () => {
        const { ownerUrl: url, failpoint } = readCatalogueConfig(currentEnvironment());
        print(await applyFile(url, file, { now: clock(), move, failpoint }));
      }),
    );
}

function print({ lines, isFailed }: Printed): void {
  for (const line of lines) console.log(line);
  if (isFailed) process.exitCode = 1;
}
