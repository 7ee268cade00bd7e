import { spawn } from 'node:child_process';
import { type DatabaseRole, readSqlConfig, settingOfRole } from '@tenantry/config/cli';
import { currentEnvironment, runCommand } from '@tenantry/config/process';
import { type Command, Option } from 'commander';

interface SqlInput {
  as: DatabaseRole;
  write: boolean;
  print: boolean;
}

/** The settings of psql for a URL. The password is not among its arguments, which every user of the machine can read. */
function psqlSettings(text: string, write: boolean): Record<string, string> {
  const url = new URL(text);
  const sslMode = url.searchParams.get('sslmode');
  return {
    PGHOST: url.searchParams.get('host') ?? url.hostname,
    PGPORT: url.port || '5432',
    PGUSER: decodeURIComponent(url.username),
    PGPASSWORD: decodeURIComponent(url.password),
    PGDATABASE: decodeURIComponent(url.pathname.slice(1)),
    ...(sslMode === null ? {} : { PGSSLMODE: sslMode }),
    ...(write ? {} : { PGOPTIONS: '-c default_transaction_read_only=on' }),
  };
}

/** Opens psql and sets the status that it ends with, or prints the URL where there is no psql. */
async function openSql({ as, write, print }: SqlInput): Promise<void> {
  const { url } = readSqlConfig(currentEnvironment(), as);
  if (print) {
    console.log(url);
    return;
  }
  const env = { ...currentEnvironment(), ...psqlSettings(url, write) };
  const psql = spawn('psql', { env, stdio: 'inherit' });
  // Ctrl-C cancels a query of psql; it does not end this process.
  process.on('SIGINT', () => undefined);
  await new Promise<void>((resolve) => {
    psql.once('error', () => {
      console.error('psql is not installed. Open this URL with a client of yours:');
      console.log(url);
      resolve();
    });
    psql.once('exit', (code) => {
      process.exitCode = code ?? 1;
      resolve();
    });
  });
}

/** Adds the command `sql`. */
export function addSqlCommand(program: Command): void {
  program
    .command('sql')
    .description('open the database in psql, read-only, or print its URL where there is no psql')
    .addOption(
      new Option('--as <role>', 'whose URL to use').choices(Object.keys(settingOfRole)).default('owner'),
    )
    .option('--write', 'allow changes; they pass every rule of the app by', false)
    .option('--print', 'print the URL and open nothing', false)
    .action((input: SqlInput) => runCommand(() => openSql(input)));
}
