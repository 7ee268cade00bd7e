#!/usr/bin/env node
import {
  readDoctorConfig,
  readHistoryConfig,
  readMigrateConfig,
  readSeedConfig,
  readSystemAccountConfig,
  readVerifyAuditConfig,
  readVerifyLedgerConfig,
} from '@tenantry/config/cli';
import {
  currentEnvironment,
  describeStartFault,
  loadEnvironmentFile,
  runCommand,
} from '@tenantry/config/process';
import { Command } from 'commander';
import { addCatalogueCommands } from './catalogue-commands.ts';
import { examine, examineCatalogue } from './doctor.ts';
import { addIgny8Commands } from './igny8.ts';
import { addInitCommand } from './init.ts';
import { migrateDatabase } from './migrate.ts';
import { seedHistory } from './seed-history.ts';
import { seedDemo } from './seed.ts';
import { addServeCommand } from './serve.ts';
import { addSqlCommand } from './sql.ts';
import { addServiceKeyCommands } from './service-key.ts';
import { addStaffCommands } from './staff.ts';
import { addStatementCommand } from './statement.ts';
import { changeSystem } from './system-account.ts';
import { verifyAudit } from './verify-audit.ts';
import { verifyBooks } from './verify-ledger.ts';
import { addWebhookEndpointCommands } from './webhook-endpoint.ts';

const program = new Command('tenantry')
  .description('Commands that operate Tenantry.')
  .option('--settings <file>', 'settings beside those of the environment (default: .env, if there is one)')
  .hook('preAction', (_program, command) => {
    // `init` writes the file.
    if (command.name() === 'init') return;
    try {
      loadEnvironmentFile(program.getOptionValue('settings'));
    } catch (fault) {
      program.error(describeStartFault(fault));
    }
  });

addInitCommand(program);

program
  .command('migrate')
  .description('create the roles and bring the schema up to this version')
  .action(() =>
    runCommand(async () => console.log(await migrateDatabase(readMigrateConfig(currentEnvironment())))),
  );

program
  .command('doctor')
  .description('look for whatever makes the databases and roles that are set unsafe to serve from')
  .action(() =>
    runCommand(async () => {
      const { urls } = readDoctorConfig(currentEnvironment());
      const faults = await examine(urls);
      for (const fault of faults) console.log(`✗ ${fault}`);
      const [url] = urls;
      // A schema with faults may have no catalogue to read.
      const gaps = faults.length > 0 || url === undefined ? [] : await examineCatalogue(url);
      for (const gap of gaps) console.log(`! ${gap}`);
      console.log(faults.length === 0 ? 'Nothing found.' : `${faults.length} found.`);
      if (faults.length > 0) process.exitCode = 1;
    }),
  );

program
  .command('verify-ledger')
  .description('recompute the books of every account from their journals, beside whatever runs')
  .argument('[account-id]', 'one account alone')
  .action((accountId: string | undefined) =>
    runCommand(async () => {
      const { lines, faults } = await verifyBooks(readVerifyLedgerConfig(currentEnvironment()), accountId);
      for (const line of lines) console.log(line);
      if (faults > 0) process.exitCode = 1;
    }),
  );

program
  .command('verify-audit')
  .description('recompute the chains of audit entries and security events, beside whatever runs')
  .argument('[account-id]', 'the audit entries of one account alone')
  .action((accountId: string | undefined) =>
    runCommand(async () => {
      const { lines, faults } = await verifyAudit(readVerifyAuditConfig(currentEnvironment()), accountId);
      for (const line of lines) console.log(line);
      if (faults > 0) process.exitCode = 1;
    }),
  );

program
  .command('system-account')
  .description('let an account see the figures of the whole platform, or no longer')
  .argument('<account-id>')
  .requiredOption('--reason <text>', 'why, for the audit')
  .option('--revoke', 'take the flag away', false)
  .action((accountId: string, { reason, revoke }: { reason: string; revoke: boolean }) =>
    runCommand(async () => {
      const change = { accountId, system: !revoke, reason };
      console.log(await changeSystem(readSystemAccountConfig(currentEnvironment()), change, new Date()));
    }),
  );

addStatementCommand(program, () => new Date());
addServiceKeyCommands(program, () => new Date());
addWebhookEndpointCommands(program, () => new Date());
addStaffCommands(program, () => new Date());
addIgny8Commands(program, () => new Date());
addServeCommand(program);
addSqlCommand(program);

program
  .command('seed')
  .description('make the demo: catalogue, account, staff and API key (mode demo only)')
  .action(() =>
    runCommand(async () =>
      console.log(JSON.stringify(await seedDemo(readSeedConfig(currentEnvironment()), new Date()))),
    ),
  );

program
  .command('seed-history')
  .description('make the accounts of the demo with twelve months of history (mode demo only)')
  .action(() =>
    runCommand(async () =>
      console.log(await seedHistory(readHistoryConfig(currentEnvironment()), new Date())),
    ),
  );

addCatalogueCommands(program, () => new Date());

await program.parseAsync();
